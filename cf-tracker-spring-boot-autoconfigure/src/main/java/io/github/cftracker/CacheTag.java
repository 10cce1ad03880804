package io.github.cftracker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Cache tags in the form that CloudFront accepts: visible ASCII without commas, up to
 * {@value #MAX_LENGTH} characters, in lower case, because CloudFront ignores case.
 * <p>
 * All other characters are percent-encoded as UTF-8, and a tag that is too long is
 * replaced by its SHA-256. This happens wherever a tag is named, so {@code "Möbel & Co"}
 * is the same tag everywhere. An encoded tag is not encoded again.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Invalidation.html">Invalidate
 * files</a>
 */
public final class CacheTag {

	/**
	 * Maximum number of characters of a tag.
	 */
	public static final int MAX_LENGTH = 256;

	/**
	 * Maximum number of tags of a response that CloudFront accepts.
	 */
	public static final int MAX_PER_RESPONSE = 50;

	/**
	 * Tag of a path that counts as having every tag. No other tag is written like this.
	 */
	public static final String ANY = "*";

	/**
	 * Tag of a path with a response whose tags CloudFront may not know, because its
	 * header lacked some, or because other responses for the path had other tags. No
	 * other tag is written like this.
	 */
	public static final String UNSENT = "!";

	private static final String PREFIX = "sha256:";

	private CacheTag() {
	}

	/**
	 * Return a tag in the form that CloudFront accepts.
	 * @param tag the tag, in any characters
	 * @return the tag, blank for a blank one
	 */
	public static String of(String tag) {
		String trimmed = tag.trim();
		if (isPlain(trimmed)) {
			return trimmed;
		}
		String encoded = encoded(trimmed.toLowerCase(Locale.ROOT));
		return (encoded.length() > MAX_LENGTH || isReserved(encoded)) ? PREFIX + sha256(encoded) : encoded;
	}

	private static boolean isPlain(String tag) {
		for (int i = 0; i < tag.length(); i++) {
			char c = tag.charAt(i);
			if (!isAllowed(c) || (c >= 'A' && c <= 'Z')) {
				return false;
			}
		}
		return tag.length() <= MAX_LENGTH && !isReserved(tag);
	}

	private static boolean isReserved(String tag) {
		return ANY.equals(tag) || UNSENT.equals(tag);
	}

	private static boolean isAllowed(int c) {
		return c > 0x20 && c < 0x7f && c != ',';
	}

	private static String encoded(String tag) {
		StringBuilder encoded = new StringBuilder(tag.length());
		for (byte octet : tag.getBytes(StandardCharsets.UTF_8)) {
			if (isAllowed(octet)) {
				encoded.append((char) octet);
			}
			else {
				encoded.append('%').append(HexFormat.of().toHexDigits(octet));
			}
		}
		return encoded.toString();
	}

	private static String sha256(String tag) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			return HexFormat.of().formatHex(digest.digest(tag.getBytes(StandardCharsets.US_ASCII)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is not available", ex);
		}
	}

	/**
	 * Return whether an item of an invalidation is a tag and not a path.
	 * @param item the item
	 * @return whether it begins with {@code #}
	 */
	public static boolean isTag(String item) {
		return item.startsWith("#");
	}

	/**
	 * Return the item that invalidates a tag.
	 * @param tag the tag, as {@link #of} writes it
	 * @return the tag after a {@code #}
	 */
	public static String item(String tag) {
		return "#" + tag;
	}

}
