package io.github.cftracker.distribution;

/**
 * Path pattern of a cache behavior, case-sensitive. {@code *} matches any characters
 * including slashes, and {@code ?} exactly one character.
 *
 * @param pattern the pattern as the distribution has it
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern">Path
 * pattern</a>
 */
public record BehaviorPattern(String pattern) {

	/**
	 * The pattern of the default behavior.
	 */
	public static final BehaviorPattern DEFAULT = new BehaviorPattern("*");

	/**
	 * Return whether a path matches.
	 * @param path the path, without a query string, as {@link NormalizedPath} has it
	 * @return whether it matches
	 */
	boolean matches(String path) {
		String pattern = this.pattern;
		int next = 0;
		int star = -1;
		int resume = 0;
		int i = 0;
		if (!hasSlash()) {
			if (!path.startsWith("/")) {
				return false;
			}
			i = 1;
		}
		while (i < path.length()) {
			char expected = (next < pattern.length()) ? pattern.charAt(next) : 0;
			if (expected == '*') {
				if (next == pattern.length() - 1) {
					return true;
				}
				star = next++;
				resume = i;
			}
			else if (next < pattern.length() && (expected == '?' || expected == path.charAt(i))) {
				next++;
				i++;
			}
			else if (star != -1) {
				next = star + 1;
				i = ++resume;
			}
			else {
				return false;
			}
		}
		while (next < pattern.length() && pattern.charAt(next) == '*') {
			next++;
		}
		return next == pattern.length();
	}

	/**
	 * Return whether any path that begins with a prefix matches.
	 * @param prefix the prefix
	 * @return whether such a path may match
	 */
	boolean mayMatchBelow(String prefix) {
		for (boolean alive : positionsAfter(prefix)) {
			if (alive) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return whether every path that begins with a prefix matches.
	 * @param prefix the prefix
	 * @return whether all match; false if that cannot be determined easily
	 */
	boolean matchesAllBelow(String prefix) {
		return this.pattern.endsWith("*") && positionsAfter(prefix)[text().length()];
	}

	/**
	 * Return the positions in the pattern that may be reached at the end of a text,
	 * including the one after its last character.
	 */
	private boolean[] positionsAfter(String text) {
		String pattern = text();
		boolean[] positions = new boolean[pattern.length() + 1];
		positions[0] = true;
		skipStars(pattern, positions);
		for (int i = 0; i < text.length(); i++) {
			boolean[] next = new boolean[positions.length];
			for (int j = 0; j < pattern.length(); j++) {
				char expected = pattern.charAt(j);
				if (positions[j] && expected == '*') {
					next[j] = true;
				}
				else if (positions[j] && (expected == '?' || expected == text.charAt(i))) {
					next[j + 1] = true;
				}
			}
			skipStars(pattern, next);
			positions = next;
		}
		return positions;
	}

	private static void skipStars(String pattern, boolean[] positions) {
		for (int i = 0; i < pattern.length(); i++) {
			if (positions[i] && pattern.charAt(i) == '*') {
				positions[i + 1] = true;
			}
		}
	}

	private String text() {
		return hasSlash() ? this.pattern : "/" + this.pattern;
	}

	/**
	 * Return whether the pattern begins with a slash, which is optional.
	 */
	private boolean hasSlash() {
		return this.pattern.startsWith("/") || this.pattern.startsWith("*");
	}

	@Override
	public String toString() {
		return this.pattern;
	}

}
