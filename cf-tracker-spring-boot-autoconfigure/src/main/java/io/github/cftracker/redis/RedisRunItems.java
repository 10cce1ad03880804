package io.github.cftracker.redis;

import java.util.ArrayList;
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

	/**
	 * Script that returns how many paths it has read, and the wildcards among them. It
	 * takes 0.5 seconds for a million paths, ZSCAN with a pattern 2.
	 */
	private static final RedisScript<List<String>> WILDCARDS = RedisScripts.timedList("""
			local paths = redis.call('ZRANGE', KEYS[1], ARGV[1], ARGV[1] + ARGV[2] - 1)
			local found = { tostring(#paths) }
			for _, path in ipairs(paths) do
				if path:byte(-1) == 42 and tonumber(redis.call('ZSCORE', KEYS[1], path)) > now then
					found[#found + 1] = path
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
		List<String> wildcards = new ArrayList<>();
		int rank = 0;
		int read = RedisScripts.CHUNK;
		while (read == RedisScripts.CHUNK) {
			List<String> found = this.scripts.list(WILDCARDS, List.of(this.keys.claim(this.id)), rank,
					RedisScripts.CHUNK);
			read = Integer.parseInt(found.get(0));
			rank += read;
			wildcards.addAll(found.subList(1, found.size()));
		}
		return wildcards;
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
