package io.github.cftracker.test;

import java.util.List;

/**
 * A number of items without wildcard, tags included, and apart from it one of wildcards.
 */
record ItemCount(long items, long wildcards) {

	static final ItemCount UNLIMITED = new ItemCount(Integer.MAX_VALUE, Integer.MAX_VALUE);

	static ItemCount of(List<String> paths) {
		long wildcards = paths.stream().filter(InvalidationPaths::isWildcard).count();
		return new ItemCount(paths.size() - wildcards, wildcards);
	}

	static ItemCount quota(int items, int wildcards, int min) {
		if (items < min || wildcards < min) {
			throw new IllegalArgumentException(
					"Invalid quota of '%d' items and '%d' wildcards, use %d or more".formatted(items, wildcards, min));
		}
		return new ItemCount(items, wildcards);
	}

	boolean exceeds(ItemCount quota) {
		return this.items > quota.items || this.wildcards > quota.wildcards;
	}

	ItemCount plus(ItemCount other) {
		return new ItemCount(this.items + other.items, this.wildcards + other.wildcards);
	}

}
