package io.github.cftracker.redis;

import java.nio.charset.StandardCharsets;

import org.springframework.data.redis.core.ScanOptions;

/**
 * Redis' own patterns, in which a path's {@code *} or {@code [} would mean something.
 */
final class RedisGlob {

	private static final String SPECIAL = "*?[]\\^-";

	private RedisGlob() {
	}

	static ScanOptions scanOptions(String prefix, int count) {
		// As bytes: a string would be encoded by the machine's default, and our paths are
		// in UTF-8
		return ScanOptions.scanOptions()
			.match((escape(prefix) + "*").getBytes(StandardCharsets.UTF_8))
			.count(count)
			.build();
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
