package io.github.cftracker.staleness;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * Random properties of the application.
 *
 * @param source whose requests are tracked
 * @param mirror whether to read the distribution's settings
 * @param queryStrings which parameters are in the cache key
 * @param pathHeader whether the application reads the header with the viewer's path
 * @param keepsNotFound whether a 404 leaves its path tracked
 * @param grace whether lifetimes are extended
 * @param maxPaths how many items a run aims at, 0 for no limit
 * @param maxVariants how many paths of a route are tracked
 */
record RandomProperties(String source, String mirror, String queryStrings, boolean pathHeader, boolean keepsNotFound,
		boolean grace, int maxPaths, int maxVariants) {

	static RandomProperties random(Random random, RandomDistribution distribution) {
		String source = (distribution.secret() != null) ? "secret-header"
				: (Choice.in(random, 25) ? "cloudfront" : "any");
		return new RandomProperties(source, random.nextBoolean() ? "auto" : "true",
				Choice.in(random, 90) ? "auto" : Choice.of(random, List.of("all", "none")),
				distribution.sendsPathHeader(), Choice.in(random, 40), random.nextBoolean(),
				Choice.in(random, 20) ? 6 : 0, Choice.in(random, 10) ? 5 : 10_000);
	}

	/**
	 * The query strings that the properties define, {@code null} for the distribution's.
	 */
	RandomPolicy.@Nullable Mode mode() {
		return switch (this.queryStrings) {
			case "all" -> RandomPolicy.Mode.ALL;
			case "none" -> RandomPolicy.Mode.NONE;
			default -> null;
		};
	}

	List<String> list() {
		List<String> list = new ArrayList<>(
				List.of("cf.tracker.tracking.source=" + this.source, "cf.tracker.distribution.mirror=" + this.mirror,
						"cf.tracker.tracking.query-string.mode=" + this.queryStrings,
						"cf.tracker.tracking.not-found=" + (this.keepsNotFound ? "keep" : "untrack"),
						"cf.tracker.tracking.ttl.grace=" + (this.grace ? "1h" : "0"),
						"cf.tracker.invalidation.max-paths=" + this.maxPaths,
						"cf.tracker.tracking.max-variants=" + this.maxVariants));
		if (this.source.equals("secret-header")) {
			list.add("cf.tracker.tracking.secret-header.name=" + RandomDistribution.SECRET_HEADER);
			list.add("cf.tracker.tracking.secret-header.values=the-secret");
		}
		if (this.pathHeader) {
			list.add("cf.tracker.tracking.path-header=" + RandomBehavior.PATH_HEADER);
		}
		return list;
	}

}
