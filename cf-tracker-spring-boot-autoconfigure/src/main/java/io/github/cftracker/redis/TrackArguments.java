package io.github.cftracker.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.github.cftracker.PathLifetime;
import org.jspecify.annotations.Nullable;

/**
 * Paths by what they have in common. Each value that is sent costs Redis time, and most
 * paths of a flush differ only in their names.
 */
final class TrackArguments {

	private final Map<Common, List<PathLifetime>> groups = new LinkedHashMap<>();

	private TrackArguments() {
	}

	static TrackArguments of(Collection<PathLifetime> paths) {
		TrackArguments groups = new TrackArguments();
		Common last = null;
		List<PathLifetime> group = List.of();
		for (PathLifetime path : paths) {
			// Most paths have the same in common as the one before
			if (last == null || !last.isSharedBy(path)) {
				last = new Common(path.lifetime(), path.route(), path.tags());
				group = groups.groups.computeIfAbsent(last, (common) -> new ArrayList<>());
			}
			group.add(path);
		}
		return groups;
	}

	/**
	 * Describe the paths as {@code track.lua} takes them.
	 * @param args what to add the values to
	 */
	void describe(List<Object> args) {
		List<String> routes = routes();
		describeAges(args);
		args.add(Integer.toString(routes.size()));
		args.addAll(routes);
		this.groups.forEach((common, paths) -> {
			args.add(RedisUrlStore.lifetime(common.lifetime()));
			args.add(Integer.toString((common.route() != null) ? routes.indexOf(common.route()) + 1 : 0));
			args.add(String.join(" ", common.tags()));
			args.add(Integer.toString(paths.size()));
			paths.forEach((path) -> args.add(path.path()));
		});
	}

	private List<String> routes() {
		List<String> routes = new ArrayList<>();
		for (Common common : this.groups.keySet()) {
			String route = common.route();
			if (route != null && !routes.contains(route)) {
				routes.add(route);
			}
		}
		return routes;
	}

	private void describeAges(List<Object> args) {
		StringBuilder ages = new StringBuilder();
		long greatest = 0;
		for (List<PathLifetime> paths : this.groups.values()) {
			for (PathLifetime path : paths) {
				long age = path.age().toMillis();
				greatest = Math.max(greatest, age);
				ages.append(age).append(' ');
			}
		}
		args.add(Long.toString(greatest));
		args.add(ages.toString());
	}

	/**
	 * Common attributes of paths.
	 *
	 * @param lifetime their lifetime
	 * @param route their route, {@code null} for none
	 * @param tags their tags
	 */
	private record Common(Duration lifetime, @Nullable String route, Set<String> tags) {

		boolean isSharedBy(PathLifetime path) {
			return this.lifetime.equals(path.lifetime()) && Objects.equals(this.route, path.route())
					&& this.tags.equals(path.tags());
		}

	}

}
