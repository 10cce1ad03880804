package io.github.cftracker.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;

import org.springframework.util.function.SingletonSupplier;

/**
 * Lua script. It is read when it is first executed, and not while the application starts.
 *
 * @param <T> the type of what it returns
 * @param source returns the text
 * @param digest returns the SHA-1 of the text
 * @param result the class of what it returns: a number, a text, or a list of them
 */
record RedisScript<T>(Supplier<String> source, Supplier<String> digest, Class<? super T> result) {

	RedisScript(String text, Class<? super T> result) {
		this(() -> text, result);
	}

	RedisScript(Supplier<String> text, Class<? super T> result) {
		this(SingletonSupplier.of(text), result);
	}

	private RedisScript(SingletonSupplier<String> source, Class<? super T> result) {
		this(source, SingletonSupplier.of(() -> digest(source.obtain())), result);
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

	String text() {
		return this.source.get();
	}

	/**
	 * Return the digest, by which a server knows the script.
	 */
	String sha1() {
		return this.digest.get();
	}

}
