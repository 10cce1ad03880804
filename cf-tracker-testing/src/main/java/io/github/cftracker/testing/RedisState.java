package io.github.cftracker.testing;

import java.util.List;

import io.lettuce.core.api.sync.RedisCommands;

/**
 * The content of a server, in lines for people who look for a fault.
 */
final class RedisState {

	private static final int SHOWN = 200;

	private RedisState() {
	}

	static List<String> of(RedisCommands<String, String> redis, String pattern) {
		return redis.keys(pattern).stream().sorted().map((key) -> key + ": " + shorten(describe(redis, key))).toList();
	}

	private static String shorten(String value) {
		String line = value.replace('\n', ' ');
		return (line.length() > SHOWN) ? line.substring(0, SHOWN) + "..." : line;
	}

	private static String describe(RedisCommands<String, String> redis, String key) {
		return switch (redis.type(key)) {
			case "hash" -> redis.hgetall(key).toString();
			case "list" -> redis.lrange(key, 0, 9).toString();
			case "zset" -> "%d like %s".formatted(redis.zcard(key), redis.zrangeWithScores(key, 0, 2));
			case "set" -> "%d members".formatted(redis.scard(key));
			case "string" -> redis.get(key);
			default -> "gone";
		};
	}

}
