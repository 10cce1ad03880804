package io.github.cftracker.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.cftracker.run.LeaseLostException;
import org.jspecify.annotations.Nullable;

/**
 * Scripts of a lease's holder. Each call throws {@link LeaseLostException} once another
 * node has the lease, or Redis has forgotten an earlier call: the holder continues with
 * what is written, or not at all. Claims use the same scripts without a lease.
 */
final class FencedScripts {

	private final RedisScripts scripts;

	private final RedisKeys keys;

	private final String token;

	private long steps;

	private long acknowledged;

	/**
	 * Create the scripts without a lease, whose calls are never fenced.
	 */
	static FencedScripts withoutLease(RedisScripts scripts, RedisKeys keys) {
		return new FencedScripts(scripts, keys, "");
	}

	FencedScripts(RedisScripts scripts, RedisKeys keys, String token) {
		this.scripts = scripts;
		this.keys = keys;
		this.token = token;
	}

	long number(RedisScript<Long> script, Call call) {
		return isFenced() ? fencedNumber(script, call) : this.scripts.number(script, call.keys(), call.args());
	}

	private boolean isFenced() {
		return !this.token.isEmpty();
	}

	private synchronized long fencedNumber(RedisScript<Long> script, Call call) {
		long result = this.scripts.number(script, call.keys(), call.args());
		this.acknowledged = this.steps;
		return result;
	}

	List<String> list(RedisScript<List<String>> script, Call call) {
		return isFenced() ? fencedList(script, call) : this.scripts.list(script, call.keys(), call.args());
	}

	private synchronized List<String> fencedList(RedisScript<List<String>> script, Call call) {
		List<String> result = this.scripts.list(script, call.keys(), call.args());
		this.acknowledged = this.steps;
		return result;
	}

	RedisScripts unfenced() {
		return this.scripts;
	}

	/**
	 * Create a call that writes no run.
	 */
	Call call() {
		return new Call(null, List.of());
	}

	/**
	 * Create a call that also writes a run, in the same step.
	 */
	Call call(String runId, List<String> fields) {
		return new Call(runId, fields);
	}

	/**
	 * Keys and arguments of a call.
	 */
	final class Call {

		private final List<String> ownKeys = new ArrayList<>();

		private final List<Object> ownArgs = new ArrayList<>();

		private Call(@Nullable String runId, List<String> fields) {
			FencedScripts outer = FencedScripts.this;
			this.ownKeys.add(outer.keys.lease());
			this.ownKeys.add((runId != null) ? outer.keys.run(runId) : outer.keys.lease());
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
			FencedScripts outer = FencedScripts.this;
			List<Object> args = new ArrayList<>(
					List.of(outer.token, Long.toString(outer.acknowledged), Long.toString(++outer.steps)));
			args.addAll(this.ownArgs);
			return args.toArray();
		}

	}

}
