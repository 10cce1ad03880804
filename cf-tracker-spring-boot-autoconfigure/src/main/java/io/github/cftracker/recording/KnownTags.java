package io.github.cftracker.recording;

import java.util.LinkedHashSet;
import java.util.Set;

import io.github.cftracker.CacheTag;

/**
 * Rules for the tags of a path. A path with more than {@value #MAX} counts as having
 * every tag.
 * <p>
 * What it buys: a path takes at most 6.4 KB in Redis, where a tag takes 100 bytes
 * (decision record 6), for an item too many when another tag is invalidated.
 */
public final class KnownTags {

	/**
	 * Maximum number of tags that are kept for a path.
	 */
	public static final int MAX = 64;

	private static final Set<String> ANY = Set.of(CacheTag.ANY);

	private KnownTags() {
	}

	/**
	 * Return the number of tags.
	 * @param tags tags as {@link CacheTag} writes them
	 * @return their number, without {@link CacheTag#UNSENT}
	 */
	public static int count(Set<String> tags) {
		return tags.size() - (tags.contains(CacheTag.UNSENT) ? 1 : 0);
	}

	/**
	 * Return the tags of a path that was rendered twice. If they differ, another edge may
	 * have the other response, which has only some of the tags: the path itself has to be
	 * sent.
	 * @param first tags as {@link CacheTag} writes them, which no longer change
	 * @param second tags of the other response, which no longer change
	 * @return all of them, with {@link CacheTag#UNSENT} where they differ, or
	 * {@link CacheTag#ANY} alone
	 */
	public static Set<String> ofBoth(Set<String> first, Set<String> second) {
		if (first.isEmpty() && second.isEmpty()) {
			return first;
		}
		Set<String> union = union(first, second);
		int count = count(union);
		return (count == count(first) && count == count(second)) ? union : union(union, Set.of(CacheTag.UNSENT));
	}

	/**
	 * Return the union of two sets of tags.
	 * @param first tags as {@link CacheTag} writes them, which no longer change
	 * @param second more tags, which no longer change
	 * @return all of them, or {@link CacheTag#ANY} alone; one of the two sets if it has
	 * all of them
	 */
	public static Set<String> union(Set<String> first, Set<String> second) {
		Set<String> larger = (first.size() >= second.size()) ? first : second;
		Set<String> smaller = (larger == first) ? second : first;
		if (first.contains(CacheTag.ANY) || second.contains(CacheTag.ANY) || count(larger) > MAX) {
			return ANY;
		}
		if (larger.containsAll(smaller)) {
			return larger;
		}
		Set<String> all = new LinkedHashSet<>(larger);
		all.addAll(smaller);
		return (count(all) > MAX) ? ANY : Set.copyOf(all);
	}

}
