package io.github.cftracker.test;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.CacheBehavior;
import software.amazon.awssdk.services.cloudfront.model.CachePolicyConfig;
import software.amazon.awssdk.services.cloudfront.model.CloudFrontException;
import software.amazon.awssdk.services.cloudfront.model.ConnectionMode;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.ForwardedValues;
import software.amazon.awssdk.services.cloudfront.model.GetDistributionConfigResponse;
import software.amazon.awssdk.services.cloudfront.model.Method;
import software.amazon.awssdk.services.cloudfront.model.NoSuchCachePolicyException;
import software.amazon.awssdk.services.cloudfront.model.NoSuchDistributionException;
import software.amazon.awssdk.services.cloudfront.model.Origin;
import software.amazon.awssdk.services.cloudfront.model.OriginCustomHeader;
import software.amazon.awssdk.services.cloudfront.model.OriginGroup;
import software.amazon.awssdk.services.cloudfront.model.OriginGroupMember;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

class DistributionConfigTests {

	private static final URI APP = URI.create("http://127.0.0.1:1");

	private LocalCloudFront cloudFront;

	private CloudFrontClient client;

	@BeforeEach
	void start() {
		this.cloudFront = LocalCloudFront.start();
		this.client = SdkClient.withoutRetries(this.cloudFront);
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.cloudFront.close();
	}

	@Test
	void showsDistribution() {
		DistributionConfig config = config((distribution) -> distribution.enabled(false)
			.tenantOnly(true)
			.defaultRootObject("index.html")
			.cacheTagHeader("X-Cache-Tags")
			.errorCachingMinTtl(503, Duration.ZERO)
			.errorCachingMinTtl(404, Duration.ofMinutes(1)));
		assertThat(config.enabled()).isFalse();
		assertThat(config.connectionMode()).isEqualTo(ConnectionMode.TENANT_ONLY);
		assertThat(config.defaultRootObject()).isEqualTo("index.html");
		assertThat(config.cacheTagConfig().headerName()).isEqualTo("X-Cache-Tags");
		assertThat(config.customErrorResponses().quantity()).isEqualTo(2);
		assertThat(config.customErrorResponses().items())
			.extracting((error) -> error.errorCode(), (error) -> error.errorCachingMinTTL())
			.containsExactly(tuple(404, 60L), tuple(503, 0L));
	}

	@Test
	void showsDefaults() {
		DistributionConfig config = config((distribution) -> {
		});
		assertThat(config.enabled()).isTrue();
		assertThat(config.connectionMode()).isEqualTo(ConnectionMode.DIRECT);
		assertThat(config.cacheTagConfig()).isNull();
		assertThat(config.customErrorResponses().items()).isEmpty();
		assertThat(config.origins().items()).singleElement().satisfies((origin) -> {
			assertThat(origin.domainName()).isEqualTo("origin.localhost");
			assertThat(origin.customOriginConfig()).isNotNull();
			assertThat(origin.s3OriginConfig()).isNull();
		});
	}

	@Test
	void showsContinuousDeployment() {
		DistributionConfig config = config((distribution) -> {
		});
		assertThat(config.staging()).isFalse();
		assertThat(config.continuousDeploymentPolicyId()).isNull();
		config = config((distribution) -> distribution.staging(true).continuousDeploymentPolicy("policy"));
		assertThat(config.staging()).isTrue();
		assertThat(config.continuousDeploymentPolicyId()).isEqualTo("policy");
		config = config((distribution) -> distribution.staging(false).continuousDeploymentPolicy(""));
		assertThat(config.staging()).isFalse();
		assertThat(config.continuousDeploymentPolicyId()).isEmpty();
	}

	@Test
	void showsOriginGroups() {
		DistributionConfig config = config((distribution) -> distribution.origin("app", APP)
			.originGroup("group", "origin", "app", 404, 500)
			.originGroup("other", "app", "origin", 503)
			.behavior("/a", (behavior) -> behavior.origin("group"))
			.defaultBehavior((behavior) -> behavior.origin("app")));
		assertThat(config.origins().items()).extracting(Origin::id).containsExactlyInAnyOrder("origin", "app");
		assertThat(config.cacheBehaviors().items().get(0).targetOriginId()).isEqualTo("group");
		assertThat(config.originGroups().quantity()).isEqualTo(2);
		OriginGroup group = config.originGroups().items().get(0);
		assertThat(group.id()).isEqualTo("group");
		assertThat(group.failoverCriteria().statusCodes().quantity()).isEqualTo(2);
		assertThat(group.failoverCriteria().statusCodes().items()).containsExactly(404, 500);
		assertThat(group.members().quantity()).isEqualTo(2);
		assertThat(group.members().items()).extracting(OriginGroupMember::originId).containsExactly("origin", "app");
		assertThat(config.originGroups().items().get(1).id()).isEqualTo("other");
	}

