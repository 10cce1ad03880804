package io.github.cftracker.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.State;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.tracking.RolledBackException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.core.script.RedisScript;

/**
 * The runs that this node has requested or carried on in the last 30 seconds, for the
 * case that the server forgets them. A run that it does not know any more is requested
 * again under its id, or, if it has ended, written down again. What CloudFront has or may
 * have accepted under a claim that is forgotten may be billed again, and is counted.
 */
final class RecentRuns {

	private static final Logger logger = LoggerFactory.getLogger(RecentRuns.class);

	private static final RedisScript<Long> NOTE = RedisScripts.numbered("run-note.lua");

	private static final RedisScript<Long> RESTORE = RedisScripts.returningNumber("run-restore.lua");

	private static final Duration KEPT = Duration.ofSeconds(30);

	private static final int MOST = 1000;

	private static final long KNOWN = -1;

	private final Map<String, Recent> runs = new LinkedHashMap<>();

	private final RedisScripts scripts;

	private final RedisKeys keys;

	private final Duration freshWindow;

	private final NumberedWrites writes;

	private boolean noted;

	private boolean rolledBack;

	RecentRuns(RedisScripts scripts, RedisKeys keys, Duration freshWindow) {
		this.scripts = scripts;
		this.keys = keys;
		this.freshWindow = freshWindow;
		this.writes = new NumberedWrites(scripts, keys.number("runs", UUID.randomUUID().toString()));
	}

	/**
	 * Remembers a run as it is being written down.
	 */
	synchronized void remember(Run run) {
		Recent before = this.runs.remove(run.id());
		if (this.runs.size() == MOST) {
			this.runs.remove(this.runs.keySet().iterator().next());
		}
		// Also what was billed under a claim that is forgotten since
		Map<String, Integer> billed = new LinkedHashMap<>((before != null) ? before.billed : Map.of());
		for (Batch batch : run.batches()) {
			if (batch.invalidationId() != null || batch.unanswered() > 0) {
				billed.put(batch.callerReference(), batch.items());
			}
			else {
				billed.remove(batch.callerReference());
			}
		}
		this.runs.put(run.id(), new Recent(run, billed, System.nanoTime()));
		this.noted = false;
	}

	/**
	 * Remembers how a run has ended on another node.
	 */
	synchronized void saw(Run run) {
		this.runs.computeIfPresent(run.id(),
				(id, recent) -> run.state().isFinal() ? new Recent(run, recent.billed, recent.since) : recent);
	}

	/**
	 * Looks whether the server has what was just written. If that does not work now, the
	 * next {@link #check()} does it.
	 */
	void checkSoon() {
		try {
			check();
		}
		catch (StoreUnavailableException ex) {
			logger.debug("Whether Redis still knows all runs will be checked", ex);
		}
	}

	/**
	 * Looks whether the server still knows everything.
	 */
	synchronized void check() {
		if (this.runs.isEmpty()) {
			return;
		}
		try {
			if (!this.rolledBack) {
				compareNumbers();
			}
		}
		catch (RolledBackException ex) {
			this.rolledBack = true;
		}
		if (this.rolledBack) {
			restore();
			this.rolledBack = false;
		}
		long now = System.nanoTime();
		this.runs.values().removeIf((recent) -> now - recent.since > KEPT.toNanos());
	}

	/**
	 * The number of a write tells whether those before it are forgotten. The last one may
	 * have been forgotten between the two, so the script looks for it, once: later it may
	 * be gone because there are newer ones.
	 */
	private void compareNumbers() {
		if (this.noted) {
			this.writes.check();
			return;
		}
		Recent newest = List.copyOf(this.runs.values()).get(this.runs.size() - 1);
		String batch = newest.billed.keySet().stream().reduce("", (one, other) -> other);
		this.writes.write(NOTE, List.of(this.keys.run(newest.run.id())), List.of(batch));
		this.noted = true;
	}

	private void restore() {
		for (Recent recent : List.copyOf(this.runs.values())) {
			Run run = recent.run;
			long billed = this.scripts.number(RESTORE,
					List.of(this.keys.run(run.id()), this.keys.runs(), this.keys.waiting(), this.keys.accepted()),
					args(recent));
			if (billed != KNOWN) {
				logger.warn(
						"Redis had forgotten what it knew of run {}, as after a failover: {} items may be billed again",
						run.id(), billed);
			}
			// What is counted once is not counted again
			this.runs.put(run.id(), new Recent(asRequested(run), Map.of(), recent.since));
		}
		this.runs.values().removeIf((recent) -> recent.run.state().isFinal());
	}

	private static Run asRequested(Run run) {
		return run.state().isFinal() ? run : new Run(run.id(), State.QUEUED, run.requestedAt(), null, run.selection(),
				null, null, null, List.of(), List.of(), 0, null);
	}

	private Object[] args(Recent recent) {
		Run run = recent.run;
		List<String> billed = new ArrayList<>();
		recent.billed.forEach((reference, items) -> {
			billed.add(reference);
			billed.add(items.toString());
		});
		long age = Duration.ofNanos(System.nanoTime() - recent.since).toMillis();
		List<Object> args = new ArrayList<>(List.of(run.id(), run.state().isFinal() ? "1" : "0", Long.toString(age),
				Long.toString(this.freshWindow.toMillis()), Integer.toString(billed.size())));
		args.addAll(billed);
		args.addAll(RunCodec.everything(run));
		return args.toArray();
	}

	private record Recent(Run run, Map<String, Integer> billed, long since) {
	}

}
