package io.github.cftracker.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.run.RunLedger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs that this node has requested or carried out in the last 30 seconds, in case the
 * server loses them. A lost run is requested again under its id, or written again if it
 * has ended. What CloudFront has or may have accepted under a lost claim may be billed
 * again, and is counted.
 */
final class RunReplayLog {

	private static final Logger logger = LoggerFactory.getLogger(RunReplayLog.class);

	private static final RedisScript<List<Long>> NOTE = RedisScripts.returningNumbers("run-note.lua");

	private static final RedisScript<Long> RESTORE = RedisScripts.returningNumber("run-restore.lua");

	private static final Duration KEPT = Duration.ofSeconds(30);

	private static final int MOST = 1000;

	private static final long KNOWN = -1;

	private final Map<String, Recent> runs = new LinkedHashMap<>();

	private final RedisScripts scripts;

	private final RedisKeys keys;

	private final Duration freshWindow;

	private final WriteSequence writes;

	/**
	 * Fields that were written since the last numbered write, each with the least number
	 * that it must hold, or with an empty string.
	 */
	private final Map<Field, String> unnoted = new LinkedHashMap<>();

	private boolean rolledBack;

	RunReplayLog(RedisScripts scripts, RedisKeys keys, Duration freshWindow) {
		this.scripts = scripts;
		this.keys = keys;
		this.freshWindow = freshWindow;
		this.writes = new WriteSequence(scripts, keys.number("runs", UUID.randomUUID().toString()));
	}

	/**
	 * Remember that this node has requested a run, or joined it.
	 * @param run the run
	 * @param field where the run counts these requests
	 * @param requests how many there are, {@code null} if it does not count them
	 */
	synchronized void requested(Run run, String field, @Nullable String requests) {
		remember(run);
		if (requests != null) {
			this.unnoted.put(new Field(run.id(), field), requests);
		}
	}

	/**
	 * Remember a run as it is being written.
	 */
	synchronized void remember(Run run) {
		Recent before = this.runs.remove(run.id());
		if (this.runs.size() == MOST) {
			this.runs.remove(this.runs.keySet().iterator().next());
		}
		// Also what was billed under a claim that is forgotten since
		Map<String, Integer> billed = new LinkedHashMap<>((before != null) ? before.billed : Map.of());
		for (Batch batch : run.batches()) {
			if (batch.invalidationId() != null) {
				billed.put(batch.callerReference(), batch.items());
			}
			else if (batch.unanswered() == 0) {
				billed.remove(batch.callerReference());
			}
		}
		if (before == null) {
			this.unnoted.put(new Field(run.id(), "requestedAt"), "");
		}
		long now = System.nanoTime();
		this.runs.put(run.id(), new Recent(run, billed, now, (before != null) ? before.acceptedAt : now));
	}

	/**
	 * Remember that CloudFront has accepted a batch now: what began before it is late.
	 */
	synchronized void accepted(Run run) {
		remember(run);
		this.runs.computeIfPresent(run.id(),
				(id, recent) -> new Recent(recent.run, recent.billed, recent.since, recent.since));
	}

	/**
	 * Remember that a batch is being sent, and may be billed from now on.
	 */
	synchronized void sending(Run run, Batch batch) {
		remember(run);
		Recent recent = Objects.requireNonNull(this.runs.get(run.id()));
		recent.billed.put(batch.callerReference(), batch.items());
		this.unnoted.put(new Field(run.id(), "batch:" + batch.callerReference()), "");
	}

	/**
	 * Remember how a run has ended on another node.
	 */
	synchronized void saw(Run run) {
		this.runs.computeIfPresent(run.id(), (id, recent) -> run.state().isFinal()
				? new Recent(run, recent.billed, recent.since, recent.acceptedAt) : recent);
	}

	/**
	 * Check whether the server has what was just written. If it does not answer, the next
	 * {@link #check()} repeats it.
	 */
	void checkSoon() {
		try {
			check();
		}
		catch (StoreUnavailableException ex) {
			logger.debug("Could not check whether Redis has lost runs. Checking again later", ex);
		}
	}

	/**
	 * Check whether the server still has everything, and restore what it lacks.
	 */
	synchronized void check() {
		if (this.runs.isEmpty()) {
			return;
		}
		if (!this.rolledBack) {
			compareNumbers();
			this.rolledBack = this.writes.takeLoss().isPresent();
		}
		try {
			if (this.rolledBack) {
				restore();
				this.rolledBack = false;
			}
		}
		finally {
			long now = System.nanoTime();
			this.runs.values().removeIf((recent) -> now - recent.since > KEPT.toNanos());
		}
	}

	/**
	 * Compare the number of the last write with the server's. What was written since may
	 * have been lost before this call, so the script checks it, once: later it may have
	 * been removed because there are newer runs.
	 */
	private void compareNumbers() {
		if (this.unnoted.isEmpty()) {
			this.writes.check();
			return;
		}
		List<Object> args = new ArrayList<>();
		this.unnoted.forEach((field, least) -> args.addAll(List.of(field.name, least)));
		this.writes.write(NOTE, this.unnoted.keySet().stream().map((field) -> this.keys.run(field.run)).toList(), args);
		this.unnoted.clear();
	}

	private void restore() {
		RuntimeException failure = null;
		for (Recent recent : List.copyOf(this.runs.values())) {
			try {
				restore(recent);
			}
			catch (RuntimeException ex) {
				// The others anyway
				failure = ex;
			}
		}
		if (failure != null) {
			throw failure;
		}
		this.runs.values().removeIf((recent) -> recent.run.state().isFinal());
	}

	private void restore(Recent recent) {
		Run run = recent.run;
		if (RunLedger.isEmptyCommit(run)) {
			// It is not listed, and nothing was sent
			return;
		}
		String another = UUID.randomUUID().toString();
		long billed = this.scripts.number(RESTORE, List.of(this.keys.run(run.id()), this.keys.runs(),
				this.keys.waiting(), this.keys.accepted(), this.keys.run(another)), args(recent, another));
		if (billed != KNOWN) {
			logger.warn("Redis lost recent changes of run {}, for example in a failover: {} items may be billed again",
					run.id(), billed);
		}
		// What is counted once is not counted again, and may be forgotten once more
		this.runs.put(run.id(), new Recent(run.state().isFinal() ? run : asRequested(run), new LinkedHashMap<>(),
				recent.since, recent.acceptedAt));
		if (!run.state().isFinal()) {
			this.unnoted.put(new Field(run.id(), "requestedAt"), "");
		}
	}

	private static Run asRequested(Run run) {
		return Run.queued(run.id(), run.selection(), run.trigger(), run.requestedAt())
			.withRequestedBy(run.requestedBy())
			.withPossiblyBilledTwice(run.possiblyBilledTwice());
	}

	private Object[] args(Recent recent, String another) {
		Run run = recent.run;
		List<String> billed = new ArrayList<>();
		recent.billed.forEach((reference, items) -> {
			billed.add(reference);
			billed.add(items.toString());
		});
		long age = Duration.ofNanos(System.nanoTime() - recent.acceptedAt).toMillis();
		List<Object> args = new ArrayList<>(List.of(run.id(), run.state().isFinal() ? "1" : "0", Long.toString(age),
				Long.toString(this.freshWindow.toMillis()), another, Integer.toString(billed.size())));
		args.addAll(billed);
		args.addAll(RunCodec.everything(run));
		return args.toArray();
	}

	private record Recent(Run run, Map<String, Integer> billed, long since, long acceptedAt) {
	}

	private record Field(String run, String name) {
	}

}
