package io.github.cftracker.test;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The tags that an object is bound to. Case tells no two tags apart, so they are kept in
 * lower case.
 *
 * @param header the distribution's cache tag header when they were bound: under another
 * one they are not looked at
 * @param joined the tags, with commas between them: one string takes a fraction of the
 * memory of up to 50
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-tags.html">What
 * you need to know when invalidating tags</a>
 */
record CacheTags(String header, String joined) {

	private static final int MAX_TAGS = 50;

	private static final CacheTags NONE = new CacheTags("", "");

	private static final Pattern TAG = Pattern.compile("[!-~&&[^,]]{1,256}");

	static boolean isTag(String text) {
		return TAG.matcher(text).matches();
	}

	/**
	 * The tags of a response, each once. What is no tag does not count towards the limit.
	 */
	static CacheTags of(OriginResponse response, @Nullable String header) {
		String value = (header != null) ? response.header(header) : null;
		if (header == null || value == null) {
			return NONE;
		}
		String joined = Arrays.stream(value.split(",", -1))
			.map(String::strip)
			.filter(CacheTags::isTag)
			.map((tag) -> tag.toLowerCase(Locale.ROOT))
			.distinct()
			.limit(MAX_TAGS)
			.collect(Collectors.joining(","));
		return joined.isEmpty() ? NONE : new CacheTags(header, joined);
	}

	/**
	 * The tags among the invalidation paths.
	 */
	static Set<String> named(Collection<String> invalidationPaths) {
		return invalidationPaths.stream()
			.filter(InvalidationPaths::isTag)
			.map((path) -> path.substring(1).toLowerCase(Locale.ROOT))
			.collect(Collectors.toSet());
	}

	/**
	 * What invalidations find the object by now.
	 */
	List<String> under(@Nullable String currentHeader) {
		return (!this.joined.isEmpty() && this.header.equalsIgnoreCase(currentHeader))
				? List.of(this.joined.split(",", -1)) : List.of();
	}

}
