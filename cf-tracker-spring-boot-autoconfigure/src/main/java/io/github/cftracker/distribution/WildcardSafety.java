package io.github.cftracker.distribution;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which wildcards may be sent that nobody has asked for: never one above the first
 * segment of a path, over a protected prefix, or over another origin's cache behavior.
 *
 * @param protectedPrefixes prefixes that no wildcard of ours may cover
 * @param distribution the distribution, {@code null} where it could not be read
 */
public record WildcardSafety(List<String> protectedPrefixes, @Nullable Distribution distribution) {

	public WildcardSafety {
		protectedPrefixes = List.copyOf(protectedPrefixes);
	}

	/**
	 * Whether a wildcard may stand for the paths of this application that begin with a
	 * prefix.
	 * @param prefix the wildcard without its {@code *}; such a path is known to go to
	 * this application
	 * @return whether nothing else is covered that must not be
	 */
	public boolean isSafe(String prefix) {
		int question = prefix.indexOf('?');
		String normalized = (question != -1)
				? NormalizedPath.of(prefix.substring(0, question)) + prefix.substring(question)
				: NormalizedPath.of(prefix);
		// Whether CloudFront normalises what it compares is not documented
		return isAllowed(prefix) && (normalized.equals(prefix) || isAllowed(normalized));
	}

	private boolean isAllowed(String prefix) {
		if (prefix.length() < 2
				|| this.protectedPrefixes.stream().anyMatch((protectedPrefix) -> overlap(prefix, protectedPrefix))) {
			return false;
		}
		// Behind a question mark the path, and so its cache behavior, is fixed
		return this.distribution == null || prefix.indexOf('?') != -1 || this.distribution.isOfOneOrigin(prefix);
	}

	private static boolean overlap(String prefix, String protectedPrefix) {
		return prefix.startsWith(protectedPrefix) || protectedPrefix.startsWith(prefix);
	}

}
