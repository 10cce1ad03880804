package io.github.cftracker.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.run.BatchLimit;
import io.github.cftracker.run.FollowUp;
import io.github.cftracker.run.Lease;
import io.github.cftracker.run.LeaseLostException;
import io.github.cftracker.run.RunItems;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.run.Step;
import io.github.cftracker.run.UnreadableRunException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Lease} in Redis. Every write is one script, which first compares the holder's
 * token. A run that cannot be read, or that Redis has lost, does not hold up the others.
 */
final class RedisLease implements Lease {

	private static final Logger logger = LoggerFactory.getLogger(RedisLease.class);

	private static final RedisScript<List<String>> READ = RedisScripts.returningList("lease-read.lua");

	private static final RedisScript<List<String>> REOPEN = RedisScripts.returningList("run-reopen.lua");

	private static final RedisScript<List<String>> NEXT = RedisScripts.returningList("run-next.lua");

	private final FencedScripts scripts;

	private final RedisRunLedger ledger;

	private final RedisKeys keys;

	private final Duration lease;

	private final RedisSteps steps;

	private final LatePaths late;

	RedisLease(FencedScripts scripts, RedisRunLedger ledger, RedisKeys keys, Duration lease, Duration freshWindow) {
		this.scripts = scripts;
		this.ledger = ledger;
		this.keys = keys;
		this.lease = lease;
		this.steps = new RedisSteps(scripts, ledger, keys, freshWindow);
		this.late = new LatePaths(scripts, this.steps, keys, freshWindow, ledger.patterns());
	}

	@Override
	public void renew() {
		this.steps.renew(this.lease);
	}

	@Override
	public void release() {
		try {
			this.steps.release();
		}
		catch (LeaseLostException ex) {
			logger.warn("The lease was lost before its release: {}", ex.getMessage());
		}
	}

	@Override
	public Reading read(Collection<Step.Usage> longest) {
		FencedScripts.Call call = this.scripts.call().on(this.keys.pace(), this.keys.batchLimit());
		longest.forEach((usage) -> call.with(usage.resource(), RedisSteps.millis(usage.cost())));
		List<String> reading = this.scripts.list(READ, call);
		return new Reading(Instant.ofEpochMilli(Long.parseLong(reading.get(0))),
				Duration.ofMillis(Long.parseLong(reading.get(1))),
				(reading.size() > 2) ? limit(reading.get(2)) : BatchLimit.NONE);
	}

	private static BatchLimit limit(String value) {
		List<String> numbers = List.of(value.split(" "));
		return new BatchLimit(Integer.parseInt(numbers.get(0)), Integer.parseInt(numbers.get(1)));
	}

	@Override
	public List<Run> unfinished() {
		return all(this.scripts.unfenced().list(this.keys.unfinished(), "ZRANGE", 0, -1));
	}

	private List<Run> all(Collection<String> ids) {
		return ids.stream().flatMap((id) -> find(id).stream()).toList();
	}

	private Optional<Run> find(String id) {
		try {
			Optional<Run> run = this.ledger.find(id);
			if (run.isEmpty()) {
				logger.warn("Run {} no longer exists in Redis. It is removed from the queue", id);
				this.scripts.unfenced().number(this.keys.unfinished(), "ZREM", id);
				this.scripts.unfenced().number(this.keys.waiting(), "LREM", 0, id);
			}
			return run;
		}
		catch (UnreadableRunException ex) {
			return Optional.empty();
		}
	}

	@Override
	public Next next() {
		if (this.scripts.unfenced().number(this.keys.waiting(), "LLEN") == 0) {
			return Next.NONE;
		}
		List<String> skipped = new ArrayList<>();
		while (true) {
			List<String> next = this.scripts.list(NEXT,
					this.scripts.call()
						.on(this.keys.waiting())
						.with(this.keys.run(""), RunLedger.GATHERING.toMillis(), RunLedger.MAX_PRECEDED.toMillis())
						.withAll(skipped));
			String id = next.get(0);
			Optional<Run> run = id.isEmpty() ? Optional.empty() : find(id);
			if (run.isPresent() || id.isEmpty()) {
				return new Next(run.orElse(null), run.isPresent() ? reopen() : List.of(), "1".equals(next.get(1)));
			}
			skipped.add(id);
		}
	}

	private List<Run> reopen() {
		return all(this.scripts.list(REOPEN, this.scripts.call().on(this.keys.unsettled(), this.keys.unfinished())));
	}

	@Override
	public void apply(Step step) {
		this.steps.apply(step);
	}

	@Override
	public boolean isSafe(Run run, Batch batch) {
		boolean safe = this.ledger.replicas().have(this.keys.run(run.id()), RunCodec.fields(run, batch));
		if (safe) {
			this.ledger.recent().sending(run, batch);
		}
		return safe;
	}

	@Override
	public RunItems items(Run run) {
		return new RedisRunItems(this.scripts, this.keys, run.id());
	}

	@Override
	public List<FollowUp> followUps() {
		return this.late.followUps(this::findReadable);
	}

	private Optional<Run> findReadable(String id) {
		try {
			return this.ledger.find(id);
		}
		catch (UnreadableRunException ex) {
			return Optional.empty();
		}
	}

}
