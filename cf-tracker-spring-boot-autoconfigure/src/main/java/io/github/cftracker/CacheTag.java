package io.github.cftracker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Writes cache tags as CloudFront takes them: visible ASCII without commas, up to
 * {@value #MAX_LENGTH} characters, in lower case, because case does not matter to it.
 * <p>
 * Whatever else a tag holds is percent-encoded as UTF-8, and one that is too long becomes
 * its SHA-256. The same is done wherever a tag is named, so {@code "Möbel & Co"} is one
 * tag for all. A tag that is encoded already stays as it is.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Invalidation.html">Invalidate
 * files</a>
 */
public final class CacheTag {

	/**
	 * The longest tag that CloudFront takes, in characters.
	 */
	public static final int MAX_LENGTH = 256;

	/**
	 * How many tags of a response CloudFront takes.
	 */
	public static final int MAX_PER_RESPONSE = 50;

	/**
	 * Stands for every tag. No tag is written like this.
	 */
	public static final String ANY = "*";

	/**
	 * Marks a path of which CloudFront may have a response that it does not know all tags
	 * of, because its header did not hold them, or because the path was rendered with
	 * others too. No tag is written like this.
	 */
	public static final String UNSENT = "!";

	private static final String PREFIX = "sha256:";

	private CacheTag() {
	}

	/**
	 * Writes a tag.
	 * @param tag the tag, in any characters
	 * @return the tag as CloudFront takes it; blank for a blank one
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
	 * Whether an item of an invalidation is a tag, and no path.
	 * @param item the item
	 * @return whether it begins with {@code #}
	 */
	public static boolean isTag(String item) {
		return item.startsWith("#");
	}

	/**
	 * The item that invalidates a tag.
	 * @param tag the tag, as {@link #of} writes it
	 * @return the tag with a {@code #} before it
	 */
	public static String item(String tag) {
		return "#" + tag;
	}

}