	@Test
	void showsOrigins() {
		List<Origin> origins = config((distribution) -> distribution.originPath("app", "/shop")
			.origin("app", APP)
			.originDomainName("app", "app.example.org")
			.originHeader("app", "X-Secret", "a<b")
			.s3Origin("bucket", () -> APP)
			.defaultBehavior((behavior) -> behavior.origin("app"))).origins().items();
		assertThat(origins.get(0).customHeaders().items())
			.extracting(OriginCustomHeader::headerName, OriginCustomHeader::headerValue)
			.containsExactly(tuple("X-Secret", "a<b"));
		assertThat(origins.get(1).customHeaders().items()).isEmpty();
		assertThat(origins).extracting(Origin::id, Origin::domainName, Origin::originPath)
			.containsExactly(tuple("app", "app.example.org", "/shop"), tuple("bucket", "bucket.localhost", ""));
		assertThat(origins.get(0).customOriginConfig()).isNotNull();
		assertThat(origins.get(1).customOriginConfig()).isNull();
		assertThat(origins.get(1).s3OriginConfig().originAccessIdentity()).isEmpty();
	}

	@Test
	void showsBehaviorsInOrder() {
		DistributionConfig config = config((distribution) -> distribution.origin("app", APP)
			.behavior("/b/*", (behavior) -> behavior.origin("app").cachesOptions())
			.behavior("a&b?", (behavior) -> behavior.noQueryStrings().forwardsAllQueryStrings()));
		List<CacheBehavior> behaviors = config.cacheBehaviors().items();
		assertThat(config.cacheBehaviors().quantity()).isEqualTo(2);
		assertThat(behaviors).extracting(CacheBehavior::pathPattern, CacheBehavior::targetOriginId)
			.containsExactly(tuple("/b/*", "app"), tuple("a&b?", "origin"));
		assertThat(config.defaultCacheBehavior().targetOriginId()).isEqualTo("origin");
		assertThat(behaviors.get(0).allowedMethods().cachedMethods().items()).containsExactly(Method.GET, Method.HEAD,
				Method.OPTIONS);
		assertThat(behaviors.get(1).allowedMethods().cachedMethods().items()).containsExactly(Method.GET, Method.HEAD);
		assertThat(behaviors.get(0).originRequestPolicyId()).isNull();
		assertThat(behaviors.get(1).originRequestPolicyId()).isNotBlank();
	}

	@Test
	void givesEqualPoliciesOneIdAndDefaultTheOneItHas() {
		Duration ttl = Duration.ofSeconds(5);
		Consumer<BehaviorSettings> whitelist = (behavior) -> behavior.queryStrings("sort", "page").ttl(ttl, ttl, ttl);
		String before = config((distribution) -> {
		}).defaultCacheBehavior().cachePolicyId();
		DistributionConfig config = config((distribution) -> distribution.behavior("/a", whitelist)
			.behavior("/b", (behavior) -> behavior.queryStrings("page", "sort").ttl(ttl, ttl, ttl))
			.behavior("/c", (behavior) -> behavior.queryStringsExcept("page", "sort").ttl(ttl, ttl, ttl))
			.behavior("/d", (behavior) -> behavior.queryStrings("page", "sort"))
			.behavior("/e", (behavior) -> behavior.cachesOptions()));
		List<String> ids = config.cacheBehaviors().items().stream().map(CacheBehavior::cachePolicyId).toList();
		assertThat(ids.get(1)).isEqualTo(ids.get(0));
		assertThat(ids.get(4)).isEqualTo(before).isEqualTo(config.defaultCacheBehavior().cachePolicyId());
		assertThat(ids.subList(1, 5)).doesNotHaveDuplicates();
		config = config((distribution) -> distribution.defaultBehavior((behavior) -> behavior.noQueryStrings())
			.behavior("/a", whitelist));
		assertThat(config.defaultCacheBehavior().cachePolicyId()).isEqualTo(before);
		assertThat(config.cacheBehaviors().items().get(0).cachePolicyId()).isEqualTo(ids.get(0));
		assertThatExceptionOfType(NoSuchCachePolicyException.class).isThrownBy(() -> policy(ids.get(2)));
	}

