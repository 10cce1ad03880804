package io.github.cftracker.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;

import io.github.cftracker.run.Lease.Usage;

import org.springframework.data.redis.core.script.RedisScript;

/**
 * What is used of CloudFront's quotas.
 */
final class RedisPace {

	private static final RedisScript<Long> USE = RedisScripts.fenced("lease-use.lua");

	private static final RedisScript<Long> FREE = RedisScripts.fenced("lease-free.lua");

	private final FencedScripts scripts;

	private final RedisKeys keys;

	RedisPace(FencedScripts scripts, RedisKeys keys) {
		this.scripts = scripts;
		this.keys = keys;
	}

	Duration untilFree(Set<String> resources) {
		return Duration
			.ofMillis(this.scripts.number(FREE, this.scripts.call().on(this.keys.pace()).withAll(resources)));
	}

	void use(Collection<Usage> usages) {
		FencedScripts.Call call = this.scripts.call().on(this.keys.pace());
		usages.forEach(
				(usage) -> call.with(usage.resource(), usage.cost().toNanos() / 1e6, usage.credit().toNanos() / 1e6));
		this.scripts.number(USE, call);
	}

}
