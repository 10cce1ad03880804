package io.github.cftracker.cloudfront;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.github.cftracker.distribution.BehaviorPattern;
import io.github.cftracker.distribution.CacheBehavior;
import io.github.cftracker.distribution.CachePolicy;
import io.github.cftracker.distribution.Distribution;
import io.github.cftracker.distribution.Distribution.Trait;
import io.github.cftracker.distribution.EdgeFunction;
import io.github.cftracker.distribution.Origin;
import io.github.cftracker.distribution.QueryStrings;
import io.github.cftracker.distribution.QueryStrings.Mode;
import io.github.cftracker.distribution.Ttls;
import io.github.cftracker.distribution.UnreadSettings;
import io.github.cftracker.distribution.UnreadableDistributionException;
import io.github.cftracker.distribution.UnreadableDistributionException.Reason;
import io.github.cftracker.test.BehaviorSettings;
import io.github.cftracker.test.DistributionSettings;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.test.RecordedCall;
import io.github.cftracker.testing.CloudFrontClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.CachePolicyConfig;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.ForwardedValues;
import software.amazon.awssdk.services.cloudfront.model.OriginGroup;
import software.amazon.awssdk.services.cloudfront.model.OriginGroupMember;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;

class SdkDistributionClientTests {

	private static final URI ADDRESS = URI.create("http://127.0.0.1:1");

	private final LocalCloudFront cloudFront = LocalCloudFront.start();

	private final CloudFrontClient sdk = CloudFrontClients.of(this.cloudFront);

	@AfterEach
	void close() {
		this.sdk.close();
		this.cloudFront.close();
	}

	@Test
	void readsDefaults() {
		Origin origin = new Origin("origin", "origin.localhost", "", false, Set.of());
		assertThat(
				read())
			.isEqualTo(new Distribution(Set.of(), "", null, List.of(new CacheBehavior(BehaviorPattern.DEFAULT,
					List.of(origin), Set.of("GET", "HEAD"), new CachePolicy(
							new Ttls(Duration.ZERO, Duration.ofHours(24), Duration.ofDays(365)), QueryStrings.ALL))),
					Map.of(), UnreadSettings.NONE));
	}

	@Test
	void readsSettingsOfDistribution() {
		Distribution distribution = read((settings) -> settings.enabled(false)
			.tenantOnly(true)
			.defaultRootObject("index.html")
			.cacheTagHeader("X-Cache-Tags")
			.errorCachingMinTtl(404, Duration.ofMinutes(5))
			.errorCachingMinTtl(503, Duration.ZERO));
		assertThat(distribution.traits()).containsExactlyInAnyOrder(Trait.DISABLED, Trait.TENANT_ONLY);
		assertThat(distribution.defaultRootObject()).isEqualTo("index.html");
		assertThat(distribution.tagHeader()).isEqualTo("X-Cache-Tags");
		assertThat(distribution.errorTtls()).isEqualTo(Map.of(404, Duration.ofMinutes(5), 503, Duration.ZERO));
	}

	@Test
	void readsBehaviorsInOrderWithTheirOriginsAndCachedMethods() {
		Distribution distribution = read((settings) -> settings.origin("app", ADDRESS)
			.originDomainName("app", "app.example.org")
			.originPath("app", "/shop")
			.s3Origin("bucket", ADDRESS)
			.behavior("/static/*", (behavior) -> behavior.origin("bucket"))
			.behavior("api/*", (behavior) -> behavior.origin("app").cachesOptions()));
		assertThat(distribution.behaviors()).extracting((behavior) -> behavior.pattern().pattern())
			.containsExactly("/static/*", "api/*", "*");
		assertThat(distribution.behaviors()).flatExtracting(CacheBehavior::origins)
			.containsExactly(new Origin("bucket", "bucket.localhost", "", true, Set.of()),
					new Origin("app", "app.example.org", "/shop", false, Set.of()),
					new Origin("origin", "origin.localhost", "", false, Set.of()));
		assertThat(distribution.behaviors()).extracting(CacheBehavior::cachedMethods)
			.containsExactly(Set.of("GET", "HEAD"), Set.of("GET", "HEAD", "OPTIONS"), Set.of("GET", "HEAD"));
	}

