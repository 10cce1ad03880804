package io.github.cftracker.distribution;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Rule for chosen wildcards. A chosen wildcard is never above the first segment of a
 * path, over a protected prefix, or over another origin's cache behavior.
 *
 * @param protectedPrefixes the prefixes that no chosen wildcard may cover
 * @param distribution the distribution, {@code null} if it could not be read
 */
public record WildcardSafety(List<String> protectedPrefixes, @Nullable Distribution distribution) {

	public WildcardSafety {
		protectedPrefixes = List.copyOf(protectedPrefixes);
	}

	/**
	 * Return whether a wildcard may replace the paths of this application that begin with
	 * a prefix.
	 * @param prefix the wildcard without its {@code *}; CloudFront is known to request
	 * such a path from this application
	 * @return whether the wildcard covers nothing else that must stay
	 */
	public boolean isSafe(String prefix) {
		int question = prefix.indexOf('?');
		String normalized = (question != -1)
				? NormalizedPath.of(prefix.substring(0, question)) + prefix.substring(question)
				: NormalizedPath.of(prefix);
		// It is not documented whether CloudFront normalizes before it compares
		return isAllowed(prefix) && (normalized.equals(prefix) || isAllowed(normalized));
	}

	private boolean isAllowed(String prefix) {
		if (prefix.length() < 2
				|| this.protectedPrefixes.stream().anyMatch((protectedPrefix) -> overlap(prefix, protectedPrefix))) {
			return false;
		}
		// After a question mark, the path and so its cache behavior are fixed
		return this.distribution == null || prefix.indexOf('?') != -1 || this.distribution.isOfOneOrigin(prefix);
	}

	private static boolean overlap(String prefix, String protectedPrefix) {
		return prefix.startsWith(protectedPrefix) || protectedPrefix.startsWith(prefix);
	}

}
