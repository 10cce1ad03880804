package io.github.cftracker.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.cftracker.run.LeaseLostException;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.core.script.RedisScript;

/**
 * Runs the scripts of a lease's holder. Each throws {@link LeaseLostException} once
 * another node has the lease.
 */
final class FencedScripts {

	private final RedisScripts scripts;

	private final RedisKeys keys;

	private final String token;

	FencedScripts(RedisScripts scripts, RedisKeys keys, String token) {
		this.scripts = scripts;
		this.keys = keys;
		this.token = token;
	}

	long number(RedisScript<Long> script, Call call) {
		return this.scripts.number(script, call.keys(), call.args());
	}

	@SuppressWarnings("rawtypes")
	List<String> list(RedisScript<List> script, Call call) {
		return this.scripts.list(script, call.keys(), call.args());
	}

	RedisScripts unfenced() {
		return this.scripts;
	}

	/**
	 * A call that writes no run down.
	 */
	Call call() {
		return new Call(null, List.of());
	}

	/**
	 * A call that writes a run down, in the same step.
	 */
	Call call(String runId, List<String> fields) {
		return new Call(runId, fields);
	}

	/**
	 * The keys and arguments of one call.
	 */
	final class Call {

		private final List<String> ownKeys = new ArrayList<>();

		private final List<Object> ownArgs = new ArrayList<>();

		Call(@Nullable String runId, List<String> fields) {
			FencedScripts outer = FencedScripts.this;
			this.ownKeys.add(outer.keys.lease());
			this.ownKeys.add((runId != null) ? outer.keys.run(runId) : outer.keys.lease());
			this.ownArgs.add(outer.token);
			this.ownArgs.add(Integer.toString(fields.size()));
			this.ownArgs.addAll(fields);
		}

		Call on(String... keys) {
			this.ownKeys.addAll(Arrays.asList(keys));
			return this;
		}

		Call with(Object... args) {
			for (Object arg : args) {
				this.ownArgs.add(arg.toString());
			}
			return this;
		}

		Call withAll(Iterable<String> args) {
			args.forEach(this.ownArgs::add);
			return this;
		}

		List<String> keys() {
			return this.ownKeys;
		}

		Object[] args() {
			return this.ownArgs.toArray();
		}

	}

}