	@Test
	void readsThePolicyOfEveryBehaviorAndEachPolicyOnce() {
		Distribution distribution = read((settings) -> policies(settings, (behavior) -> {
		}).behavior("/except/*", (behavior) -> behavior.queryStringsExcept("utm", "gclid"))
			.behavior("/off/*", (behavior) -> behavior.ttl(Duration.ZERO, Duration.ZERO, Duration.ZERO)));
		assertPolicies(distribution);
		assertThat(distribution.behaviors().get(3).policy().queryStrings())
			.isEqualTo(new QueryStrings(Mode.EXCLUDE, Set.of("utm", "gclid")));
		assertThat(distribution.behaviors()).extracting(CacheBehavior::isDisabled)
			.containsExactly(false, false, false, false, true, false);
		assertThat(this.cloudFront.calls()).filteredOn((call) -> call.operation().equals("GetCachePolicy")).hasSize(5);
	}

	@Test
	void readsSettingsWithoutPolicy() {
		Distribution distribution = read((settings) -> policies(settings, BehaviorSettings::legacySettings));
		assertPolicies(distribution);
		assertThat(this.cloudFront.calls()).filteredOn((call) -> call.operation().equals("GetCachePolicy")).isEmpty();
	}

	/**
	 * Change the policies of both behaviors in the same way.
	 */
	private static DistributionSettings policies(DistributionSettings settings, Consumer<BehaviorSettings> all) {
		Consumer<BehaviorSettings> named = all.andThen((behavior) -> behavior.queryStrings("page", "sort")
			.ttl(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)));
		return settings.defaultBehavior(all)
			.behavior("/named/*", named)
			.behavior("/alike/*", named)
			.behavior("/none/*", all.andThen(BehaviorSettings::noQueryStrings));
	}

	private static void assertPolicies(Distribution distribution) {
		CachePolicy named = new CachePolicy(
				new Ttls(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)),
				new QueryStrings(Mode.INCLUDE, Set.of("page", "sort")));
		assertThat(distribution.behaviors().subList(0, 3)).extracting(CacheBehavior::policy)
			.containsExactly(named, named, new CachePolicy(
					new Ttls(Duration.ZERO, Duration.ofHours(24), Duration.ofDays(365)), QueryStrings.NONE));
		assertThat(distribution.behaviors().get(distribution.behaviors().size() - 1).policy()).isEqualTo(
				new CachePolicy(new Ttls(Duration.ZERO, Duration.ofHours(24), Duration.ofDays(365)), QueryStrings.ALL));
	}

	/**
	 * Test with documents, because the local CloudFront has no origin groups and no
	 * missing elements.
	 */
	@Test
	void readsOriginGroupsAndBucketsThatAreWebsites() {
		DistributionConfig config = DistributionConfig.builder()
			.enabled(true)
			.origins((origins) -> origins.items(origin("app", "app.example.org"),
					origin("site", "b.s3-website-eu-west-1.amazonaws.com")))
			.originGroups((groups) -> groups.items(OriginGroup.builder()
				.id("either")
				.members((members) -> members.items(OriginGroupMember.builder().originId("app").build(),
						OriginGroupMember.builder().originId("site").build()))
				.build()))
			.defaultCacheBehavior((behavior) -> behavior.targetOriginId("either"))
			.build();
		Distribution distribution = new DistributionReading(
				new CloudFrontCalls(CloudFrontConnection.using(() -> this.sdk, "test"),
						this.cloudFront.distributionId(), Duration.ofSeconds(30)),
				config)
			.distribution();
		assertThat(distribution.behaviors()).singleElement().satisfies((behavior) -> {
			assertThat(behavior.origins()).extracting(Origin::id).containsExactly("app", "site");
			assertThat(behavior.origins()).extracting(Origin::bucket).containsExactly(false, true);
			assertThat(behavior.cachedMethods()).containsExactlyInAnyOrder("GET", "HEAD");
			assertThat(behavior.policy()).isNull();
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			# in seconds: what is given | and what follows
			-      | -       | -        | 0      | 86400  | 31536000
			60     | -       | -        | 60     | 86400  | 31536000
			100000 | -       | -        | 100000 | 100000 | 31536000
			-      | 60      | -        | 0      | 60     | 31536000
			-      | 5       | 60       | 0      | 5      | 60
			-      | 0       | 0        | 0      | 0      | 0
			""")
	void missingTtlsAreDefaultsOfCloudFront(Long min, Long usual, Long max, long isMin, long isUsual, long isMax) {
		CachePolicy expected = new CachePolicy(
				new Ttls(Duration.ofSeconds(isMin), Duration.ofSeconds(isUsual), Duration.ofSeconds(isMax)),
				QueryStrings.NONE);
		assertThat(CachePolicies.of(CachePolicyConfig.builder().minTTL(min).defaultTTL(usual).maxTTL(max).build()))
			.isEqualTo(expected);
		assertThat(CachePolicies.of(ForwardedValues.builder().queryString(false).build(), min, usual, max))
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					403 | AccessDenied         | DENIED  | Grant 'cloudfront:GetDistributionConfig' on distribution 'E1LOCALCLOUDFR', and grant 'cloudfront:GetCachePolicy'
					403 | InvalidClientTokenId | DENIED  | Check 'cf.tracker.access-key' and 'cf.tracker.secret-key'
					404 | NoSuchDistribution   | UNKNOWN | Check 'cf.tracker.distribution-id' ('E1LOCALCLOUDFR')
					""")
	void reportsFixIfReadingIsRefused(int status, String code, Reason reason, String fix) {
		this.cloudFront.refuseReading("GetDistributionConfig", status, code, "CloudFront says no\nx-amz-token: t0ken");
		assertThatExceptionOfType(UnreadableDistributionException.class).isThrownBy(this::read)
			.withMessage("CloudFront says no")
			.withNoCause()
			.satisfies((ex) -> {
				assertThat(ex.reason()).isEqualTo(reason);
				assertThat(ex.fix()).startsWith(fix);
			});
	}

	@ParameterizedTest
	@CsvSource({ "GetDistributionConfig, 500, InternalError", "GetDistributionConfig, 400, Throttling",
			"GetCachePolicy, 500, InternalError" })
	void otherErrorsAreTemporary(String operation, int status, String code) {
		this.cloudFront.refuseReading(operation, status, code, "Not now");
		UnreadableDistributionException ex = catchThrowableOfType(UnreadableDistributionException.class, this::read);
		assertThat(ex).hasMessage("Not now");
		assertThat(ex.reason()).isEqualTo(Reason.TEMPORARY);
		assertThat(ex.fix()).isNull();
		this.cloudFront.allowReading();
		assertThat(read().traits()).isEmpty();
	}

	@Test
	void reportsUnknownDistribution() {
		assertThatExceptionOfType(UnreadableDistributionException.class).isThrownBy(
				() -> new SdkDistributionClient(CloudFrontConnection.using(() -> this.sdk, "test"), "EUNKNOWN").read())
			.satisfies((ex) -> {
				assertThat(ex.reason()).isEqualTo(Reason.UNKNOWN);
				assertThat(ex.fix()).contains("'cf.tracker.distribution-id'", "'EUNKNOWN'");
			});
	}

	@ParameterizedTest
	@CsvSource({ "403, AccessDenied", "404, NoSuchCachePolicy" })
	void behaviorsWithUnreadablePolicyHaveNoPolicy(int status, String code) {
		this.cloudFront.refuseReading("GetCachePolicy", status, code, "No");
		Distribution distribution = read((settings) -> settings.defaultRootObject("index.html")
			.behavior("/a/*", (behavior) -> behavior.noQueryStrings())
			.behavior("/b/*", (behavior) -> behavior.legacySettings().noQueryStrings()));
		assertThat(distribution.defaultRootObject()).isEqualTo("index.html");
		assertThat(distribution.behaviors()).extracting((behavior) -> behavior.policy() != null)
			.containsExactly(false, true, false);
		assertThat(distribution.behaviors()).extracting((behavior) -> behavior.missingPolicy() != null)
			.containsExactly(status == 404, false, status == 404);
		this.cloudFront.allowReading();
		assertThat(read().behaviors()).extracting(CacheBehavior::policy).doesNotContainNull();
	}

	@Test
	void reportsUnknownAccessKey() {
		try (CloudFrontClient stranger = CloudFrontClients.of(this.cloudFront, "somebody-else")) {
			assertThatExceptionOfType(UnreadableDistributionException.class)
				.isThrownBy(() -> new SdkDistributionClient(CloudFrontConnection.using(() -> stranger, "test"),
						this.cloudFront.distributionId())
					.read())
				.satisfies((ex) -> {
					assertThat(ex.reason()).isEqualTo(Reason.DENIED);
					assertThat(ex.fix()).contains("'cf.tracker.access-key'").doesNotContain("GetCachePolicy");
					assertThat(ex.getMessage() + ex.fix()).doesNotContain("somebody-else", this.cloudFront.secretKey());
				});
		}
	}

	@Test
	void reportsMissingCredentials() {
		try (CloudFrontClient without = CloudFrontClient.builder()
			.region(Region.US_EAST_1)
			.endpointOverride(this.cloudFront.endpoint())
			.credentialsProvider(AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create()))
			.build()) {
			assertThatExceptionOfType(UnreadableDistributionException.class)
				.isThrownBy(() -> new SdkDistributionClient(CloudFrontConnection.using(() -> without, "test"),
						this.cloudFront.distributionId())
					.read())
				.satisfies((ex) -> {
					assertThat(ex.reason()).isEqualTo(Reason.DENIED);
					assertThat(ex.fix()).contains("'cf.tracker.access-key'");
				});
		}
		assertThat(this.cloudFront.calls()).isEmpty();
	}

	@Test
	void isTemporaryWithoutAnswer() {
		this.cloudFront.close();
		assertThatExceptionOfType(UnreadableDistributionException.class).isThrownBy(this::read).satisfies((ex) -> {
			assertThat(ex.reason()).isEqualTo(Reason.TEMPORARY);
			assertThat(ex.fix()).isNull();
		});
	}

	@Test
	void readsFunctionsThatMayRewritePaths() {
		Distribution distribution = read((settings) -> settings
			.behavior("/viewer/*", (behavior) -> behavior.viewerRequest("add-index", (path) -> path))
			.behavior("/origin/*", (behavior) -> behavior.originRequest("strip-shop", (path) -> path)));
		assertThat(distribution.behaviors()).flatExtracting(CacheBehavior::functions).satisfiesExactly((function) -> {
			assertThat(function.event()).isEqualTo(EdgeFunction.Event.VIEWER_REQUEST);
			assertThat(function.name()).startsWith("arn:").contains("add-index");
		}, (function) -> {
			assertThat(function.event()).isEqualTo(EdgeFunction.Event.ORIGIN_REQUEST);
			assertThat(function.name()).startsWith("arn:").contains("strip-shop");
		});
	}

	@Test
	void readsFailoverStatuses() {
		CacheBehavior group = read((settings) -> settings.s3Origin("bucket", ADDRESS)
			.originGroup("both", "origin", "bucket", 404, 503)
			.behavior("/group/*", (behavior) -> behavior.origin("both"))).behaviors().get(0);
		assertThat(group.origins()).extracting(Origin::id).containsExactly("origin", "bucket");
		assertThat(group.failoverStatuses()).containsExactlyInAnyOrder(404, 503);
	}

	@Test
	void readsContinuousDeployment() {
		assertThat(read((settings) -> settings.staging(true)).traits()).containsExactly(Trait.STAGING);
		assertThat(read((settings) -> settings.continuousDeploymentPolicy("policy")).traits())
			.containsExactly(Trait.CONTINUOUS_DEPLOYMENT);
		Distribution ordinary = read((settings) -> settings.continuousDeploymentPolicy(""));
		assertThat(ordinary.traits()).as("an empty id is none").isEmpty();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			Amplify, 2e54312d-136d-493c-8eb9-b001f22f67d2
			CachingDisabled, 4135ea2d-6df8-44a3-9df3-4b5a84be39ad
			CachingOptimized, 658327ea-f89d-4fab-a63d-7e88639e58f6
			CachingOptimizedForUncompressedObjects, b2884449-e4de-46a7-ac36-70bc7f1ddd6d
			Elemental-MediaPackage, 08627262-05a9-4f76-9ded-b50ca2e3a84f
			UseOriginCacheControlHeaders, 83da9c7e-98b4-4e11-a168-04f0df8e2c65
			UseOriginCacheControlHeaders-QueryStrings, 4cc15a8a-d715-48a4-82b8-cc0b614638fe
			""")
	void readsManagedPoliciesWithoutCall(String name, String id) {
		CachePolicy known = read((settings) -> settings.defaultBehavior((behavior) -> behavior.cachePolicy(id)))
			.behaviors()
			.get(0)
			.policy();
		assertThat(this.cloudFront.calls()).extracting(RecordedCall::operation)
			.containsExactly("GetDistributionConfig");
		CachePolicyConfig config = this.sdk.getCachePolicy((request) -> request.id(id))
			.cachePolicy()
			.cachePolicyConfig();
		assertThat(config.name()).endsWith(name);
		assertThat(known).as("what CloudFront answers").isEqualTo(CachePolicies.of(config));
	}

	@Test
	void emptyPolicyIdIsNoPolicy() {
		Distribution distribution = read((settings) -> settings
			.defaultBehavior((behavior) -> behavior.legacySettings().noQueryStrings().cachePolicyId("")));
		assertThat(distribution.behaviors().get(0).policy()).isNotNull()
			.extracting(CachePolicy::queryStrings)
			.isEqualTo(QueryStrings.NONE);
		assertThat(distribution.behaviors().get(0).missingPolicy()).isNull();
	}

	@Test
	void omitsOnlySettingsUnknownToOlderSdk() {
		DistributionConfig config = spy(
				this.sdk.getDistributionConfig((request) -> request.id(this.cloudFront.distributionId()))
					.distributionConfig());
		doThrow(new NoSuchMethodError("cacheTagConfig")).when(config).cacheTagConfig();
		Distribution distribution = new DistributionReading(
				new CloudFrontCalls(CloudFrontConnection.using(() -> this.sdk, "test"),
						this.cloudFront.distributionId(), Duration.ofSeconds(20)),
				config)
			.distribution();
		assertThat(distribution.behaviors()).hasSize(1);
		assertThat(distribution.unread().names()).containsExactly(UnreadSettings.Setting.CACHE_TAGS);
		assertThat(distribution.unread().reason())
			.matches("AWS SDK \\d+\\.\\d+\\.\\d+ is older than \\d+\\.\\d+\\.\\d+");
	}

	@Test
	void tooOldSdkIsNotTemporary() {
		CloudFrontClient old = mock(CloudFrontClient.class, (invocation) -> {
			throw new NoSuchMethodError("getDistributionConfig");
		});
		assertThatExceptionOfType(UnreadableDistributionException.class)
			.isThrownBy(() -> new SdkDistributionClient(CloudFrontConnection.using(() -> old, "test"), "E123").read())
			.satisfies((ex) -> {
				assertThat(ex.reason()).isEqualTo(Reason.UNSUPPORTED);
				assertThat(ex.getMessage()).contains("is older than", "getDistributionConfig");
			});
		assertThatExceptionOfType(UnreadableDistributionException.class)
			.isThrownBy(() -> new SdkDistributionClient(CloudFrontConnection.using(() -> {
				throw new NoClassDefFoundError("software/amazon/awssdk/Missing");
			}, "test"), "E123").read())
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.UNSUPPORTED));
	}

	private static software.amazon.awssdk.services.cloudfront.model.Origin origin(String id, String domainName) {
		return software.amazon.awssdk.services.cloudfront.model.Origin.builder().id(id).domainName(domainName).build();
	}

	private Distribution read(Consumer<DistributionSettings> settings) {
		this.cloudFront.distribution(settings);
		return read();
	}

	private Distribution read() {
		return new SdkDistributionClient(CloudFrontConnection.using(() -> this.sdk, "test"),
				this.cloudFront.distributionId())
			.read();
	}

}
