package io.github.cftracker;

import java.util.List;

/**
 * What an invalidation covers: everything tracked, or named invalidation paths.
 *
 * @param paths exact paths, and prefixes that end in {@code *}, each at most once; empty
 * for everything
 */
public record Selection(List<String> paths) {

	private static final Selection EVERYTHING = new Selection(List.of());

	public Selection {
		paths = paths.stream().distinct().toList();
	}

	/**
	 * The selection of everything that is tracked.
	 * @return the selection
	 */
	public static Selection ofEverything() {
		return EVERYTHING;
	}

	/**
	 * Whether everything tracked is selected.
	 * @return whether no path is named
	 */
	public boolean isEverything() {
		return this.paths.isEmpty();
	}

	/**
	 * The exact paths among the named ones.
	 * @return the paths, each at most once
	 */
	public List<String> exactPaths() {
		return this.paths.stream().filter((path) -> !isWildcard(path)).distinct().toList();
	}

	/**
	 * The prefixes among the named paths, without their {@code *}.
	 * @return the prefixes, each at most once
	 */
	public List<String> prefixes() {
		return this.paths.stream()
			.filter(Selection::isWildcard)
			.map((path) -> path.substring(0, path.length() - 1))
			.distinct()
			.toList();
	}

	/**
	 * Whether a path is selected, by its name or by a wildcard.
	 * @param path the path
	 * @return whether an invalidation of this selection covers it
	 */
	public boolean covers(String path) {
		return isEverything() || this.paths.stream().anyMatch((selected) -> covers(selected, path));
	}

	/**
	 * Whether an invalidation path covers another one.
	 * @param item the invalidation path
	 * @param path the path
	 * @return whether it is the same, or a wildcard of which it is a part
	 */
	public static boolean covers(String item, String path) {
		return isWildcard(item) ? path.startsWith(item.substring(0, item.length() - 1)) : item.equals(path);
	}

	/**
	 * Whether an invalidation path is a wildcard. CloudFront takes {@code *} for one only
	 * as the last character.
	 * @param path the invalidation path
	 * @return whether it ends in {@code *}
	 * @see <a href=
	 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html">Specify
	 * the files to invalidate</a>
	 */
	public static boolean isWildcard(String path) {
		return path.endsWith("*");
	}

}
