package io.github.cftracker.plan;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import io.github.cftracker.Selection;

/**
 * Set of wildcards in alphabetical order, none of which covers another.
 */
final class WildcardSet {

	private final String[] prefixes;

	private WildcardSet(String[] prefixes) {
		this.prefixes = prefixes;
	}

	/**
	 * Create a set of the wildcards that no other one covers.
	 */
	static WildcardSet of(Collection<String> wildcards) {
		String[] prefixes = wildcards.stream().map(WildcardSet::prefix).sorted().toArray(String[]::new);
		int size = 0;
		for (String prefix : prefixes) {
			// Items that begin with a prefix follow it in alphabetical order
			if (size == 0 || !prefix.startsWith(prefixes[size - 1])) {
				prefixes[size++] = prefix;
			}
		}
		return new WildcardSet(Arrays.copyOf(prefixes, size));
	}

	/**
	 * Return whether an item is a wildcard. A tag that ends in {@code *} is not.
	 */
	static boolean isWildcard(String item) {
		return !isTag(item) && Selection.isWildcard(item);
	}

	static boolean isTag(String item) {
		return item.startsWith("#");
	}

	int size() {
		return this.prefixes.length;
	}

	/**
	 * Return the wildcard that covers an item. It never covers the path that ends before
	 * its asterisk, except for {@code /*}, see {@link Selection#covers(String, String)}.
	 * @return its index, -1 if no wildcard other than the item itself covers it
	 */
	int covering(String item) {
		String text = isWildcard(item) ? prefix(item) : item;
		int index = Arrays.binarySearch(this.prefixes, text);
		if (index >= 0) {
			return item.equals("/") ? index : -1;
		}
		// No prefix begins with another, so only the last one before the text may be
		// its beginning
		int before = -index - 2;
		return (before >= 0 && text.startsWith(this.prefixes[before])) ? before : -1;
	}

	/**
	 * Return the index of a wildcard.
	 * @return the index, negative if the set does not contain it
	 */
	int indexOf(String wildcard) {
		return isWildcard(wildcard) ? Arrays.binarySearch(this.prefixes, prefix(wildcard)) : -1;
	}

	String get(int index) {
		return this.prefixes[index] + '*';
	}

	List<String> toList() {
		return Arrays.stream(this.prefixes).map((prefix) -> prefix + '*').toList();
	}

	private static String prefix(String wildcard) {
		return wildcard.substring(0, wildcard.length() - 1);
	}

}
