package io.github.cftracker;

import org.jspecify.annotations.Nullable;

/**
 * Rules of CloudFront for invalidation paths. One invalid path makes CloudFront reject
 * the whole batch, so each path is checked before it is sent.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html">Specify
 * the files to invalidate</a>
 */
public final class InvalidationPath {

	/**
	 * Maximum number of characters of a path.
	 */
	public static final int MAX_LENGTH = 4000;

	private static final String UNSAFE = " <>\"#{}|\\^[]`";

	// Looking a character up in a text takes 1 µs per path
	private static final boolean[] IS_ORDINARY = new boolean[128];

	static {
		for (char c = 0x21; c < 0x7f; c++) {
			IS_ORDINARY[c] = UNSAFE.indexOf(c) == -1 && c != '~' && c != '%';
		}
	}

	private InvalidationPath() {
	}

	/**
	 * Return why CloudFront would not accept a path.
	 * @param path the path
	 * @return the problem, to be read after the path, or {@code null}
	 */
	public static @Nullable String problemOf(String path) {
		if (path.isEmpty() || path.charAt(0) != '/') {
			return "must start with '/'";
		}
		if (path.length() > MAX_LENGTH) {
			return "is longer than the %,d characters that CloudFront accepts".formatted(MAX_LENGTH);
		}
		for (int i = 0; i < path.length(); i++) {
			char c = path.charAt(i);
			String problem = (c < IS_ORDINARY.length && IS_ORDINARY[c]) ? null : problemAt(path, i);
			if (problem != null) {
				return problem;
			}
		}
		return null;
	}

	/**
	 * Return why a path of a request should not be sent. Stricter than
	 * {@link #problemOf}: a {@code *} before the end is an ordinary character for
	 * CloudFront. It is most likely meant as a pattern, and would be billed and match
	 * nothing.
	 * @param path the path
	 * @return the problem, to be read after the path, or {@code null}
	 */
	static @Nullable String problemOfSelected(String path) {
		String problem = problemOf(path);
		if (problem == null && path.indexOf('*') != -1 && path.indexOf('*') != path.length() - 1) {
			return "contains a '*' before its last character, but CloudFront supports wildcards only at the end";
		}
		return problem;
	}

	private static @Nullable String problemAt(String path, int index) {
		char c = path.charAt(index);
		if (c < 0x20 || c > 0x7e) {
			return "contains a character at position %d that must be percent-encoded".formatted(index);
		}
		if (UNSAFE.indexOf(c) != -1) {
			return "contains a '%s' at position %d that must be percent-encoded".formatted(c, index);
		}
		if (c == '~' || (c == '%' && path.regionMatches(true, index, "%7e", 0, 3))) {
			return "contains a '~', which CloudFront does not support in invalidations: use a wildcard that ends before it";
		}
		if (c == '%' && !(isHex(path, index + 1) && isHex(path, index + 2))) {
			return "contains a '%%' at position %d that is not followed by two hexadecimal digits".formatted(index);
		}
		return null;
	}

	private static boolean isHex(String path, int index) {
		return index < path.length() && Character.digit(path.charAt(index), 16) != -1;
	}

}
