package io.github.cftracker.redis;

import java.util.List;
import java.util.Set;

import io.github.cftracker.Run.Batch;
import io.github.cftracker.run.RunItems;

/**
 * {@link RunItems} in Redis. Only the holder of the lease changes them.
 */
final class RedisRunItems extends RedisClaim implements RunItems {

	private static final RedisScript<Long> SIZE = RedisScripts
		.timed("return redis.call('ZCOUNT', KEYS[1], '(' .. now, '+inf')");

	private final RedisScripts scripts;

	private final RedisKeys keys;

	private final String id;

	RedisRunItems(FencedScripts scripts, RedisKeys keys, String id) {
		super(scripts, keys, id, 0);
		this.scripts = scripts.unfenced();
		this.keys = keys;
		this.id = id;
	}

	@Override
	public long size() {
		return this.scripts.number(SIZE, List.of(this.keys.claim(this.id)));
	}

	@Override
	public String claimName(boolean late) {
		String name = this.scripts.text(this.keys.run(this.id), "HGET", late ? "lateClaim" : "claim");
		return (name != null) ? name : "";
	}

	@Override
	public List<String> planned() {
		boolean planned = this.scripts.number(this.keys.run(this.id), "HEXISTS", "planned") == 1;
		return planned ? this.scripts.list(this.keys.plan(this.id), "LRANGE", 0, -1) : List.of();
	}

	@Override
	public List<String> frozen(Batch batch) {
		return this.scripts.list(this.keys.claim(batch.callerReference()), "ZRANGE", 0, -1);
	}

	@Override
	public Set<String> acceptedCovering() {
		return Set.copyOf(this.scripts.list(this.keys.acceptedCovering(this.id), "SMEMBERS"));
	}

}
