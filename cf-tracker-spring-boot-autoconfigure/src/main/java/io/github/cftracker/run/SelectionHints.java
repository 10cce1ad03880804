package io.github.cftracker.run;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.cftracker.Selection;
import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hints about parts of a selection that are valid but most likely a mistake, because they
 * select nothing or something else. Only the first {@value #MAX_HINTS} hints are
 * returned, and the first {@value #MAX_EXAMINED} values of a field are examined.
 */
public final class SelectionHints {

	private static final Logger logger = LoggerFactory.getLogger(SelectionHints.class);

	private static final int MAX_HINTS = 10;

	private static final int MAX_EXAMINED = 1_000;

	private static final int MAX_LOGGED = 1_000;

	private final MappingSource source;

	private final Set<String> logged = ConcurrentHashMap.newKeySet();

	/**
	 * Create hints.
	 * @param source the source of the application's mappings
	 */
	public SelectionHints(MappingSource source) {
		this.source = source;
	}

	/**
	 * Return hints about a selection.
	 * @param selection the selection
	 * @return sentences, empty if nothing looks like a mistake
	 */
	public List<String> of(Selection selection) {
		return of(selection, this.source.mappings());
	}

	private List<String> of(Selection selection, Mappings mappings) {
		return Stream
			.of(hints(selection.paths(), (path) -> ofPath(path, mappings)),
					hints(selection.matching(), (pattern) -> ofPattern(pattern, mappings)),
					hints(mappings.normalize(selection).routes(), (route) -> ofRoute(route, mappings)))
			.flatMap(Function.identity())
			.limit(MAX_HINTS)
			.map(LogText::clean)
			.toList();
	}

	private static Stream<String> hints(List<String> values, Function<String, @Nullable String> hint) {
		return values.stream().limit(MAX_EXAMINED).map(hint).flatMap(Stream::ofNullable);
	}

	private static @Nullable String ofPath(String path, Mappings mappings) {
		return isList(path)
				? "'%s' is a single path that contains a comma. Separate paths by white space, or send an array"
					.formatted(path)
				: outside("Path", path, mappings);
	}

	private static @Nullable String ofPattern(String pattern, Mappings mappings) {
		return isList(pattern)
				? "'%s' is a single pattern that contains a comma. Separate patterns by white space, or send an array"
					.formatted(pattern)
				: outside("Pattern", pattern, mappings);
	}

	private static boolean isList(String value) {
		return value.contains(",/") || value.endsWith(",");
	}

	private static @Nullable String outside(String kind, String value, Mappings mappings) {
		return mappings.exclude(value)
				? "%s '%s' does not select pages of this application, whose paths start with '%s'. Did you mean '%s%s'?"
					.formatted(kind, value, mappings.pathPrefix(), mappings.pathPrefix(), value)
				: null;
	}

	private static @Nullable String ofRoute(String route, Mappings mappings) {
		if (!mappings.lack(route)) {
			return null;
		}
		String nearest = mappings.nearest(route);
		return "This application has no mapping '%s'.%s".formatted(route,
				(nearest != null) ? " Did you mean '%s'?".formatted(nearest) : "");
	}

	/**
	 * Log hints that were not logged before.
	 * @param where origin of the selection, {@code null} for a request
	 * @param selection the selection
	 */
	public void log(@Nullable String where, Selection selection) {
		for (String hint : of(selection)) {
			boolean isNew = add(hint);
			if (where != null) {
				if (add(where + ": " + hint)) {
					logger.warn("{}: {}", where, hint);
				}
			}
			else if (isNew) {
				logger.warn("An invalidation was requested: {}", hint);
			}
		}
	}

	private boolean add(String message) {
		return this.logged.size() < MAX_LOGGED && this.logged.add(message);
	}

	/**
	 * Return the selection with routes as they are tracked.
	 */
	Selection normalize(Selection selection) {
		return this.source.mappings().normalize(selection);
	}

}
