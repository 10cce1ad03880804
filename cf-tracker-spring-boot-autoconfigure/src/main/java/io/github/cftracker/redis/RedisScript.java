package io.github.cftracker.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Lua script.
 *
 * @param <T> the type of what it returns
 * @param text the source
 * @param sha1 the digest, by which a server knows the script
 * @param result the class of what it returns: a number, a text, or a list of them
 */
record RedisScript<T>(String text, String sha1, Class<? super T> result) {

	RedisScript(String text, Class<? super T> result) {
		this(text, digest(text), result);
	}

	private static String digest(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
