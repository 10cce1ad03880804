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

	private static final RedisScript<List<String>> NEXT_PATHS = RedisScripts
		.timedList("return redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf', 'LIMIT', 0, ARGV[1])");

	private static final RedisScript<List<String>> WILDCARDS = RedisScripts.timedList("""
			local found = {}
			for _, wildcard in ipairs(redis.call('SMEMBERS', KEYS[1])) do
				local score = redis.call('ZSCORE', KEYS[2], wildcard)
				if score and tonumber(score) > now then
					found[#found + 1] = wildcard
				end
			end
			return found
			""");

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
	public List<String> nextPaths(int max) {
		return this.scripts.list(NEXT_PATHS, List.of(this.keys.claim(this.id)), Integer.toString(max));
	}

	@Override
	public List<String> wildcards() {
		return this.scripts.list(WILDCARDS, List.of(this.keys.wildcards(), this.keys.claim(this.id)));
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
