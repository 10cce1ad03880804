package io.github.cftracker.test;

import java.util.regex.Pattern;

/**
 * Which invalidation paths CloudFront takes: one bad path and it rejects the whole batch.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html">What
 * you need to know when invalidating files</a>
 */
final class InvalidationPaths {

	private static final int MAX_LENGTH = 4_000;

	private static final Pattern PATH = Pattern.compile("/[!-~&&[^<>\"#{}|\\\\^\\[\\]`~]]*");

	private static final Pattern BAD_ESCAPE = Pattern.compile("%(?!\\p{XDigit}{2})|%7[Ee]");

	private InvalidationPaths() {
	}

	static boolean isWildcard(String path) {
		return path.startsWith("/") && path.endsWith("*");
	}

	static boolean isTag(String path) {
		return path.startsWith("#");
	}

	static boolean isValid(String path) {
		if (isTag(path)) {
			return CacheTags.isTag(path.substring(1));
		}
		return path.length() <= MAX_LENGTH && PATH.matcher(path).matches()
				&& (path.indexOf('%') == -1 || !BAD_ESCAPE.matcher(path).find());
	}

}
