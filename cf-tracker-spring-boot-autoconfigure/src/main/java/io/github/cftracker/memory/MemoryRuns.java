package io.github.cftracker.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run;
import io.github.cftracker.Run.State;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.Trigger;
import io.github.cftracker.run.FollowUp;
import io.github.cftracker.run.Lease;
import io.github.cftracker.run.RunLedger;

/**
 * Runs of a {@link MemoryRunLedger}. The oldest finished runs are forgotten, except for
 * runs that may still have something to send.
 */
final class MemoryRuns {

	private static final int MAX_LATE = 100_000;

	private final Map<String, Run> runs = new LinkedHashMap<>();

	private final Set<String> unfinished = new LinkedHashSet<>();

	private final Set<String> unsettled = new LinkedHashSet<>();

	private final Map<String, Instant> accepted = new LinkedHashMap<>();

	private final Map<String, LatePath> late = new LinkedHashMap<>();

	private final Map<YearMonth, Long> billed = new HashMap<>();

	/**
	 * Runs that were not requested for commits only. Their callers may look them up, so
	 * they are listed even if they are empty.
	 */
	private final Set<String> asked = new HashSet<>();

	private final MemoryQueue queue = new MemoryQueue();

	private final PathPatterns patterns;

	private final int history;

	private final Duration freshWindow;

	private final Clock clock;

	MemoryRuns(int history, Duration freshWindow, PathPatterns patterns, Clock clock) {
		this.patterns = patterns;
		this.history = history;
		this.freshWindow = freshWindow;
		this.clock = clock;
	}

	/**
	 * Queue a run, unless a waiting run covers the request.
	 * @return the run that carries the request out
	 */
	synchronized Run request(Run run) {
		List<Run> waiting = waiting();
		Optional<Run> found = this.queue.covering(waiting, run.selection(), run.trigger());
		if (found.isEmpty() && run.trigger() == Trigger.COMMIT) {
			found = this.queue.merged(waiting, run.selection());
		}
		if (found.isEmpty() && waiting.size() >= RunLedger.MAX_WAITING) {
			throw new RejectedExecutionException("%d runs are already queued".formatted(RunLedger.MAX_WAITING));
		}
		Run requested = found.orElse(run);
		save(requested);
		if (run.trigger() != Trigger.COMMIT) {
			this.asked.add(requested.id());
		}
		return requested;
	}

	synchronized Lease.Next next() {
		Optional<Run> next = this.queue.next(waiting(), this.clock.instant());
		return new Lease.Next(next.orElse(null), next.isPresent() ? reopen() : List.of(), this.queue.isGathering());
	}

	/**
	 * End the waiting runs.
	 */
	synchronized Stream<Run> abandonWaiting() {
		return waiting().stream()
			.map((run) -> finish(
					run.withState(State.FAILED).withError("The application stopped before the run was started"), true))
			.toList()
			.stream();
	}

	synchronized void save(Run run) {
		this.runs.put(run.id(), run);
		List<Run> finished = this.runs.values().stream().filter((candidate) -> candidate.state().isFinal()).toList();
		List<Run> failed = finished.stream().filter((candidate) -> candidate.state() == State.FAILED).toList();
		List<Run> others = finished.stream().filter((candidate) -> candidate.state() != State.FAILED).toList();
		forgetOldest(others.stream().filter((candidate) -> !isListed(candidate)).toList(), others.size());
		List<Run> listed = others.stream().filter(this::isListed).toList();
		forgetOldest(listed, listed.size() - this.history);
		forgetOldest(failed, failed.size() - this.history);
		this.accepted.keySet().retainAll(this.runs.keySet());
		this.asked.retainAll(this.runs.keySet());
	}

	private void forgetOldest(List<Run> finished, int excess) {
		finished.stream()
			.filter((run) -> !isNeeded(run))
			.limit(Math.max(0, excess))
			.toList()
			.forEach((run) -> this.runs.remove(run.id()));
	}

	private boolean isNeeded(Run run) {
		return this.unfinished.contains(run.id()) || this.unsettled.contains(run.id()) || isRecent(run.id())
				|| (!isListed(run) && isFound(run));
	}

	private boolean isFound(Run run) {
		Instant finishedAt = run.finishedAt();
		return finishedAt != null
				&& finishedAt.plus(this.freshWindow).plus(RunLedger.FOUND_LONGER).isAfter(this.clock.instant());
	}

	private boolean isRecent(String id) {
		Instant time = this.accepted.get(id);
		return time != null && time.plus(this.freshWindow).isAfter(this.clock.instant());
	}

	private boolean isListed(Run run) {
		return !RunLedger.isEmptyCommit(run) || this.asked.contains(run.id()) || this.unfinished.contains(run.id());
	}

	synchronized Optional<Run> find(String id) {
		return Optional.ofNullable(this.runs.get(id));
	}

