package io.github.cftracker.plan;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import io.github.cftracker.CacheTag;
import io.github.cftracker.TrackedPath;

/**
 * Tracked paths that are invalidated by wildcards and tags which CloudFront has accepted
 * or will accept.
 */
public final class Coverage {

	private final WildcardSet wildcards;

	private final Set<String> tags;

	private Coverage(WildcardSet wildcards, Set<String> tags) {
		this.wildcards = wildcards;
		this.tags = tags;
	}

	/**
	 * Create a coverage.
	 * @param items the wildcards and tags; other items cover nothing
	 * @return the coverage
	 */
	public static Coverage of(Collection<String> items) {
		Set<String> tags = new HashSet<>();
		items.stream().filter(CacheTag::isTag).forEach((item) -> tags.add(item.substring(1)));
		return new Coverage(WildcardSet.of(items.stream().filter(WildcardSet::isWildcard).toList()), tags);
	}

	/**
	 * Return whether there are neither wildcards nor tags.
	 * @return whether nothing is covered
	 */
	public boolean isEmpty() {
		return this.wildcards.size() == 0 && this.tags.isEmpty();
	}

	/**
	 * Return whether a tracked path need not be sent. If CloudFront may not know all tags
	 * of a path, no tag covers it.
	 * @param tracked the path
	 * @return whether a wildcard or a tag covers it
	 */
	public boolean covers(TrackedPath tracked) {
		String path = tracked.path();
		return this.wildcards.covering(path) != -1 || this.wildcards.indexOf(path) >= 0 || (tracked.hasAnyOf(this.tags)
				&& !tracked.tags().contains(CacheTag.ANY) && !tracked.tags().contains(CacheTag.UNSENT));
	}

}
