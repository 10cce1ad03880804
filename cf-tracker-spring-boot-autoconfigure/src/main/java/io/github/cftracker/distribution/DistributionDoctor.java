package io.github.cftracker.distribution;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
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
 * Collector of the findings of this node. Each finding is logged once while it is
 * present, and at most once a day, unless the part that reports it logs it itself. Safe
 * for use by several threads.
 */
public final class DistributionDoctor {

	private static final Logger logger = LoggerFactory.getLogger(DistributionDoctor.class);

	private static final Duration A_DAY = Duration.ofDays(1);

	private final Map<Topic, Sighting> seen = new ConcurrentHashMap<>();

	private final Map<String, Dated> troubles = new ConcurrentHashMap<>();

	private final Map<String, Dated> notes = new ConcurrentHashMap<>();

	private final Map<String, List<Dated>> diagnosed = new LinkedHashMap<>();

	private final Map<Topic, Instant> logged = new HashMap<>();

	private final Clock clock;

	private final Set<FindingType> ignored;

	private @Nullable Distribution distribution;

	/**
	 * Create an instance that ignores nothing.
	 */
	public DistributionDoctor() {
		this(Clock.systemUTC(), Set.of());
	}

	/**
	 * Create an instance.
	 * @param clock the clock of the findings' dates
	 * @param ignored the types of findings that are neither logged nor shown
	 */
	public DistributionDoctor(Clock clock, Set<FindingType> ignored) {
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
			List<Problem> added = problems.stream().filter((problem) -> !isDiagnosed(problem)).toList();
			this.diagnosed.put(part, problems.stream().map((problem) -> date(problem, before)).toList());
			added.forEach(this::log);
		}
	}

	private boolean isDiagnosed(Problem problem) {
		return this.diagnosed.values()
			.stream()
			.flatMap(List::stream)
			.anyMatch((dated) -> dated.topic().equals(Topic.of(problem)));
	}

	/**
	 * Replace the problem that keeps one part of the tracker from working. It is logged
	 * by that part.
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
	 * Report a problem that a request has shown. The first one of its type and subject is
	 * shown. It ends a day after the last one, or when the settings of the distribution
	 * change. Does not lock if the problem is already known.
	 * @param type the type of the problem
	 * @param about the subject
	 * @param problem creates the problem, with the same type and subject
	 */
	public void seen(FindingType type, String about, Supplier<Problem> problem) {
		see(new Topic(type, about), problem, true);
	}

	/**
	 * Report a problem that a request has shown, as {@link #seen} does. It is logged by
	 * the part which reports it.
	 * @param type the type of the problem
	 * @param about the subject
	 * @param problem creates the problem, with the same type and subject
	 */
	public void noteSeen(FindingType type, String about, Supplier<Problem> problem) {
		see(new Topic(type, about), problem, false);
	}

	private void see(Topic topic, Supplier<Problem> problem, boolean logs) {
		long now = this.clock.millis();
		if (isSeenAgain(topic, now)) {
			return;
		}
		synchronized (this.logged) {
			if (!isSeenAgain(topic, now)) {
				Problem created = problem.get();
				this.seen.put(topic, new Sighting(new Dated(created, Instant.ofEpochMilli(now))));
				if (logs) {
					log(created);
				}
			}
		}
	}

	private boolean isSeenAgain(Topic topic, long now) {
		Sighting sighting = this.seen.get(topic);
		return sighting != null && sighting.isSeenAgain(now);
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
			long now = this.clock.millis();
			this.seen.values().removeIf((sighting) -> sighting.isOver(now));
			// Two parts may report the same problem
			Map<Problem, Dated> all = new LinkedHashMap<>();
			Stream
				.of(this.troubles.values().stream(), this.notes.values().stream(),
						this.diagnosed.values().stream().flatMap(List::stream),
						this.seen.values().stream().map(Sighting::dated))
				.flatMap((source) -> source)
				.filter((dated) -> wanted.test(dated.problem().type())
						&& !this.ignored.contains(dated.problem().type()))
				.forEach((dated) -> all.putIfAbsent(dated.problem(), dated));
			return all.values().stream().map(Dated::finding).toList();
		}
	}

	private Dated date(Problem problem, List<Dated> before) {
		return before.stream()
			.filter((dated) -> dated.topic().equals(Topic.of(problem)))
			.findFirst()
			.map((dated) -> new Dated(problem, dated.since()))
			.orElseGet(() -> new Dated(problem, this.clock.instant()));
	}

	private void log(Problem problem) {
		Instant now = this.clock.instant();
		Instant before = this.logged.get(Topic.of(problem));
		if (!this.ignored.contains(problem.type()) && (before == null || !now.isBefore(before.plus(A_DAY)))) {
			this.logged.put(Topic.of(problem), now);
			logger.warn("{}", problem);
		}
	}

	private record Topic(FindingType type, String about) {

		static Topic of(Problem problem) {
			return new Topic(problem.type(), problem.about());
		}

	}

	private record Dated(Problem problem, Instant since) {

		Topic topic() {
			return Topic.of(this.problem);
		}

		Finding finding() {
			return new Finding(this.problem.type().id(), this.problem.text(), this.problem.fix(), this.since);
		}

	}

	/**
	 * Problem that requests show. The time of the last request is accurate to a minute,
	 * so that not every request writes it.
	 */
	private static final class Sighting {

		private static final long ACCURACY = Duration.ofMinutes(1).toMillis();

		private final Dated dated;

		private volatile long last;

		Sighting(Dated dated) {
			this.dated = dated;
			this.last = dated.since().toEpochMilli();
		}

		Dated dated() {
			return this.dated;
		}

		boolean isSeenAgain(long now) {
			if (isOver(now)) {
				return false;
			}
			if (now - this.last >= ACCURACY) {
				this.last = now;
			}
			return true;
		}

		boolean isOver(long now) {
			return now - this.last >= A_DAY.toMillis();
		}

	}

}
