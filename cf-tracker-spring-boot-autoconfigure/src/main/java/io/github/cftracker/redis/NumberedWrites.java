package io.github.cftracker.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import org.springframework.data.redis.core.script.RedisScript;

/**
 * Numbers the writes of this node. The server keeps the number of the last one in the
 * same step. After a failover it has the first of our writes and lacks the others, and
 * the number says where the cut is: whatever has become of the connection, and however
 * short the time was.
 */
final class NumberedWrites {

	private static final RedisScript<Long> NUMBER = RedisScripts.returningNumber("number.lua");

	private final RedisScripts scripts;

	private final String key;

	private long attempted;

	private long acknowledged;

	private OptionalLong loss = OptionalLong.empty();

	NumberedWrites(RedisScripts scripts, String key) {
		this.scripts = scripts;
		this.key = key;
	}

	/**
	 * Runs a script that begins with {@code numbered.lua}.
	 */
	synchronized void write(RedisScript<Long> script, List<String> keys, List<Object> args) {
		long number = ++this.attempted;
		List<String> allKeys = new ArrayList<>(keys.size() + 1);
		allKeys.add(this.key);
		allKeys.addAll(keys);
		List<Object> allArgs = new ArrayList<>(args.size() + 2);
		allArgs.add(Long.toString(this.acknowledged));
		allArgs.add(Long.toString(number));
		allArgs.addAll(args);
		expect(number, this.scripts.number(script, allKeys, allArgs.toArray()));
	}

	/**
	 * Looks whether the server still has everything.
	 */
	synchronized void check() {
		if (this.acknowledged > 0) {
			expect(this.acknowledged, this.scripts.number(NUMBER, List.of(this.key)));
		}
	}

	private void expect(long number, long kept) {
		this.acknowledged = Math.min(number, kept);
		if (kept < number) {
			this.loss = OptionalLong.of(this.loss.isPresent() ? Math.min(kept, this.loss.getAsLong()) : kept);
		}
	}

	synchronized long acknowledged() {
		return this.acknowledged;
	}

	/**
	 * What the server still had when it was found to have forgotten something, once.
	 */
	synchronized OptionalLong takeLoss() {
		OptionalLong taken = this.loss;
		this.loss = OptionalLong.empty();
		return taken;
	}

}
