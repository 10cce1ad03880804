package io.github.cftracker.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.cftracker.distribution.Distribution;
import io.github.cftracker.distribution.WildcardSafety;
import io.github.cftracker.testing.Distributions;

/**
 * Tracked paths, the selected ones among them, and the paths that must not be
 * invalidated.
 */
record World(Set<String> selected, Set<String> others, WildcardSafety safety) {

	private static final List<String> QUERIES = List.of("?", "?x=1", "?x=2", "?y=/a/b/", "?y=?", "?x=1&y=2", "?y=a/1",
			"?y=a/2");

	/**
	 * Create a random world.
	 * @param names the names of folders and pages
	 * @param size maximum number of tracked paths
	 */
	static World random(Random random, List<String> names, int size) {
		Distribution distribution = Distributions.of(distribution(random));
		List<String> protectedPrefixes = new ArrayList<>();
		for (int i = random.nextInt(3); i > 0; i--) {
			protectedPrefixes.add(path(random, names));
		}
		int othersPercent = List.of(0, 3, 10, 40).get(random.nextInt(4));
		int wildcardPercent = random.nextInt(2) * random.nextInt(8);
		Set<String> selected = new TreeSet<>();
		Set<String> others = new TreeSet<>();
		for (int i = 0; i < size; i++) {
			String path = path(random, names);
			if (!isOfApplication(distribution, path)) {
				continue;
			}
			boolean wildcard = random.nextInt(100) < wildcardPercent;
			String item = wildcard ? path + "*" : path;
			boolean other = random.nextInt(100) < othersPercent;
			(other ? others : selected).add(item);
			if (random.nextInt(20) == 0) {
				others.add(item);
			}
			if (random.nextInt(30) == 0) {
				(other ? others : selected).add("#" + item);
			}
		}
		return new World(selected, others,
				new WildcardSafety(protectedPrefixes, (random.nextInt(4) > 0) ? distribution : null));
	}

	private static String distribution(Random random) {
		return List
			.of("*=app", "/a/b/*=api *=app", "*1=bucket *=app,bucket", "/b*=api /a/aa/*=bucket *=app",
					"/a/*=app *=api,app")
			.get(random.nextInt(5));
	}

	static String path(Random random, List<String> names) {
		StringBuilder path = new StringBuilder();
		for (int depth = random.nextInt(5); depth > 0; depth--) {
			path.append('/').append(names.get(random.nextInt(names.size())));
		}
		if (path.isEmpty() || random.nextInt(5) == 0) {
			path.append('/');
		}
		if (random.nextInt(3) == 0) {
			path.append(QUERIES.get(random.nextInt(QUERIES.size())));
		}
		return path.toString();
	}

	/**
	 * Return whether CloudFront requests a path from the application. Only such paths are
	 * tracked.
	 */
	static boolean isOfApplication(Distribution distribution, String path) {
		return distribution.behaviorOf(path.replaceAll("\\?.*", "")).origins().contains(Distributions.APP);
	}

	Plan plan(int maxPaths, int maxWildcards) {
		return new Planner(this.safety, maxPaths, maxWildcards).plan(this.selected::forEach, this.others::forEach);
	}

	/**
	 * Plan again with the paths in another order and with duplicates.
	 */
	Plan planShuffled(Random random, int maxPaths, int maxWildcards) {
		return new Planner(this.safety, maxPaths, maxWildcards).plan(shuffled(random, this.selected, maxPaths > 0),
				shuffled(random, this.others, true));
	}

	private static PathSource shuffled(Random random, Set<String> paths, boolean twice) {
		List<String> all = new ArrayList<>(paths);
		if (twice) {
			all.addAll(all.subList(0, all.size() / 2));
		}
		Collections.shuffle(all, random);
		return all::forEach;
	}

	Set<String> sent(Plan plan) {
		Set<String> items = new TreeSet<>(plan.wildcards());
		this.selected.stream().filter((item) -> !plan.covers(item)).forEach(items::add);
		return items;
	}

	/**
	 * Return the wildcards that were not selected.
	 */
	Set<String> chosen(Plan plan) {
		Set<String> chosen = new TreeSet<>(plan.wildcards());
		chosen.removeAll(this.selected);
		return chosen;
	}

	/**
	 * Return the items that would be sent without chosen wildcards.
	 */
	Set<String> exactItems() {
		return this.selected.stream().filter((item) -> !isUnderSelected(item)).collect(Collectors.toSet());
	}

	/**
	 * Return the tracked paths that are neither selected nor under a selected wildcard.
	 */
	Set<String> unselected() {
		return this.others.stream()
			.filter((item) -> !item.startsWith("#") && !this.selected.contains(item) && !isUnderSelected(item))
			.collect(Collectors.toSet());
	}

	private boolean isUnderSelected(String item) {
		return this.selected.stream().anyMatch((selected) -> isUnder(selected, item));
	}

	/**
	 * Return whether CloudFront certainly drops an item with a wildcard. It is not
	 * documented clearly whether it drops the path that ends before the asterisk.
	 */
	static boolean isUnder(String wildcard, String item) {
		return mayDrop(wildcard, item) && !wildcard.equals(item)
				&& (item.equals("/") || !item.equals(prefix(wildcard)));
	}

	/**
	 * Return whether CloudFront may drop an item with a wildcard.
	 */
	static boolean mayDrop(String wildcard, String item) {
		return isWildcard(wildcard) && (isWildcard(item) ? prefix(item) : item).startsWith(prefix(wildcard));
	}

	static boolean isWildcard(String item) {
		return item.startsWith("/") && item.endsWith("*");
	}

	static String prefix(String wildcard) {
		return wildcard.substring(0, wildcard.length() - 1);
	}

}