	synchronized List<Run> latest(int most) {
		int kept = Math.min(most, this.history);
		List<Run> all = new ArrayList<>(this.runs.values());
		Collections.reverse(all);
		List<Run> latest = new ArrayList<>();
		int finished = 0;
		int failed = 0;
		for (Run run : all) {
			boolean isFailed = run.state() == State.FAILED;
			finished += (run.state().isFinal() && isListed(run) && !isFailed) ? 1 : 0;
			failed += isFailed ? 1 : 0;
			if (!run.state().isFinal()
					|| (isListed(run) && (latest.isEmpty() || (isFailed ? failed : finished) <= kept))) {
				latest.add(run);
			}
		}
		return latest;
	}

	synchronized List<Run> waiting() {
		return this.runs.values().stream().filter((run) -> run.state() == State.QUEUED).toList();
	}

	synchronized boolean hasWork() {
		return !this.unfinished.isEmpty() || !this.late.isEmpty() || !waiting().isEmpty();
	}

	synchronized List<Run> unfinished() {
		return all(this.unfinished);
	}

	private List<Run> reopen() {
		List<Run> reopened = all(this.unsettled);
		this.unfinished.addAll(this.unsettled);
		this.unsettled.clear();
		return reopened;
	}

	private List<Run> all(Collection<String> ids) {
		return ids.stream().map((id) -> find(id).orElseThrow()).toList();
	}

	synchronized void start(Run run) {
		if (find(run.id()).filter((before) -> before.state() == State.QUEUED).isPresent()) {
			this.queue.started(run);
		}
		this.unfinished.add(run.id());
		save(run);
	}

	synchronized Run finish(Run run, boolean settled) {
		Run finished = (run.finishedAt() != null) ? run : run.withFinishedAt(this.clock.instant());
		this.unfinished.remove(run.id());
		if (!settled) {
			this.unsettled.add(run.id());
		}
		if (run.state() == State.FAILED
				&& run.batches().stream().noneMatch((batch) -> batch.invalidationId() != null)) {
			this.accepted.remove(run.id());
		}
		save(finished);
		return finished;
	}

	/**
	 * Record that a batch was accepted. Paths of a run are late if they are recorded from
	 * now on and their response began before.
	 */
	synchronized void accepted(String id) {
		this.accepted.remove(id);
		this.accepted.put(id, this.clock.instant());
	}

	synchronized void recorded(Collection<PathLifetime> paths) {
		Optional<Instant> newest = this.accepted.keySet()
			.stream()
			.filter(this::isRecent)
			.map(this.accepted::get)
			.max(Instant::compareTo);
		if (newest.isEmpty()) {
			return;
		}
		Instant now = this.clock.instant();
		for (PathLifetime path : paths) {
			Instant began = now.minus(path.age());
			if (began.isBefore(newest.get()) && this.late.size() < MAX_LATE) {
				LatePath late = new LatePath(new TrackedPath(path.path(), null, path.route(), path.tags()), began);
				this.late.merge(path.path(), late, LatePath::and);
			}
		}
	}

	synchronized List<FollowUp> followUps() {
		Map<Run, Instant> recent = new LinkedHashMap<>();
		latestAccepted().filter(this::isRecent)
			.forEach((id) -> find(id).ifPresent((run) -> recent.put(run, this.accepted.get(id))));
		Map<TrackedPath, Instant> late = new LinkedHashMap<>();
		this.late.values().forEach((path) -> late.put(path.path(), path.began()));
		List<FollowUp> followUps = FollowUp.of(late, recent, this.patterns);
		Set<String> kept = new HashSet<>();
		followUps.forEach((followUp) -> kept.addAll(followUp.paths()));
		this.late.keySet().retainAll(kept);
		return followUps;
	}

	synchronized void claimedLate(Collection<String> paths) {
		this.late.keySet().removeAll(Set.copyOf(paths));
	}

	private Stream<String> latestAccepted() {
		List<String> ids = new ArrayList<>(this.accepted.keySet());
		Collections.reverse(ids);
		return ids.stream();
	}

	Instant now() {
		return this.clock.instant();
	}

	synchronized void billed(int items) {
		this.billed.keySet().retainAll(Set.of(month()));
		this.billed.merge(month(), (long) items, Long::sum);
	}

	synchronized long billedThisMonth() {
		return this.billed.getOrDefault(month(), 0L);
	}

	private YearMonth month() {
		return YearMonth.now(this.clock.withZone(ZoneOffset.UTC));
	}

	private record LatePath(TrackedPath path, Instant began) {

		LatePath and(LatePath other) {
			Set<String> tags = new HashSet<>(this.path.tags());
			tags.addAll(other.path.tags());
			String route = (other.path.route() != null) ? other.path.route() : this.path.route();
			return new LatePath(new TrackedPath(this.path.path(), null, route, tags),
					this.began.isBefore(other.began) ? this.began : other.began);
		}

	}

}
