package io.github.cftracker.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.github.cftracker.Run;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.run.UnreadableRunException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which runs wait, and which have something to be done. A run that cannot be read, or
 * that Redis has lost, does not hold up the others.
 */
final class RunIndex {

	private static final Logger logger = LoggerFactory.getLogger(RunIndex.class);

	private static final RedisScript<List<String>> REOPEN = RedisScripts.fencedList("run-reopen.lua");

	private static final RedisScript<List<String>> NEXT = RedisScripts.fencedList("run-next.lua");

	private final FencedScripts scripts;

	private final RedisRunLedger ledger;

	private final RedisKeys keys;

	private volatile boolean gathering;

	RunIndex(FencedScripts scripts, RedisRunLedger ledger, RedisKeys keys) {
		this.scripts = scripts;
		this.ledger = ledger;
		this.keys = keys;
	}

	List<Run> unfinished() {
		return all(this.scripts.unfenced().call(() -> this.ledger.connection().zrange(this.keys.unfinished())));
	}

	private List<Run> all(Collection<String> ids) {
		return ids.stream().flatMap((id) -> find(id).stream()).toList();
	}

	private Optional<Run> find(String id) {
		try {
			Optional<Run> run = this.ledger.find(id);
			if (run.isEmpty()) {
				logger.warn("Run {} no longer exists in Redis. It is removed from the queue", id);
				this.scripts.unfenced().run(() -> this.ledger.connection().zrem(this.keys.unfinished(), id));
				this.scripts.unfenced().run(() -> this.ledger.connection().lrem(this.keys.waiting(), id));
			}
			return run;
		}
		catch (UnreadableRunException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Find a run, unless it cannot be read.
	 */
	Optional<Run> findReadable(String id) {
		try {
			return this.ledger.find(id);
		}
		catch (UnreadableRunException ex) {
			return Optional.empty();
		}
	}

	List<Run> reopen() {
		return all(this.scripts.list(REOPEN, this.scripts.call().on(this.keys.unsettled(), this.keys.unfinished())));
	}

	Optional<Run> nextWaiting() {
		this.gathering = false;
		long waiting = this.scripts.unfenced().call(() -> this.ledger.connection().llen(this.keys.waiting()));
		List<String> skipped = new ArrayList<>();
		Optional<Run> next = Optional.empty();
		String id = (waiting > 0) ? next(skipped) : "";
		while (next.isEmpty() && !id.isEmpty()) {
			next = find(id);
			if (next.isEmpty()) {
				skipped.add(id);
				id = next(skipped);
			}
		}
		return next;
	}

	private String next(List<String> skipped) {
		List<String> next = this.scripts.list(NEXT,
				this.scripts.call()
					.on(this.keys.waiting())
					.with(this.keys.run(""), RunLedger.GATHERING.toMillis(), RunLedger.MAX_PRECEDED.toMillis())
					.withAll(skipped));
		this.gathering = "1".equals(next.get(1));
		return next.get(0);
	}

	boolean isGathering() {
		return this.gathering;
	}

}
