package io.github.cftracker.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import io.github.cftracker.run.BatchLimit;
import io.github.cftracker.run.Lease.Usage;

/**
 * What is used of CloudFront's quotas, and what CloudFront takes in one call.
 */
final class RedisPace {

	private static final RedisScript<Long> USE = RedisScripts.fenced("lease-use.lua");

	private static final RedisScript<Long> FREE = RedisScripts.fenced("lease-free.lua");

	private static final RedisScript<Long> LIMIT = RedisScripts.fenced("lease-limit.lua");

	private static final Duration LIMIT_KEPT = Duration.ofMinutes(15);

	private final FencedScripts scripts;

	private final RedisConnection connection;

	private final RedisKeys keys;

	RedisPace(FencedScripts scripts, RedisConnection connection, RedisKeys keys) {
		this.scripts = scripts;
		this.connection = connection;
		this.keys = keys;
	}

	Duration untilFree(Collection<Usage> longest) {
		FencedScripts.Call call = this.scripts.call().on(this.keys.pace());
		longest.forEach((usage) -> call.with(usage.resource(), millis(usage.cost())));
		return Duration.ofMillis(this.scripts.number(FREE, call));
	}

	void use(Collection<Usage> usages) {
		FencedScripts.Call call = this.scripts.call().on(this.keys.pace());
		usages.forEach((usage) -> call.with(usage.resource(), millis(usage.cost()), millis(usage.credit())));
		this.scripts.number(USE, call);
	}

	private static double millis(Duration duration) {
		return duration.toNanos() / 1e6;
	}

	BatchLimit batchLimit() {
		String limit = this.scripts.unfenced().call(() -> this.connection.get(this.keys.batchLimit()));
		if (limit == null) {
			return BatchLimit.NONE;
		}
		List<Integer> numbers = List.of(limit.split(" ")).stream().map(Integer::valueOf).toList();
		return new BatchLimit(numbers.get(0), numbers.get(1));
	}

	void limitBatches(BatchLimit limit) {
		this.scripts.number(LIMIT,
				this.scripts.call()
					.on(this.keys.batchLimit())
					.with(limit.items() + " " + limit.wildcards(), LIMIT_KEPT.toMillis()));
	}

}
