package io.github.cftracker.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The settings that the edge acts by and the API shows. They never change: other settings
 * are another distribution.
 */
record Distribution(boolean enabled, boolean tenantOnly, boolean staging, @Nullable String continuousDeploymentPolicyId,
		String defaultRootObject, @Nullable String cacheTagHeader, Map<String, DistributionOrigin> origins,
		Map<String, OriginGroup> originGroups, Map<Integer, Duration> errorTtls, List<Behavior> behaviors,
		Behavior defaultBehavior) {

	Route route(String target) {
		int query = target.indexOf('?');
		int end = (query >= 0) ? query : target.length();
		String path = target.substring(0, end);
		Behavior behavior = behavior(path);
		return new Route(this, behavior, EdgeFunction.rewrite(behavior.viewerRequest(), path), target.substring(end));
	}

	private Behavior behavior(String path) {
		String normalised = PathPattern.normalise(path);
		return this.behaviors.stream()
			.filter((behavior) -> behavior.matches(normalised))
			.findFirst()
			.orElse(this.defaultBehavior);
	}

	Stream<Behavior> allBehaviors() {
		return Stream.concat(Stream.of(this.defaultBehavior), this.behaviors.stream());
	}

}
