package io.github.cftracker.recording;

import java.util.LinkedHashSet;
import java.util.Set;

import io.github.cftracker.CacheTag;

/**
 * The tags of a path, as far as they are kept: beyond {@value #MAX} the path counts as
 * having every tag, because to invalidate it too often is cheaper than to remember more.
 */
public final class KnownTags {

	/**
	 * How many tags of a path are kept.
	 */
	public static final int MAX = 64;

	private static final Set<String> ANY = Set.of(CacheTag.ANY);

	private KnownTags() {
	}

	/**
	 * How many tags there are.
	 * @param tags tags as {@link CacheTag} writes them
	 * @return their number, without {@link CacheTag#UNSENT}
	 */
	public static int count(Set<String> tags) {
		return tags.size() - (tags.contains(CacheTag.UNSENT) ? 1 : 0);
	}

	/**
	 * The tags of a path that was rendered twice. Where they differ, another edge may
	 * have the other response, which a tag of one alone does not invalidate: so no tag
	 * stands for the path.
	 * @param first tags as {@link CacheTag} writes them, not to be changed any more
	 * @param second more of them, not to be changed any more
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
	 * All of some tags.
	 * @param first tags as {@link CacheTag} writes them, not to be changed any more
	 * @param second more of them, not to be changed any more
	 * @return all of them, or {@link CacheTag#ANY} alone; one of the two where it has all
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
