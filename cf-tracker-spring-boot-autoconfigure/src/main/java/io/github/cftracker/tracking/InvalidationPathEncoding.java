package io.github.cftracker.tracking;

import java.nio.charset.StandardCharsets;

import io.github.cftracker.InvalidationPath;
import io.github.cftracker.distribution.WildcardSafety;
import org.jspecify.annotations.Nullable;

/**
 * Encoding of requested paths as invalidation paths that CloudFront accepts. An encoded
 * character stays as it is, byte for byte, and nothing is encoded without need, because
 * CloudFront caches under the path that it has received.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html">Specify
 * the files to invalidate</a>
 */
final class InvalidationPathEncoding {

	private static final String UNSAFE = " <>\"#{}|\\^[]`";

	private static final boolean[] IS_SAFE = new boolean[128];

	private static final boolean[] IS_PLAIN = new boolean[128];

	static {
		for (char c = 0x21; c < 0x7f; c++) {
			IS_SAFE[c] = UNSAFE.indexOf(c) == -1;
			IS_PLAIN[c] = IS_SAFE[c] && "%~*".indexOf(c) == -1;
		}
	}

	private static final char[] HEX = "0123456789ABCDEF".toCharArray();

	private InvalidationPathEncoding() {
	}

	/**
	 * Return whether a path can certainly be sent as it is, which is true for nearly all.
	 * @return whether it can; if not, it is still possible
	 */
	static boolean isPlain(String path) {
		if (path.length() > InvalidationPath.MAX_LENGTH) {
			return false;
		}
		for (int i = 0; i < path.length(); i++) {
			char c = path.charAt(i);
			if (c >= IS_PLAIN.length || !IS_PLAIN[c]) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Encode unsafe characters (RFC 1738) and those that are not ASCII: containers return
	 * the bytes of a request target as ISO 8859-1. A {@code %} that encodes nothing is
	 * left alone, because it is not documented what CloudFront does with it.
	 */
	static String encoded(String raw) {
		for (int i = 0; i < raw.length(); i++) {
			if (isUnsafe(raw.charAt(i))) {
				return encodedFrom(raw, i);
			}
		}
		return raw;
	}

	private static String encodedFrom(String raw, int start) {
		StringBuilder encoded = new StringBuilder(raw.length() + 16).append(raw, 0, start);
		int i = start;
		while (i < raw.length()) {
			int codePoint = raw.codePointAt(i);
			if (codePoint <= 0xff) {
				char c = (char) codePoint;
				if (isUnsafe(c)) {
					append(encoded, c);
				}
				else {
					encoded.append(c);
				}
			}
			else {
				for (byte octet : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
					append(encoded, octet & 0xff);
				}
			}
			i += Character.charCount(codePoint);
		}
		return encoded.toString();
	}

	private static void append(StringBuilder encoded, int octet) {
		encoded.append('%').append(HEX[octet >> 4]).append(HEX[octet & 0xf]);
	}

	private static boolean isUnsafe(char c) {
		return c >= IS_SAFE.length || !IS_SAFE[c];
	}

	/**
	 * Return a path that CloudFront accepts: the path itself, or a wildcard that ends
	 * before the first character which it does not accept. A path that ends in {@code *}
	 * is a wildcard already.
	 * @param encoded the path
	 * @param safety which wildcards may be sent
	 * @return the path; unchanged if the necessary wildcard is not safe, so that the run
	 * reports that it cannot send it; {@code null} if it is such a wildcard itself
	 */
	static @Nullable String sendable(String encoded, WildcardSafety safety) {
		int end = endOfSendable(encoded);
		if (end < encoded.length()) {
			String prefix = encoded.substring(0, end);
			return safety.isSafe(prefix) ? prefix + '*' : encoded;
		}
		boolean wildcard = encoded.charAt(encoded.length() - 1) == '*';
		return (wildcard && !safety.isSafe(encoded.substring(0, encoded.length() - 1))) ? null : encoded;
	}

	private static int endOfSendable(String path) {
		for (int i = 0; i < path.length(); i++) {
			char c = path.charAt(i);
			if (c == '~' || (c == '%' && (!isEscape(path, i) || path.regionMatches(true, i, "%7e", 0, 3)))) {
				return cut(path, Math.min(i, InvalidationPath.MAX_LENGTH - 1));
			}
			if (i == InvalidationPath.MAX_LENGTH) {
				return cut(path, InvalidationPath.MAX_LENGTH - 1);
			}
		}
		return path.length();
	}

	/**
	 * Return the end, or the start of the escape that contains it.
	 */
	private static int cut(String path, int end) {
		for (int i = Math.max(0, end - 2); i < end; i++) {
			if (path.charAt(i) == '%') {
				return i;
			}
		}
		return end;
	}

	private static boolean isEscape(String path, int index) {
		return index + 2 < path.length() && Character.digit(path.charAt(index + 1), 16) != -1
				&& Character.digit(path.charAt(index + 2), 16) != -1;
	}

}
