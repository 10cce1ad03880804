package io.github.cftracker.test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.CachePolicy;
import software.amazon.awssdk.services.cloudfront.model.CachePolicyQueryStringBehavior;
import software.amazon.awssdk.services.cloudfront.model.CreateInvalidationResponse;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.GetDistributionConfigResponse;
import software.amazon.awssdk.services.cloudfront.model.Invalidation;
import software.amazon.awssdk.services.cloudfront.model.InvalidationList;
import software.amazon.awssdk.services.cloudfront.model.InvalidationSummary;
import software.amazon.awssdk.services.cloudfront.model.Method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InvalidationApiTests {

	private final MutableClock clock = new MutableClock();

	private LocalCloudFront cloudFront;

	private CloudFrontClient client;

	@BeforeEach
	void start() {
		this.cloudFront = LocalCloudFront.builder().clock(this.clock).start();
		this.client = SdkClient.of(this.cloudFront);
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.cloudFront.close();
	}

	@Test
	void createsInvalidation() {
		CreateInvalidationResponse response = create("first", "/a", "/b*", "#tag", "/a?x=1&y=2");
		Invalidation invalidation = response.invalidation();
		assertThat(response.sdkHttpResponse().statusCode()).isEqualTo(201);
		assertThat(response.location()).isEqualTo("https://cloudfront.amazonaws.com/2020-05-31/distribution/"
				+ this.cloudFront.distributionId() + "/invalidation/" + invalidation.id());
		assertThat(response.responseMetadata().requestId()).isNotBlank();
		assertThat(invalidation.id()).matches("I[A-Z0-9]{13}");
		assertThat(invalidation.status()).isEqualTo("InProgress");
		assertThat(invalidation.createTime()).isEqualTo(this.clock.instant());
		assertThat(invalidation.invalidationBatch().callerReference()).isEqualTo("first");
		assertThat(invalidation.invalidationBatch().paths().items()).containsExactly("/a", "/b*", "#tag", "/a?x=1&y=2");
		assertThat(invalidation.invalidationBatch().paths().quantity()).isEqualTo(4);
	}

	@Test
	void billsEveryAcceptedItem() {
		create("first", "/a", "/a", "/b*");
		create("second", "/a");
		assertThat(this.cloudFront.billedItems()).isEqualTo(4);
	}

	@Test
	void answersIdenticalBatchWithFirstInvalidationAndBillsNothing() {
		Invalidation first = create("first", "/a", "/b").invalidation();
		this.clock.advance(Duration.ofSeconds(1));
		CreateInvalidationResponse replay = create("first", "/a", "/b");
		assertThat(replay.sdkHttpResponse().statusCode()).isEqualTo(201);
		assertThat(replay.invalidation()).isEqualTo(first.toBuilder().status("Completed").build());
		assertThat(this.cloudFront.invalidations()).hasSize(1);
		assertThat(this.cloudFront.billedItems()).isEqualTo(2);
		assertThat(this.cloudFront.calls()).hasSize(2);
	}

	@Test
	void acceptsBatchOf3000Items() {
		create("first", IntStream.range(0, 3_000).mapToObj((i) -> "/" + i).toArray(String[]::new));
		assertThat(this.cloudFront.billedItems()).isEqualTo(3_000);
	}

	@Test
	void escapesCallerReference() {
		Invalidation created = create("<a & \"b\">é", "/a").invalidation();
		assertThat(created.invalidationBatch().callerReference()).isEqualTo("<a & \"b\">é");
	}

	@Test
	void completesAfterItsTime() {
		String id = create("first", "/a").invalidation().id();
		this.clock.advance(Duration.ofMillis(999));
		assertThat(get(id).status()).isEqualTo("InProgress");
		this.clock.advance(Duration.ofMillis(1));
		assertThat(get(id).status()).isEqualTo("Completed");
		assertThat(get(id).invalidationBatch().paths().items()).containsExactly("/a");
	}

	@Test
	void completesAtOnceWhenTold() {
		String id = create("first", "/a").invalidation().id();
		this.cloudFront.completesAfter(Duration.ZERO);
		assertThat(get(id).status()).isEqualTo("Completed");
	}

	@Test
	void listsNewestFirstInPages() {
		Instant first = this.clock.instant();
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			ids.add(0, create("reference " + i, "/a").invalidation().id());
			this.clock.advance(Duration.ofMillis(400));
		}
		InvalidationList newest = list("");
		assertThat(newest.items()).extracting(InvalidationSummary::id).isEqualTo(ids.subList(0, 2));
		assertThat(newest.items()).extracting(InvalidationSummary::status).containsOnly("InProgress");
		assertThat(newest.isTruncated()).isTrue();
		assertThat(newest.maxItems()).isEqualTo(2);
		assertThat(newest.quantity()).isEqualTo(2);
		InvalidationList middle = list(newest.nextMarker());
		assertThat(middle.items()).extracting(InvalidationSummary::id).isEqualTo(ids.subList(2, 4));
		InvalidationList oldest = list(middle.nextMarker());
		assertThat(oldest.isTruncated()).isFalse();
		assertThat(oldest.nextMarker()).isNull();
		assertThat(oldest.items()).containsExactly(
				InvalidationSummary.builder().id(ids.get(4)).createTime(first).status("Completed").build());
	}

	@Test
	void listsNothing() {
		InvalidationList page = this.client
			.listInvalidations((request) -> request.distributionId(this.cloudFront.distributionId()))
			.invalidationList();
		assertThat(page.hasItems()).isFalse();
		assertThat(page.quantity()).isZero();
		assertThat(page.isTruncated()).isFalse();
		assertThat(page.maxItems()).isEqualTo(100);
	}

	@Test
	void describesDistribution() {
		GetDistributionConfigResponse response = this.client
			.getDistributionConfig((request) -> request.id(this.cloudFront.distributionId()));
		DistributionConfig config = response.distributionConfig();
		assertThat(response.eTag()).isNotBlank();
		assertThat(config.enabled()).isTrue();
		assertThat(config.callerReference()).isNotBlank();
		assertThat(config.comment()).isNotBlank();
		assertThat(config.origins().quantity()).isEqualTo(1);
		assertThat(config.origins().items()).singleElement()
			.satisfies((origin) -> assertThat(origin.id()).isEqualTo(config.defaultCacheBehavior().targetOriginId()))
			.satisfies((origin) -> assertThat(origin.originPath()).isEmpty());
		assertThat(config.defaultRootObject()).isEmpty();
		assertThat(config.cacheBehaviors().items()).isEmpty();
		assertThat(config.defaultCacheBehavior().cachePolicyId()).isNotBlank();
		assertThat(config.defaultCacheBehavior().allowedMethods().cachedMethods().items()).containsExactly(Method.GET,
				Method.HEAD);
	}

	@Test
	void describesCachePolicyOfDistribution() {
		String id = this.client.getDistributionConfig((request) -> request.id(this.cloudFront.distributionId()))
			.distributionConfig()
			.defaultCacheBehavior()
			.cachePolicyId();
		CachePolicy policy = this.client.getCachePolicy((request) -> request.id(id)).cachePolicy();
		assertThat(policy.id()).isEqualTo(id);
		assertThat(policy.cachePolicyConfig().minTTL()).isZero();
		assertThat(policy.cachePolicyConfig().defaultTTL()).isEqualTo(86_400);
		assertThat(policy.cachePolicyConfig().maxTTL()).isEqualTo(31_536_000);
		assertThat(policy.cachePolicyConfig()
			.parametersInCacheKeyAndForwardedToOrigin()
			.queryStringsConfig()
			.queryStringBehavior()).isEqualTo(CachePolicyQueryStringBehavior.ALL);
	}

	@Test
	void forgetsOnClear() {
		create("first", "/a");
		this.cloudFront.refuseNext(400, "TooManyInvalidationsInProgress", "Slow down");
		this.cloudFront.clear();
		assertThat(this.cloudFront.invalidations()).isEmpty();
		assertThat(this.cloudFront.calls()).isEmpty();
		assertThat(this.cloudFront.billedItems()).isZero();
		create("first", "/b");
		assertThat(this.cloudFront.billedItems()).isEqualTo(1);
	}

	@Test
	void stopsAnsweringWhenClosed() {
		this.cloudFront.close();
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> create("first", "/a"));
	}

	private CreateInvalidationResponse create(String reference, String... paths) {
		return this.client.createInvalidation(SdkClient.invalidation(this.cloudFront, reference, paths));
	}

	private InvalidationList list(String marker) {
		return this.client
			.listInvalidations(
					(request) -> request.distributionId(this.cloudFront.distributionId()).marker(marker).maxItems("2"))
			.invalidationList();
	}

	private Invalidation get(String id) {
		return this.client.getInvalidation((request) -> request.distributionId(this.cloudFront.distributionId()).id(id))
			.invalidation();
	}

}
