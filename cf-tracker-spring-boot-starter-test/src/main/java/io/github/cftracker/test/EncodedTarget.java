package io.github.cftracker.test;

import java.util.HexFormat;

/**
 * How an invalidation spells a target: CloudFront encodes what RFC 1738 calls unsafe and
 * what is not ASCII, and nothing else.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html">What
 * you need to know when invalidating files</a>
 */
final class EncodedTarget {

	private static final String UNSAFE = "<>\"#{}|\\^[]`";

	private EncodedTarget() {
	}

	/**
	 * The target itself where nothing is to be encoded.
	 */
	static String of(String target) {
		StringBuilder encoded = null;
		for (int i = 0; i < target.length(); i++) {
			char c = target.charAt(i);
			boolean safe = isSafe(c) && (c != '%' || isEscape(target, i));
			if (!safe && encoded == null) {
				encoded = new StringBuilder(target.length() + 16).append(target, 0, i);
			}
			if (encoded != null && safe) {
				encoded.append(c);
			}
			else if (encoded != null) {
				encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
			}
		}
		return (encoded != null) ? encoded.toString() : target;
	}

	private static boolean isSafe(char c) {
		return c > ' ' && c <= '~' && UNSAFE.indexOf(c) < 0;
	}

	private static boolean isEscape(String target, int percent) {
		return percent + 2 < target.length() && HexFormat.isHexDigit(target.charAt(percent + 1))
				&& HexFormat.isHexDigit(target.charAt(percent + 2));
	}

}
