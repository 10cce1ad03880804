package io.github.cftracker.recording;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Registry of the paths of each route, and of each folder below a route that does not
 * begin with a literal folder, such as {@code /**}. Beyond {@value #MAX} groups, all
 * further routes share one.
 */
final class RoutePathsRegistry {

	private static final int MAX = 1000;

	private final Map<String, RoutePaths> groups = new HashMap<>();

	private int remembered;

	RoutePaths of(String path, @Nullable String route) {
		String name = (route == null) ? folder(path) : hasLiteralFolder(route) ? route : route + " in " + folder(path);
		RoutePaths known = this.groups.get(name);
		return (known != null) ? known
				: this.groups.computeIfAbsent((this.groups.size() < MAX) ? name : "all others", RoutePaths::new);
	}

	private static boolean hasLiteralFolder(String route) {
		int slash = route.indexOf('/', 1);
		String first = (slash != -1) ? route.substring(0, slash) : route;
		return first.indexOf('*') == -1 && first.indexOf('{') == -1 && first.indexOf('?') == -1;
	}

	/**
	 * Return the first folder of a path.
	 */
	static String folder(String path) {
		int slash = path.indexOf('/', 1);
		int question = path.indexOf('?');
		return (slash != -1 && (question == -1 || slash < question)) ? path.substring(0, slash + 1) : "/";
	}

	/**
	 * Add a path, unless too many are remembered already: then it is not counted.
	 */
	void add(RoutePaths group, Pending pending, int expiry, int max) {
		if (this.remembered < max) {
			group.add(pending.path(), pending.fingerprint(), expiry);
			this.remembered++;
		}
	}

	void recount(int now, int max) {
		if (this.remembered >= max) {
			this.groups.values().forEach((group) -> group.removeExpired(now));
		}
		this.remembered = this.groups.values().stream().mapToInt(RoutePaths::remembered).sum();
	}

	void clear() {
		this.groups.clear();
	}

}
