package io.github.cftracker.cloudfront;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.cftracker.distribution.BehaviorPattern;
import io.github.cftracker.distribution.CacheBehavior;
import io.github.cftracker.distribution.CachePolicy;
import io.github.cftracker.distribution.Distribution;
import io.github.cftracker.distribution.Distribution.Trait;
import io.github.cftracker.distribution.EdgeFunction;
import io.github.cftracker.distribution.EdgeFunction.Event;
import io.github.cftracker.distribution.Origin;
import io.github.cftracker.distribution.UnreadSettings;
import io.github.cftracker.distribution.UnreadSettings.Setting;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.cloudfront.model.AllowedMethods;
import software.amazon.awssdk.services.cloudfront.model.ConnectionMode;
import software.amazon.awssdk.services.cloudfront.model.CustomErrorResponse;
import software.amazon.awssdk.services.cloudfront.model.DefaultCacheBehavior;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.EventType;
import software.amazon.awssdk.services.cloudfront.model.FunctionAssociations;
import software.amazon.awssdk.services.cloudfront.model.GetCachePolicyRequest;
import software.amazon.awssdk.services.cloudfront.model.LambdaFunctionAssociations;
import software.amazon.awssdk.services.cloudfront.model.OriginGroup;

/**
 * One reading of a distribution: its configuration, and the cache policies that it refers
 * to.
 */
final class DistributionReading {

	private static final Logger logger = LoggerFactory.getLogger(DistributionReading.class);

	private static final Set<String> ALWAYS_CACHED = Set.of("GET", "HEAD");

	private final Map<String, @Nullable CachePolicy> policies = new HashMap<>();

	private final Map<String, List<Origin>> origins = new HashMap<>();

	private final Set<String> missingPolicies = new HashSet<>();

	private final Map<String, Set<Integer>> failoverStatuses = new HashMap<>();

	private final Set<Setting> unread = EnumSet.noneOf(Setting.class);

	private final CloudFrontCalls calls;

	private final DistributionConfig config;

	DistributionReading(CloudFrontCalls calls, DistributionConfig config) {
		this.calls = calls;
		this.config = config;
		config.origins()
			.items()
			.forEach((origin) -> this.origins.put(origin.id(), List.of(new Origin(origin.id(), origin.domainName(),
					orEmpty(origin.originPath()), isBucket(origin), headers(origin)))));
		if (config.originGroups() != null) {
			config.originGroups().items().forEach(this::addGroup);
		}
	}

	private void addGroup(OriginGroup group) {
		this.origins.put(group.id(),
				group.members().items().stream().flatMap((member) -> originsOf(member.originId()).stream()).toList());
		if (group.failoverCriteria() != null && group.failoverCriteria().statusCodes() != null) {
			this.failoverStatuses.put(group.id(), Set.copyOf(group.failoverCriteria().statusCodes().items()));
		}
	}

	Distribution distribution() {
		List<CacheBehavior> behaviors = new ArrayList<>();
		if (this.config.cacheBehaviors() != null) {
			this.config.cacheBehaviors().items().forEach((behavior) -> behaviors.add(behavior(behavior)));
		}
		behaviors.add(behavior(this.config.defaultCacheBehavior()));
		String tagHeader = optional(Setting.CACHE_TAGS, this::tagHeader, "");
		return new Distribution(traits(), orEmpty(this.config.defaultRootObject()),
				tagHeader.isEmpty() ? null : tagHeader, behaviors, errorTtls(),
				this.unread.isEmpty() ? UnreadSettings.NONE : new UnreadSettings(SdkVersion.tooOld(), this.unread));
	}

	private Set<Trait> traits() {
		Set<Trait> traits = EnumSet.noneOf(Trait.class);
		if (!Boolean.TRUE.equals(this.config.enabled())) {
			traits.add(Trait.DISABLED);
		}
		if (optional(Setting.CONNECTION_MODE, () -> this.config.connectionMode() == ConnectionMode.TENANT_ONLY,
				false)) {
			traits.add(Trait.TENANT_ONLY);
		}
		if (optional(Setting.CONTINUOUS_DEPLOYMENT, () -> Boolean.TRUE.equals(this.config.staging()), false)) {
			traits.add(Trait.STAGING);
		}
		if (optional(Setting.CONTINUOUS_DEPLOYMENT,
				() -> !orEmpty(this.config.continuousDeploymentPolicyId()).isEmpty(), false)) {
			traits.add(Trait.CONTINUOUS_DEPLOYMENT);
		}
		return traits;
	}

	@SuppressWarnings("deprecation")
	private CacheBehavior behavior(software.amazon.awssdk.services.cloudfront.model.CacheBehavior behavior) {
		String policyId = orEmpty(behavior.cachePolicyId());
		CachePolicy policy = !policyId.isEmpty() ? policy(policyId) : CachePolicies.of(behavior.forwardedValues(),
				behavior.minTTL(), behavior.defaultTTL(), behavior.maxTTL());
		return new CacheBehavior(new BehaviorPattern(behavior.pathPattern()), originsOf(behavior.targetOriginId()),
				methods(behavior.allowedMethods()), policy,
				functions(behavior.functionAssociations(), behavior.lambdaFunctionAssociations()),
				this.failoverStatuses.getOrDefault(behavior.targetOriginId(), Set.of()), missing(policyId));
	}

