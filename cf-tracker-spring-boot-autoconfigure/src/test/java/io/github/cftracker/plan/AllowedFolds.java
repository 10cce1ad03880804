package io.github.cftracker.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Wildcards that may be chosen in a world, with the number of items that each would
 * replace, found by comparing all items with each other.
 */
final class AllowedFolds {

	/**
	 * Items by wildcard, with only the longest of the wildcards over the same items.
	 */
	private final Map<String, Integer> items = new TreeMap<>();

	AllowedFolds(World world) {
		Set<String> exact = world.exactItems();
		Set<String> unselected = world.unselected();
		Set<String> wildcards = new TreeSet<>(Comparator.comparing(String::length).thenComparing((text) -> text));
		exact.forEach((item) -> addWildcards(item, wildcards));
		Map<Set<String>, String> longest = new HashMap<>();
		for (String wildcard : wildcards) {
			String prefix = World.prefix(wildcard);
			if (unselected.stream().noneMatch((other) -> overlap(prefix, other)) && world.safety().isSafe(prefix)) {
				Set<String> under = new TreeSet<>(exact);
				under.removeIf((item) -> !World.isUnder(wildcard, item));
				longest.put(under, wildcard);
			}
		}
		longest.forEach((under, wildcard) -> {
			if (under.size() > 1) {
				this.items.put(wildcard, under.size());
			}
		});
	}

	private static void addWildcards(String item, Set<String> wildcards) {
		if (item.startsWith("#")) {
			return;
		}
		int question = item.indexOf('?');
		String page = (question != -1) ? item.substring(0, question) : item;
		for (int slash = page.indexOf('/', 1); slash != -1; slash = page.indexOf('/', slash + 1)) {
			wildcards.add(page.substring(0, slash + 1) + "*");
		}
		if (question != -1) {
			wildcards.add(page + "?*");
			wildcards.add(page + "*");
		}
		wildcards.remove("/*");
	}

	/**
	 * Return whether a wildcard may drop an unselected item or a path that the item
	 * covers.
	 */
	private static boolean overlap(String prefix, String other) {
		return World.isWildcard(other)
				? World.prefix(other).startsWith(prefix) || prefix.startsWith(World.prefix(other))
				: other.startsWith(prefix);
	}

	List<String> wildcards() {
		return List.copyOf(this.items.keySet());
	}

	int items(String wildcard) {
		return this.items.get(wildcard);
	}

	/**
	 * Return the maximum number of items that can be saved.
	 */
	int mostSaved(int maxWildcards) {
		List<String> outermost = new ArrayList<>(this.items.keySet());
		outermost
			.removeIf((wildcard) -> this.items.keySet().stream().anyMatch((wide) -> World.isUnder(wide, wildcard)));
		return outermost.stream()
			.map((wildcard) -> items(wildcard) - 1)
			.sorted(Comparator.reverseOrder())
			.limit(maxWildcards)
			.mapToInt(Integer::intValue)
			.sum();
	}

}
