package io.github.cftracker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Selection of an invalidation: everything tracked, or the union of what each field
 * selects.
 *
 * @param paths exact paths, and prefixes that end in {@code *}, each at most once; they
 * are sent as they are, tracked or not
 * @param matching Spring path patterns over tracked paths
 * @param routes MVC mappings that rendered the tracked paths, as they are written in the
 * application; a request may add the context path
 * @param tags cache tags
 */
public record Selection(List<String> paths, List<String> matching, List<String> routes, List<String> tags) {

	private static final String EVERY_PATH = "/*";

	private static final Selection EVERYTHING = new Selection(List.of());

	public Selection {
		paths = paths.stream().distinct().toList();
		matching = matching.stream().distinct().toList();
		routes = routes.stream().distinct().toList();
		tags = tags.stream().map(CacheTag::of).distinct().toList();
	}

	/**
	 * Create a selection of paths alone.
	 * @param paths exact paths, and prefixes that end in {@code *}; none for everything
	 */
	public Selection(List<String> paths) {
		this(paths, List.of(), List.of(), List.of());
	}

	/**
	 * Return the selection of everything that is tracked.
	 * @return the selection
	 */
	public static Selection ofEverything() {
		return EVERYTHING;
	}

	/**
	 * Return whether everything tracked is selected.
	 * @return whether all fields are empty
	 */
	public boolean isEverything() {
		return this.paths.isEmpty() && this.matching.isEmpty() && this.routes.isEmpty() && this.tags.isEmpty();
	}

	/**
	 * Return the union of this selection and another one.
	 * @param other the other selection
	 * @return the union
	 */
	public Selection and(Selection other) {
		if (isEverything() || other.isEverything()) {
			return EVERYTHING;
		}
		return new Selection(union(this.paths, other.paths), union(this.matching, other.matching),
				union(this.routes, other.routes), union(this.tags, other.tags));
	}

	private static List<String> union(List<String> first, List<String> second) {
		return Stream.concat(first.stream(), second.stream()).distinct().toList();
	}

	/**
	 * Count the values of all fields.
	 * @return the number of paths, patterns, routes and tags, zero for everything
	 */
	public int size() {
		return this.paths.size() + this.matching.size() + this.routes.size() + this.tags.size();
	}

	/**
	 * Return whether only tracked paths are selected. Named paths are sent tracked or
	 * not, and CloudFront may know a tag of objects that are not tracked.
	 * @return whether there is neither a path nor a tag
	 */
	public boolean isOfTracked() {
		return this.paths.isEmpty() && this.tags.isEmpty();
	}

	/**
	 * Return whether a run of this selection does everything that another selection
	 * requests: each value of the other one is among the values of this one, or one of
	 * its wildcards {@linkplain #covers(String, String) covers} it. Patterns are compared
	 * as text. Everything tracked does not cover paths and tags, because they also select
	 * what is not tracked.
	 * @param other the other selection
	 * @return whether it does
	 */
	public boolean covers(Selection other) {
		if (isEverything()) {
			return other.isOfTracked();
		}
		return !other.isEverything() && has(this.matching, other.matching) && has(this.routes, other.routes)
				&& has(this.tags, other.tags) && coversPaths(other.paths);
	}

	private static boolean has(List<String> values, List<String> wanted) {
		return wanted.isEmpty() || (!values.isEmpty() && new HashSet<>(values).containsAll(wanted));
	}

	private boolean coversPaths(List<String> wanted) {
		if (wanted.isEmpty()) {
			return true;
		}
		Set<String> known = new HashSet<>(this.paths);
		List<String> wildcards = this.paths.stream().filter(Selection::isWildcard).toList();
		return wanted.stream()
			.allMatch((path) -> known.contains(path) || wildcards.stream().anyMatch((item) -> covers(item, path)));
	}

	/**
	 * Return the exact paths among the named paths.
	 * @return the paths, each at most once
	 */
	public List<String> exactPaths() {
		return this.paths.stream().filter((path) -> !isWildcard(path)).toList();
	}

	/**
	 * Return the prefixes among the named paths, without their {@code *}.
	 * @return the prefixes, each at most once
	 */
	public List<String> prefixes() {
		return this.paths.stream()
			.filter(Selection::isWildcard)
			.map((path) -> path.substring(0, path.length() - 1))
			.toList();
	}

	/**
	 * Return a predicate for selected paths. Create it once for many paths, because this
	 * method parses the patterns.
	 * @param patterns parser for {@link #matching()}
	 * @return predicate that is true for a path that any of the fields selects
	 * @throws InvalidRequestException if a pattern is malformed
	 */
	public Predicate<TrackedPath> selector(PathPatterns patterns) {
		if (isEverything()) {
			return (path) -> true;
		}
		Set<String> exact = new HashSet<>(exactPaths());
		List<String> prefixes = prefixes();
		List<Predicate<String>> matching = new ArrayList<>();
		this.matching.forEach((pattern) -> matching.add(patterns.parse(pattern)));
		Set<String> routes = new HashSet<>(this.routes);
		Set<String> tags = new HashSet<>(this.tags);
		return (tracked) -> {
			String path = tracked.path();
			return exact.contains(path) || tracked.isOfAnyOf(routes) || tracked.hasAnyOf(tags)
					|| anyPrefix(prefixes, path) || anyMatch(matching, path);
		};
	}

	private static boolean anyPrefix(Collection<String> prefixes, String path) {
		for (String prefix : prefixes) {
			if (path.startsWith(prefix)) {
				return true;
			}
		}
		return false;
	}

	private static boolean anyMatch(Collection<Predicate<String>> patterns, String path) {
		for (Predicate<String> pattern : patterns) {
			if (pattern.test(path)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return whether an invalidation path covers another one. A wildcard selects the path
	 * that ends before its {@code *} and does not cover it: whether {@code /dir/*} also
	 * invalidates {@code /dir/} is disputed. {@code /*} covers everything, as AWS
	 * documents.
	 * @param item the invalidation path
	 * @param path the path
	 * @return whether it is the same, or a wildcard with at least one more character in
	 * place of its {@code *}
	 */
	public static boolean covers(String item, String path) {
		if (!isWildcard(item)) {
			return item.equals(path);
		}
		boolean longEnough = path.length() >= item.length() || item.equals(EVERY_PATH);
		return longEnough && path.startsWith(item.substring(0, item.length() - 1));
	}

	/**
	 * Return whether an invalidation path is a wildcard. For CloudFront {@code *} is a
	 * wildcard only as the last character.
	 * @param path the invalidation path
	 * @return whether it ends in {@code *} and is not a tag
	 * @see <a href=
	 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html">Specify
	 * the files to invalidate</a>
	 */
	public static boolean isWildcard(String path) {
		return path.endsWith("*") && !CacheTag.isTag(path);
	}

}