	@SuppressWarnings("deprecation")
	private CacheBehavior behavior(DefaultCacheBehavior behavior) {
		String policyId = orEmpty(behavior.cachePolicyId());
		CachePolicy policy = !policyId.isEmpty() ? policy(policyId) : CachePolicies.of(behavior.forwardedValues(),
				behavior.minTTL(), behavior.defaultTTL(), behavior.maxTTL());
		return new CacheBehavior(BehaviorPattern.DEFAULT, originsOf(behavior.targetOriginId()),
				methods(behavior.allowedMethods()), policy,
				functions(behavior.functionAssociations(), behavior.lambdaFunctionAssociations()),
				this.failoverStatuses.getOrDefault(behavior.targetOriginId(), Set.of()), missing(policyId));
	}

	/**
	 * Read a setting that older versions of the AWS SDK do not know.
	 */
	private <T> T optional(Setting setting, Supplier<T> reading, T otherwise) {
		try {
			return reading.get();
		}
		catch (LinkageError ex) {
			logger.debug("The AWS SDK does not know {}", setting, ex);
			this.unread.add(setting);
			return otherwise;
		}
	}

	private @Nullable CachePolicy policy(String id) {
		CachePolicy managed = ManagedPolicies.BY_ID.get(id);
		if (managed != null) {
			return managed;
		}
		if (!this.policies.containsKey(id)) {
			this.policies.put(id, readPolicy(id));
		}
		return this.policies.get(id);
	}

	private @Nullable CachePolicy readPolicy(String id) {
		try {
			return CachePolicies.of(this.calls.make("GetCachePolicy", (client, attempt) -> {
				software.amazon.awssdk.services.cloudfront.model.CachePolicy policy = client
					.getCachePolicy(GetCachePolicyRequest.builder().id(id).overrideConfiguration(attempt).build())
					.cachePolicy();
				return (policy != null) ? policy.cachePolicyConfig() : null;
			}));
		}
		catch (FailedCallException ex) {
			if (ex.status() == 404) {
				this.missingPolicies.add(id);
				return null;
			}
			if (ex.status() == 403 && ex.hint() != null && ex.hint().startsWith(RefusalHint.GRANT)) {
				return null;
			}
			throw ex;
		}
	}

	private @Nullable String missing(@Nullable String policyId) {
		return this.missingPolicies.contains(policyId) ? policyId : null;
	}

	private List<Origin> originsOf(String id) {
		return this.origins.getOrDefault(id, List.of());
	}

	private static Set<String> methods(@Nullable AllowedMethods allowed) {
		return (allowed == null || allowed.cachedMethods() == null) ? ALWAYS_CACHED
				: allowed.cachedMethods().itemsAsStrings().stream().collect(Collectors.toUnmodifiableSet());
	}

	private static List<EdgeFunction> functions(@Nullable FunctionAssociations functions,
			@Nullable LambdaFunctionAssociations lambdas) {
		List<EdgeFunction> rewriting = new ArrayList<>();
		if (functions != null) {
			functions.items().forEach((function) -> add(function.eventType(), function.functionARN(), rewriting));
		}
		if (lambdas != null) {
			lambdas.items().forEach((function) -> add(function.eventType(), function.lambdaFunctionARN(), rewriting));
		}
		return rewriting;
	}

	private static void add(EventType event, String name, List<EdgeFunction> functions) {
		switch (event) {
			case VIEWER_REQUEST -> functions.add(new EdgeFunction(Event.VIEWER_REQUEST, name));
			case ORIGIN_REQUEST -> functions.add(new EdgeFunction(Event.ORIGIN_REQUEST, name));
			default -> {
				// Functions for responses do not rewrite paths
			}
		}
	}

	private Map<Integer, Duration> errorTtls() {
		Map<Integer, Duration> ttls = new HashMap<>();
		if (this.config.customErrorResponses() != null) {
			for (CustomErrorResponse response : this.config.customErrorResponses().items()) {
				if (response.errorCachingMinTTL() != null) {
					ttls.put(response.errorCode(), Duration.ofSeconds(response.errorCachingMinTTL()));
				}
			}
		}
		return ttls;
	}

	private String tagHeader() {
		return (this.config.cacheTagConfig() != null) ? orEmpty(this.config.cacheTagConfig().headerName()) : "";
	}

	private static Set<String> headers(software.amazon.awssdk.services.cloudfront.model.Origin origin) {
		return (origin.customHeaders() == null) ? Set.of()
				: origin.customHeaders()
					.items()
					.stream()
					.map((header) -> header.headerName().toLowerCase(Locale.ROOT))
					.collect(Collectors.toUnmodifiableSet());
	}

	private static boolean isBucket(software.amazon.awssdk.services.cloudfront.model.Origin origin) {
		return origin.s3OriginConfig() != null || origin.domainName().contains(".s3-website");
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
