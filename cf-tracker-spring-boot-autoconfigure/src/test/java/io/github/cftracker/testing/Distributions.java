package io.github.cftracker.testing;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.cftracker.distribution.BehaviorPattern;
import io.github.cftracker.distribution.CacheBehavior;
import io.github.cftracker.distribution.CachePolicy;
import io.github.cftracker.distribution.Distribution;
import io.github.cftracker.distribution.Origin;
import io.github.cftracker.distribution.QueryStrings;
import io.github.cftracker.distribution.Ttls;
import io.github.cftracker.distribution.UnreadSettings;

/**
 * Distributions in a few words.
 */
public final class Distributions {

	public static final Origin APP = new Origin("app", "app.example.org", "", false, Set.of());

	public static final Origin API = new Origin("api", "api.example.org", "", false, Set.of());

	public static final Origin BUCKET = new Origin("bucket", "bucket.s3.amazonaws.com", "", true, Set.of());

	public static final CachePolicy CACHED = policy(Duration.ZERO, Duration.ofHours(24), Duration.ofDays(365),
			QueryStrings.ALL);

	public static final CachePolicy DISABLED = policy(Duration.ZERO, Duration.ZERO, Duration.ZERO, QueryStrings.NONE);

	private Distributions() {
	}

	/**
	 * A distribution whose behaviors all cache.
	 * @param behaviors patterns with the ids of their origins, the default behavior last:
	 * {@code /api/*=api *=app,bucket}
	 */
	public static Distribution of(String behaviors) {
		return of(Arrays.stream(behaviors.split(" ")).map(Distributions::parse).toArray(CacheBehavior[]::new));
	}

	public static Distribution of(CacheBehavior... behaviors) {
		return new Distribution(Set.of(), "", null, List.of(behaviors), Map.of(), UnreadSettings.NONE);
	}

	public static CacheBehavior behavior(String pattern, CachePolicy policy, Origin... origins) {
		return new CacheBehavior(new BehaviorPattern(pattern), List.of(origins), Set.of("GET", "HEAD"), policy);
	}

	public static CachePolicy policy(Duration min, Duration defaultTtl, Duration max, QueryStrings queryStrings) {
		return new CachePolicy(new Ttls(min, defaultTtl, max), queryStrings);
	}

	private static CacheBehavior parse(String behavior) {
		int equals = behavior.lastIndexOf('=');
		Origin[] origins = Arrays.stream(behavior.substring(equals + 1).split(","))
			.map(Distributions::origin)
			.toArray(Origin[]::new);
		return behavior(behavior.substring(0, equals), CACHED, origins);
	}

	private static Origin origin(String id) {
		return List.of(APP, API, BUCKET).stream().filter((origin) -> origin.id().equals(id)).findFirst().orElseThrow();
	}

}
