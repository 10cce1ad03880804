package io.github.cftracker.test;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudfront.model.CacheBehavior;
import software.amazon.awssdk.services.cloudfront.model.CachePolicyConfig;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.NoSuchCachePolicyException;
import software.amazon.awssdk.services.cloudfront.model.ParametersInCacheKeyAndForwardedToOrigin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CachePolicyTests extends EdgeTestSupport {

	private static final String USE_ORIGIN_HEADERS = "83da9c7e-98b4-4e11-a168-04f0df8e2c65";

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					2e54312d-136d-493c-8eb9-b001f22f67d2 | Managed-Amplify | 2 | 2 | 600 | all | | Authorization CloudFront-Viewer-Country Host | all | true | true
					4135ea2d-6df8-44a3-9df3-4b5a84be39ad | Managed-CachingDisabled | 0 | 0 | 0 | none | | | none | false | false
					658327ea-f89d-4fab-a63d-7e88639e58f6 | Managed-CachingOptimized | 1 | 86400 | 31536000 | none | | | none | true | true
					b2884449-e4de-46a7-ac36-70bc7f1ddd6d | Managed-CachingOptimizedForUncompressedObjects | 1 | 86400 | 31536000 | none | | | none | false | false
					08627262-05a9-4f76-9ded-b50ca2e3a84f | Managed-Elemental-MediaPackage | 0 | 86400 | 31536000 | whitelist | aws.manifestfilter end m start | origin | none | true | false
					83da9c7e-98b4-4e11-a168-04f0df8e2c65 | UseOriginCacheControlHeaders | 0 | 0 | 31536000 | none | | host origin x-http-method x-http-method-override x-method-override | all | true | true
					4cc15a8a-d715-48a4-82b8-cc0b614638fe | UseOriginCacheControlHeaders-QueryStrings | 0 | 0 | 31536000 | all | | host origin x-http-method x-http-method-override x-method-override | all | true | true
					""")
	void showsManagedPolicyAsAwsDoes(String id, String name, long min, long defaultTtl, long max, String queryStrings,
			String queryStringNames, String headers, String cookies, boolean gzip, boolean brotli) {
		CachePolicyConfig policy = cachePolicy(id).cachePolicy().cachePolicyConfig();
		assertThat(policy.name()).isEqualTo(name);
		assertThat(List.of(policy.minTTL(), policy.defaultTTL(), policy.maxTTL())).containsExactly(min, defaultTtl,
				max);
		ParametersInCacheKeyAndForwardedToOrigin key = policy.parametersInCacheKeyAndForwardedToOrigin();
		assertThat(key.queryStringsConfig().queryStringBehaviorAsString()).isEqualTo(queryStrings);
		if (queryStringNames != null) {
			assertThat(key.queryStringsConfig().queryStrings().items()).containsExactly(queryStringNames.split(" "));
		}
		assertThat(key.headersConfig().headerBehaviorAsString()).isEqualTo((headers != null) ? "whitelist" : "none");
		if (headers != null) {
			assertThat(key.headersConfig().headers().items()).containsExactly(headers.split(" "));
		}
		assertThat(key.cookiesConfig().cookieBehaviorAsString()).isEqualTo(cookies);
		assertThat(key.enableAcceptEncodingGzip()).isEqualTo(gzip);
		assertThat(key.enableAcceptEncodingBrotli()).isEqualTo(brotli);
		behavior((behavior) -> behavior.cachePolicy(id));
		assertThat(defaultPolicyId()).isEqualTo(id);
		assertThat(cachePolicy(id).cachePolicy().cachePolicyConfig()).isEqualTo(policy);
	}

	@Test
	void cachesAsManagedPolicySays() throws Exception {
		this.origin.answer("/headers?x", 200, "Cache-Control", "max-age=60");
		this.origin.answer("/headers", 200, "Cache-Control", "max-age=60");
		this.origin.answer("/no-store", 200, "Cache-Control", "no-store");
		behavior((behavior) -> behavior.cachePolicy(USE_ORIGIN_HEADERS));
		get("/headers?x");
		get("/plain");
		assertThat(targets()).containsExactly("/headers");
		behavior((behavior) -> behavior.cachePolicy("4cc15a8a-d715-48a4-82b8-cc0b614638fe"));
		get("/headers?x");
		assertThat(targets()).containsExactly("/headers", "/headers?x");
		behavior((behavior) -> behavior.cachePolicy("658327ea-f89d-4fab-a63d-7e88639e58f6"));
		get("/plain?x");
		get("/no-store");
		assertThat(targets()).contains("/plain", "/no-store");
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(targets()).contains("/plain").doesNotContain("/no-store");
		this.cloudFront.clear();
		behavior((behavior) -> behavior.cachePolicy("4135ea2d-6df8-44a3-9df3-4b5a84be39ad"));
		get("/headers");
		assertThat(targets()).isEmpty();
		behavior((behavior) -> behavior.cachePolicy("08627262-05a9-4f76-9ded-b50ca2e3a84f"));
		get("/a?x=1&end=2&m=3");
		assertThat(targets()).containsExactly("/a?end=2&m=3");
		behavior((behavior) -> behavior.cachePolicy("2e54312d-136d-493c-8eb9-b001f22f67d2"));
		get("/b?x=1");
		assertThat(targets()).contains("/b?x=1");
		this.clock.advance(Duration.ofSeconds(2));
		assertThat(targets()).doesNotContain("/b?x=1");
	}

	@Test
	void managedPolicyMayHaveOriginRequestPolicy() throws Exception {
		behavior((behavior) -> behavior.cachePolicy(USE_ORIGIN_HEADERS).forwardsAllQueryStrings());
		get("/a?x=1");
		assertThat(this.origin.targets()).containsExactly("/a?x=1");
		assertThat(config().distributionConfig().defaultCacheBehavior().originRequestPolicyId()).isNotBlank();
	}

	@Test
	void policyThatKeepsItsIdChangesWithoutTheDistribution() throws Exception {
		behavior((behavior) -> behavior.cachePolicyId("own").noQueryStrings());
		String distribution = config().eTag();
		String policy = cachePolicy("own").eTag();
		get("/a?x=1");
		behavior((behavior) -> behavior.cachePolicyId("own")
			.queryStrings("x")
			.ttl(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(5)));
		assertThat(defaultPolicyId()).isEqualTo("own");
		assertThat(config().eTag()).isEqualTo(distribution);
		assertThat(cachePolicy("own").eTag()).isNotEqualTo(policy);
		CachePolicyConfig changed = cachePolicy("own").cachePolicy().cachePolicyConfig();
		assertThat(changed.defaultTTL()).isEqualTo(5);
		assertThat(changed.parametersInCacheKeyAndForwardedToOrigin().queryStringsConfig().queryStrings().items())
			.containsExactly("x");
		get("/a?x=1");
		assertThat(targets()).containsExactly("/a", "/a?x=1");
	}

	@Test
	void distributionThatNamesAnotherPolicyChangesItsEtagAndKeepsItsObjects() throws Exception {
		Stream.Builder<String> etags = Stream.builder();
		etags.add(config().eTag());
		get("/a");
		behavior((behavior) -> behavior.cachePolicyId("one"));
		etags.add(config().eTag());
		behavior((behavior) -> behavior.cachePolicyId("two"));
		etags.add(config().eTag());
		behavior((behavior) -> behavior.cachePolicy(USE_ORIGIN_HEADERS));
		etags.add(config().eTag());
		behavior((behavior) -> behavior.cachePolicyId("two").viewerRequest("a", (path) -> path));
		etags.add(config().eTag());
		this.cloudFront.distribution((distribution) -> distribution.staging(true));
		etags.add(config().eTag());
		this.cloudFront.distribution((distribution) -> distribution.continuousDeploymentPolicy(""));
		etags.add(config().eTag());
		assertThat(etags.build()).doesNotHaveDuplicates();
		assertThat(cacheState(get("/a"))).isEqualTo(HIT);
		assertThatExceptionOfType(NoSuchCachePolicyException.class).isThrownBy(() -> cachePolicy("two"));
	}

	@Test
	void behaviorsShareAPolicyById() {
		this.cloudFront
			.distribution((distribution) -> distribution.defaultBehavior((behavior) -> behavior.cachePolicyId("own"))
				.behavior("/a", (behavior) -> behavior.cachePolicyId("own").cachesOptions())
				.behavior("/b", (behavior) -> behavior.cachePolicyId("other"))
				.behavior("/c", (behavior) -> behavior.cachesOptions())
				.behavior("/d", (behavior) -> behavior.cachePolicy("4cc15a8a-d715-48a4-82b8-cc0b614638fe")));
		DistributionConfig config = config().distributionConfig();
		assertThat(defaultPolicyId()).isEqualTo("own");
		assertThat(config.cacheBehaviors().items()).extracting(CacheBehavior::cachePolicyId)
			.startsWith("own", "other")
			.endsWith("4cc15a8a-d715-48a4-82b8-cc0b614638fe")
			.doesNotHaveDuplicates()
			.allSatisfy((id) -> assertThat(cachePolicy(id).cachePolicy().id()).isEqualTo(id));
	}

	@Test
	@SuppressWarnings("deprecation")
	void legacySettingsMayHaveAnEmptyCachePolicyIdBesideThem() {
		behavior((behavior) -> behavior.legacySettings().cachePolicyId("").noQueryStrings());
		DistributionConfig config = config().distributionConfig();
		assertThat(config.defaultCacheBehavior().cachePolicyId()).isEmpty();
		assertThat(config.defaultCacheBehavior().forwardedValues().queryString()).isFalse();
		assertThat(config.defaultCacheBehavior().defaultTTL()).isEqualTo(86_400);
		behavior((behavior) -> behavior.legacySettings());
		assertThat(config().distributionConfig().defaultCacheBehavior().cachePolicyId()).isNull();
	}

	private String defaultPolicyId() {
		return config().distributionConfig().defaultCacheBehavior().cachePolicyId();
	}

}
