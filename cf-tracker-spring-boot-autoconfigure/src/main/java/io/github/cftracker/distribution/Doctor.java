package io.github.cftracker.distribution;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.cftracker.Finding;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The findings of this node. Each is logged once, unless the part that reports it logs it
 * itself. Safe for use by several threads.
 */
public final class Doctor {

	private static final Logger logger = LoggerFactory.getLogger(Doctor.class);

	private final Map<Topic, Dated> seen = new ConcurrentHashMap<>();

	private final Map<String, Dated> troubles = new ConcurrentHashMap<>();

	private final Map<String, Dated> notes = new ConcurrentHashMap<>();

	private final Map<String, List<Dated>> diagnosed = new LinkedHashMap<>();

	private final Set<Problem> logged = new HashSet<>();

	private final Clock clock;

	private final Set<FindingType> ignored;

	private @Nullable Distribution distribution;

	/**
	 * Create an instance that ignores nothing.
	 */
	public Doctor() {
		this(Clock.systemUTC(), Set.of());
	}

	/**
	 * Create an instance.
	 * @param clock dates the findings
	 * @param ignored types of findings that are neither logged nor shown
	 */
	public Doctor(Clock clock, Set<FindingType> ignored) {
		this.clock = clock;
		this.ignored = Set.copyOf(ignored);
	}

	/**
	 * Replace the problems that one part of the tracker has found.
	 * @param part the part
	 * @param problems the current problems, empty if there are none
	 */
	public void diagnosed(String part, Collection<Problem> problems) {
		synchronized (this.logged) {
			List<Dated> before = this.diagnosed.getOrDefault(part, List.of());
			this.diagnosed.put(part, problems.stream().map((problem) -> date(problem, before)).toList());
			problems.forEach(this::log);
		}
	}

	/**
	 * Replace what keeps one part of the tracker from working. It is logged by that part.
	 * @param part the part
	 * @param problem the reason, {@code null} if the part works
	 */
	public void trouble(String part, @Nullable Problem problem) {
		replace(this.troubles, part, problem);
	}

	/**
	 * Replace a problem that is logged by the part which reports it.
	 * @param part the part
	 * @param problem the problem, {@code null} for none
	 */
	public void note(String part, @Nullable Problem problem) {
		replace(this.notes, part, problem);
	}

	private void replace(Map<String, Dated> dated, String part, @Nullable Problem problem) {
		dated.compute(part, (ignored, before) -> (problem == null) ? null
				: date(problem, (before != null) ? List.of(before) : List.of()));
	}

	/**
	 * Report a problem that a request has shown. Only the first one of its type and
	 * subject counts. It stays until the settings of the distribution change or the
	 * application is restarted.
	 * @param type the type of the problem
	 * @param about the subject
	 * @param problem creates the problem, with the same type and subject
	 */
	public void seen(FindingType type, String about, Supplier<Problem> problem) {
		Topic topic = new Topic(type, about);
		if (!this.seen.containsKey(topic)) {
			synchronized (this.logged) {
				Problem created = problem.get();
				if (this.seen.putIfAbsent(topic, new Dated(created, this.clock.instant())) == null) {
					log(created);
				}
			}
		}
	}

	/**
	 * Remove what requests have shown.
	 * @param type the type of the problem
	 * @param about the subject
	 */
	public void over(FindingType type, String about) {
		this.seen.remove(new Topic(type, about));
	}

	/**
	 * Return whether any part of the tracker does not work.
	 * @return whether there is a {@linkplain #trouble trouble}
	 */
	public boolean isTroubled() {
		return !this.troubles.isEmpty();
	}

	/**
	 * Forget what requests have shown under other settings.
	 * @param distribution the settings that are in effect from now on
	 */
	public void settings(Distribution distribution) {
		synchronized (this.logged) {
			if (!distribution.equals(this.distribution)) {
				this.distribution = distribution;
				this.seen.keySet().removeIf((topic) -> topic.type().dependsOnSettings());
			}
		}
	}

	/**
	 * Return the findings.
	 * @return the findings, each once
	 */
	public List<Finding> findings() {
		return findings((type) -> true);
	}

	/**
	 * Return the findings because of which a run may leave objects in the cache.
	 * @return the findings, each once
	 */
	public List<Finding> findingsOfRuns() {
		return findings(FindingType::affectsRuns);
	}

	private List<Finding> findings(Predicate<FindingType> wanted) {
		synchronized (this.logged) {
			// Two parts may report the same
			Map<Problem, Dated> all = new LinkedHashMap<>();
			Stream
				.of(this.troubles.values().stream(), this.notes.values().stream(),
						this.diagnosed.values().stream().flatMap(List::stream), this.seen.values().stream())
				.flatMap((source) -> source)
				.filter((dated) -> wanted.test(dated.problem().type())
						&& !this.ignored.contains(dated.problem().type()))
				.forEach((dated) -> all.putIfAbsent(dated.problem(), dated));
			return all.values().stream().map(Dated::finding).toList();
		}
	}

	private Dated date(Problem problem, List<Dated> before) {
		return before.stream()
			.filter((dated) -> dated.isSameTopic(problem))
			.findFirst()
			.map((dated) -> new Dated(problem, dated.since()))
			.orElseGet(() -> new Dated(problem, this.clock.instant()));
	}

	private void log(Problem problem) {
		if (!this.ignored.contains(problem.type()) && this.logged.add(problem)) {
			logger.warn("{}", problem);
		}
	}

	private record Topic(FindingType type, String about) {
	}

	private record Dated(Problem problem, Instant since) {

		boolean isSameTopic(Problem other) {
			return this.problem.type() == other.type() && this.problem.about().equals(other.about());
		}

		Finding finding() {
			return new Finding(this.problem.type().id(), this.problem.text(), this.problem.fix(), this.since);
		}

	}

}
