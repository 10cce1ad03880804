package io.github.cftracker.staleness;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.cftracker.test.DistributionSettings;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a random distribution.
 *
 * @param originPath what CloudFront adds before it asks the application
 * @param rootObject the default root object
 * @param errorTtls error caching TTLs in seconds, by status
 * @param failoverStatuses for which the second origin is asked
 * @param sendsPathHeader whether origin-request functions send the path of the cache key;
 * then there are no viewer-request functions
 * @param secret the value of the secret header, {@code null} for none
 * @param continuousDeployment whether a staging distribution serves some viewers
 * @param behaviors the cache behaviors, the default one last
 */
record RandomDistribution(String originPath, String rootObject, Map<Integer, Integer> errorTtls,
		List<Integer> failoverStatuses, boolean sendsPathHeader, @Nullable String secret, boolean continuousDeployment,
		List<RandomBehavior> behaviors) {

	static final String SECRET_HEADER = "X-Origin-Secret";

	private static final List<String> PATTERNS = List.of("/shop/*", "/api/*", "/media/*", "*.html", "/blog/?",
			"/account/*", "shop/new*", "/p*", "/blog/*", "/index.html", "/v2/*", "/");

	static RandomDistribution random(Random random, boolean pathHeader) {
		List<String> patterns = new ArrayList<>(PATTERNS);
		Collections.shuffle(patterns, random);
		List<RandomBehavior> behaviors = new ArrayList<>();
		patterns.subList(0, random.nextInt(6))
			.forEach((pattern) -> behaviors.add(RandomBehavior.random(random, pattern, pathHeader)));
		behaviors.add(RandomBehavior.random(random, "*", pathHeader));
		return new RandomDistribution(Choice.in(random, 25) ? "/site" : "", rootObject(random), errorTtls(random),
				failoverStatuses(random), pathHeader, Choice.in(random, 15) ? "the-secret" : null,
				Choice.in(random, 10), behaviors);
	}

	private static String rootObject(Random random) {
		return Choice.in(random, 40) ? "index.html" : "";
	}

	private static Map<Integer, Integer> errorTtls(Random random) {
		Map<Integer, Integer> ttls = new TreeMap<>();
		for (int status : List.of(404, 500, 403)) {
			if (Choice.in(random, 25)) {
				ttls.put(status, Choice.of(random, List.of(0, 5, 300)));
			}
		}
		return ttls;
	}

	private static List<Integer> failoverStatuses(Random random) {
		return Choice.of(random, List.of(List.of(404), List.of(500, 502), List.of(403, 404)));
	}

	/**
	 * One random change.
	 */
	RandomDistribution changed(Random random) {
		List<RandomBehavior> changed = new ArrayList<>(this.behaviors);
		int last = changed.size() - 1;
		switch (random.nextInt(10)) {
			case 0 -> {
				return new RandomDistribution(this.originPath.isEmpty() ? "/site" : "", this.rootObject, this.errorTtls,
						this.failoverStatuses, this.sendsPathHeader, this.secret, this.continuousDeployment, changed);
			}
			case 1 -> {
				return new RandomDistribution(this.originPath, this.rootObject.isEmpty() ? "index.html" : "",
						this.errorTtls, this.failoverStatuses, this.sendsPathHeader, this.secret,
						this.continuousDeployment, changed);
			}
			case 2 -> {
				return new RandomDistribution(this.originPath, this.rootObject, errorTtls(random),
						failoverStatuses(random), this.sendsPathHeader, this.secret, this.continuousDeployment,
						changed);
			}
			case 3 -> {
				List<String> unused = PATTERNS.stream()
					.filter((pattern) -> this.behaviors.stream()
						.noneMatch((behavior) -> behavior.pattern().equals(pattern)))
					.toList();
				changed.add(random.nextInt(last + 1),
						RandomBehavior.random(random, Choice.of(random, unused), this.sendsPathHeader));
			}
			case 4 -> {
				if (last > 0) {
					changed.remove(random.nextInt(last));
				}
			}
			default -> {
				int index = random.nextInt(last + 1);
				changed.set(index, changed.get(index).changed(random, this.sendsPathHeader));
			}
		}
		return new RandomDistribution(this.originPath, this.rootObject, this.errorTtls, this.failoverStatuses,
				this.sendsPathHeader, this.secret, this.continuousDeployment, changed);
	}

	RandomBehavior behaviorOf(String path) {
		return this.behaviors.stream().filter((behavior) -> behavior.matches(path)).findFirst().orElseThrow();
	}

	/**
	 * The path of the application that CloudFront asks for, behind the origin path.
	 */
	String askedPath(String viewerPath) {
		RandomBehavior behavior = behaviorOf(viewerPath);
		String path = behavior.originRequest().rewrite(behavior.cachedPath(viewerPath));
		return (path.equals("/") && !this.rootObject.isEmpty()) ? "/" + this.rootObject : path;
	}

	/**
	 * What of the settings matters for a path, except for query strings.
	 */
	Object exceptQueryStrings(String path) {
		return List.of(this.originPath, this.rootObject, this.errorTtls, this.failoverStatuses,
				behaviorOf(path).exceptQueryStrings());
	}

	void applyTo(DistributionSettings settings, URI bucket, URI other) {
		if (this.continuousDeployment) {
			settings.continuousDeploymentPolicy("a-policy");
		}
		settings.originDomainName("origin", "app.example.org")
			.originPath("origin", this.originPath)
			.defaultRootObject(this.rootObject)
			.s3Origin("bucket", bucket)
			.origin("other", other)
			.originDomainName("other", "other.example.org");
		int[] statuses = this.failoverStatuses.stream().mapToInt(Integer::intValue).toArray();
		settings.originGroup("app-first", "origin", "bucket", statuses)
			.originGroup("bucket-first", "bucket", "origin", statuses);
		if (this.secret != null) {
			settings.originHeader("origin", SECRET_HEADER, this.secret);
		}
		this.errorTtls.forEach((status, ttl) -> settings.errorCachingMinTtl(status, Duration.ofSeconds(ttl)));
		int last = this.behaviors.size() - 1;
		this.behaviors.subList(0, last)
			.forEach((behavior) -> settings.behavior(behavior.pattern(),
					(target) -> behavior.applyTo(target, this.sendsPathHeader)));
		settings.defaultBehavior((target) -> this.behaviors.get(last).applyTo(target, this.sendsPathHeader));
	}

	@Override
	public String toString() {
		return "origin path '%s', root object '%s', error TTLs %s, failover %s, path header %s%s%n%s".formatted(
				this.originPath, this.rootObject, this.errorTtls, this.failoverStatuses, this.sendsPathHeader,
				(this.secret != null ? ", secret header" : "")
						+ (this.continuousDeployment ? ", continuous deployment" : ""),
				this.behaviors.stream().map((behavior) -> "    " + behavior).collect(Collectors.joining("\n")));
	}

}
