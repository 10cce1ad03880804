package io.github.cftracker.redis;

/**
 * Patterns of Redis. A path's {@code *} or {@code [} has to be escaped in them.
 */
final class RedisGlob {

	private static final String SPECIAL = "*?[]\\^-";

	private RedisGlob() {
	}

	static String startingWith(String prefix) {
		return escape(prefix) + "*";
	}

	static String escape(String literal) {
		StringBuilder escaped = new StringBuilder(literal.length() + 8);
		for (int i = 0; i < literal.length(); i++) {
			char c = literal.charAt(i);
			if (SPECIAL.indexOf(c) != -1) {
				escaped.append('\\');
			}
			escaped.append(c);
		}
		return escaped.toString();
	}

}
