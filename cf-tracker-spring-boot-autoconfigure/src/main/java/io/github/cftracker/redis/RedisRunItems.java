package io.github.cftracker.redis;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.github.cftracker.Run.Batch;
import io.github.cftracker.run.RunItems;
import org.jspecify.annotations.Nullable;

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
		String name = read(() -> this.scripts.connection().hget(this.keys.run(this.id), late ? "lateClaim" : "claim"));
		return (name != null) ? name : "";
	}

	@Override
	public List<String> planned() {
		boolean planned = read(() -> this.scripts.connection().hexists(this.keys.run(this.id), "planned"));
		return planned ? read(() -> this.scripts.connection().lrange(this.keys.plan(this.id))) : List.of();
	}

	@Override
	public List<String> frozen(Batch batch) {
		return read(() -> this.scripts.connection().zrange(this.keys.claim(batch.callerReference())));
	}

	@Override
	public Set<String> acceptedCovering() {
		return read(() -> this.scripts.connection().smembers(this.keys.acceptedCovering(this.id)));
	}

	private <T extends @Nullable Object> T read(Supplier<T> command) {
		return this.scripts.call(command);
	}

}
