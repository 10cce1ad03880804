package io.github.cftracker.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import io.github.cftracker.recording.StoreVersion;

/**
 * Numbers of this node's writes. The server keeps the number of the last one in the same
 * step. After a failover it has the first writes and lacks the others, and the number
 * shows where the cut is: whatever happened to the connection, and however short the time
 * was.
 */
final class WriteSequence {

	private static final RedisScript<List<Long>> NUMBER = RedisScripts.returningNumbers("number.lua");

	/**
	 * Length of the answer of {@code numbered.lua}.
	 */
	private static final int STATE = 3;

	private final RedisScripts scripts;

	private final String key;

	private long attempted;

	private long acknowledged;

	private OptionalLong loss = OptionalLong.empty();

	private OptionalLong serverOffset = OptionalLong.empty();

	private long learnedAt;

	WriteSequence(RedisScripts scripts, String key) {
		this.scripts = scripts;
		this.key = key;
	}

	/**
	 * Run a script that includes {@code numbered.lua}.
	 */
	StoreVersion write(RedisScript<List<Long>> script, List<String> keys, List<Object> args) {
		return state(answer(script, keys, args));
	}

	/**
	 * Run a script that includes {@code numbered.lua} and adds numbers to its answer.
	 * @return these numbers
	 */
	List<Long> writeAndFind(RedisScript<List<Long>> script, List<String> keys, List<Object> args) {
		List<Long> answer = answer(script, keys, args);
		return answer.subList(STATE, answer.size());
	}

	private synchronized List<Long> answer(RedisScript<List<Long>> script, List<String> keys, List<Object> args) {
		return number(++this.attempted, script, keys, args);
	}

	private List<Long> number(long number, RedisScript<List<Long>> script, List<String> keys, List<Object> args) {
		List<String> allKeys = new ArrayList<>(keys.size() + 1);
		allKeys.add(this.key);
		allKeys.addAll(keys);
		List<Object> allArgs = new ArrayList<>(args.size() + 2);
		allArgs.add(Long.toString(this.acknowledged));
		allArgs.add(Long.toString(number));
		allArgs.addAll(args);
		List<Long> answer = this.scripts.numbers(script, allKeys, allArgs.toArray());
		learnTime(answer.get(2));
		long kept = answer.get(0);
		this.acknowledged = Math.min(number, kept);
		if (kept < number) {
			this.loss = OptionalLong.of(this.loss.isPresent() ? Math.min(kept, this.loss.getAsLong()) : kept);
		}
		return answer;
	}

	/**
	 * Return what the server's clock showed at a time of this node. Because it is unknown
	 * how long an answer is on its way, the result is earlier by up to the time that the
	 * fastest of the recent answers took.
	 * @param nanoTime a value of {@link System#nanoTime()}
	 * @return the time in ms
	 */
	synchronized long serverTime(long nanoTime) {
		if (this.serverOffset.isEmpty()) {
			learnTime(this.scripts.number(RedisScripts.NOW, List.of(this.key)));
		}
		return millis(nanoTime) + this.serverOffset.getAsLong();
	}

	private void learnTime(long serverTime) {
		long now = millis(System.nanoTime());
		long learned = serverTime - now - 1;
		// Clocks drift apart by less than a thousandth
		long known = this.serverOffset.orElse(Long.MIN_VALUE / 2) - (now - this.learnedAt) / 1000;
		if (learned >= known) {
			this.serverOffset = OptionalLong.of(learned);
			this.learnedAt = now;
		}
	}

	private static long millis(long nanoTime) {
		return Math.floorDiv(nanoTime, 1_000_000);
	}

	/**
	 * Check whether the server still has everything.
	 * @param keys what was written to
	 */
	synchronized StoreVersion check(String... keys) {
		if (this.acknowledged == 0) {
			return StoreVersion.UNKNOWN;
		}
		return state(number(this.acknowledged, NUMBER, List.of(keys), List.of()));
	}

	private static StoreVersion state(List<Long> answer) {
		return new StoreVersion(answer.get(1), answer.get(2));
	}

	synchronized long acknowledged() {
		return this.acknowledged;
	}

	/**
	 * Return, once, the number of the last write that the server still had when it was
	 * found to have lost later ones.
	 */
	synchronized OptionalLong takeLoss() {
		OptionalLong taken = this.loss;
		this.loss = OptionalLong.empty();
		return taken;
	}

}
