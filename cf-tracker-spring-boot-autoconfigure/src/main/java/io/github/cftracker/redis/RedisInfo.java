package io.github.cftracker.redis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Answer of a server to {@code INFO}, by field.
 *
 * @see <a href="https://redis.io/docs/latest/commands/info/">INFO</a>
 */
record RedisInfo(Map<String, String> fields) {

	static RedisInfo parse(String text) {
		return new RedisInfo(text.lines()
			.map((line) -> line.split(":", 2))
			.filter((field) -> field.length == 2)
			.collect(Collectors.toMap((field) -> field[0], (field) -> field[1], (first, second) -> second)));
	}

	/**
	 * Return a field's value, or an empty text: not every server has every field.
	 */
	String text(String field) {
		return this.fields.getOrDefault(field, "");
	}

	/**
	 * Return the mode. Valkey names it {@code server_mode}, unless it is configured to
	 * use the names of Redis.
	 */
	String mode() {
		return this.fields.getOrDefault("redis_mode", text("server_mode"));
	}

	/**
	 * Return name and version of the server. Valkey also reports the version of Redis
	 * that it is compatible with.
	 */
	String product() {
		String valkey = text("valkey_version");
		return valkey.isEmpty() ? "Redis " + text("redis_version") : "Valkey " + valkey;
	}

	/**
	 * Return whether the server is older than a version of Redis. An unknown version is
	 * not.
	 */
	boolean isOlderThan(int major, int minor) {
		String[] version = text("redis_version").split("\\.", 3);
		if (version.length < 2) {
			return false;
		}
		long itsMajor = number(version[0], major);
		return itsMajor < major || (itsMajor == major && number(version[1], minor) < minor);
	}

	boolean isMaster() {
		return text("role").equals("master");
	}

	List<Replica> replicas() {
		long written = number(text("master_repl_offset"), 0);
		return this.fields.entrySet()
			.stream()
			.filter((field) -> field.getKey().matches("slave\\d+"))
			.map((field) -> replica(field.getValue(), written))
			.toList();
	}

	private static Replica replica(String value, long written) {
		Map<String, String> fields = new HashMap<>();
		for (String field : value.split(",", -1)) {
			int equals = field.indexOf('=');
			if (equals != -1) {
				fields.put(field.substring(0, equals), field.substring(equals + 1));
			}
		}
		long missing = written - number(fields.getOrDefault("offset", ""), written);
		return new Replica(fields.getOrDefault("state", ""), number(fields.getOrDefault("lag", ""), 0), missing);
	}

	private static long number(String text, long otherwise) {
		try {
			return Long.parseLong(text);
		}
		catch (NumberFormatException ex) {
			return otherwise;
		}
	}

	/**
	 * Replica, as its master sees it.
	 *
	 * @param state {@code online}, or a step on the way there
	 * @param silentSeconds how long ago it last reported what it has
	 * @param missingBytes how much of what was written it lacked then
	 */
	record Replica(String state, long silentSeconds, long missingBytes) {

	}

}