	@Test
	void showsCachePolicies() {
		DistributionConfig config = config(
				(distribution) -> distribution.defaultBehavior((behavior) -> behavior.noQueryStrings())
					.behavior("/a",
							(behavior) -> behavior.queryStrings("sort", "page")
								.ttl(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)))
					.behavior("/b", (behavior) -> behavior.queryStringsExcept("utm_source")));
		List<CacheBehavior> behaviors = config.cacheBehaviors().items();
		assertQueryStrings(policy(config.defaultCacheBehavior().cachePolicyId()), "none");
		CachePolicyConfig whitelist = policy(behaviors.get(0).cachePolicyId());
		assertQueryStrings(whitelist, "whitelist", "page", "sort");
		assertThat(List.of(whitelist.minTTL(), whitelist.defaultTTL(), whitelist.maxTTL())).containsExactly(1L, 2L, 3L);
		assertQueryStrings(policy(behaviors.get(1).cachePolicyId()), "allExcept", "utm_source");
	}

	@Test
	@SuppressWarnings("deprecation")
	void showsLegacySettings() {
		DistributionConfig config = config((distribution) -> distribution
			.defaultBehavior((behavior) -> behavior.legacySettings()
				.ttl(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)))
			.behavior("/a", (behavior) -> behavior.legacySettings().queryStrings("page", "sort"))
			.behavior("/b", (behavior) -> behavior.legacySettings().noQueryStrings()));
		assertThat(config.defaultCacheBehavior().cachePolicyId()).isNull();
		assertThat(config.defaultCacheBehavior().minTTL()).isEqualTo(1);
		assertThat(config.defaultCacheBehavior().defaultTTL()).isEqualTo(2);
		assertThat(config.defaultCacheBehavior().maxTTL()).isEqualTo(3);
		assertForwards(config.defaultCacheBehavior().forwardedValues(), true);
		CacheBehavior whitelist = config.cacheBehaviors().items().get(0);
		assertForwards(whitelist.forwardedValues(), true, "page", "sort");
		assertThat(whitelist.originRequestPolicyId()).isNull();
		assertThat(whitelist.maxTTL()).isEqualTo(31_536_000);
		assertForwards(config.cacheBehaviors().items().get(1).forwardedValues(), false);
	}

	@Test
	void changesEtagWithSettings() {
		String before = get().eTag();
		assertThat(get().eTag()).isEqualTo(before);
		this.cloudFront.distribution((distribution) -> distribution.enabled(false));
		assertThat(get().eTag()).isNotEqualTo(before);
	}

	@Test
	void refusesInvalidationOfTenantOnlyDistribution() {
		this.cloudFront.distribution((distribution) -> distribution.tenantOnly(true));
		assertThatExceptionOfType(NoSuchDistributionException.class).isThrownBy(this::invalidate);
		assertThat(this.cloudFront.invalidations()).isEmpty();
		this.cloudFront.distribution((distribution) -> distribution.tenantOnly(false));
		invalidate();
	}

	@Test
	void refusesReadingUntilItIsAllowed() {
		String policy = get().distributionConfig().defaultCacheBehavior().cachePolicyId();
		this.cloudFront.refuseReading("GetDistributionConfig", 403, "AccessDenied", "Not <you>");
		for (int i = 0; i < 2; i++) {
			CloudFrontException refused = catchThrowableOfType(CloudFrontException.class, this::get);
			assertThat(refused.statusCode()).isEqualTo(403);
			assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
			assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo("Not <you>");
		}
		policy(policy);
		invalidate();
		this.cloudFront.refuseReading("GetCachePolicy", 500, "InternalError", "Broken");
		assertThatExceptionOfType(CloudFrontException.class).isThrownBy(() -> policy(policy));
		this.cloudFront.allowReading();
		policy(get().distributionConfig().defaultCacheBehavior().cachePolicyId());
		this.cloudFront.refuseReading("GetCachePolicy", 500, "InternalError", "Broken");
		this.cloudFront.clear();
		policy(policy);
	}

	@Test
	void refusesToRefuseWhatReadsNoSettings() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.cloudFront.refuseReading("CreateInvalidation", 403, "AccessDenied", "No"))
			.withMessageContaining("'CreateInvalidation'");
	}

	private DistributionConfig config(Consumer<DistributionSettings> distribution) {
		this.cloudFront.distribution(distribution);
		return get().distributionConfig();
	}

	private GetDistributionConfigResponse get() {
		return this.client.getDistributionConfig((request) -> request.id(this.cloudFront.distributionId()));
	}

	private CachePolicyConfig policy(String id) {
		return this.client.getCachePolicy((request) -> request.id(id)).cachePolicy().cachePolicyConfig();
	}

	private void invalidate() {
		this.client.createInvalidation(SdkClient.invalidation(this.cloudFront, "reference", "/a"));
	}

	private static void assertQueryStrings(CachePolicyConfig policy, String behavior, String... names) {
		var queryStrings = policy.parametersInCacheKeyAndForwardedToOrigin().queryStringsConfig();
		assertThat(queryStrings.queryStringBehaviorAsString()).isEqualTo(behavior);
		assertThat((queryStrings.queryStrings() != null) ? queryStrings.queryStrings().items() : List.of())
			.isEqualTo(List.of(names));
	}

	@SuppressWarnings("deprecation")
	private static void assertForwards(ForwardedValues values, boolean queryString, String... names) {
		assertThat(values.queryString()).isEqualTo(queryString);
		assertThat(values.queryStringCacheKeys().quantity()).isEqualTo(names.length);
		assertThat(values.queryStringCacheKeys().items()).containsExactly(names);
	}

}
