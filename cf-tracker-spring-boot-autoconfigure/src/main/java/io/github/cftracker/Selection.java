package io.github.cftracker;

import java.util.List;

/**
 * What an invalidation covers: everything tracked, or named invalidation paths.
 *
 * @param paths exact paths, and prefixes that end in {@code *}; empty for everything
 */
public record Selection(List<String> paths) {

	private static final Selection EVERYTHING = new Selection(List.of());

	public Selection {
		paths = List.copyOf(paths);
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
