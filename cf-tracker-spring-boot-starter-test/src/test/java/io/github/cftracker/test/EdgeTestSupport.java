package io.github.cftracker.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.GetCachePolicyResponse;
import software.amazon.awssdk.services.cloudfront.model.GetDistributionConfigResponse;

/**
 * A viewer in front of the edge, an origin behind it.
 */
abstract class EdgeTestSupport {

	static final String HIT = "Hit from cloudfront";

	static final String MISS = "Miss from cloudfront";

	static final String ERROR = "Error from cloudfront";

	final MutableClock clock = new MutableClock();

	private final HttpClient viewer = HttpClient.newHttpClient();

	TestOrigin origin;

	LocalCloudFront cloudFront;

	@BeforeEach
	void start() throws Exception {
		this.origin = new TestOrigin();
		this.cloudFront = LocalCloudFront.builder().clock(this.clock).origin(this.origin.uri()).start();
	}

	@AfterEach
	void stop() {
		this.cloudFront.close();
		this.origin.close();
	}

	HttpResponse<String> get(String target, String... headers) throws Exception {
		return send("GET", target, "", headers);
	}

	HttpResponse<String> send(String method, String target, String body, String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.cloudFront.edge() + target))
			.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.viewer.send(request.build(), BodyHandlers.ofString());
	}

	void invalidate(String reference, String... paths) {
		try (CloudFrontClient client = SdkClient.of(this.cloudFront)) {
			client.createInvalidation(SdkClient.invalidation(this.cloudFront, reference, paths));
		}
	}

	void behavior(Consumer<BehaviorSettings> behavior) {
		this.cloudFront.distribution((distribution) -> distribution.defaultBehavior(behavior));
	}

	List<String> targets() {
		return this.cloudFront.cachedObjects().stream().map(CachedObject::target).toList();
	}

	GetDistributionConfigResponse config() {
		try (CloudFrontClient client = SdkClient.of(this.cloudFront)) {
			return client.getDistributionConfig((request) -> request.id(this.cloudFront.distributionId()));
		}
	}

	GetCachePolicyResponse cachePolicy(String id) {
		try (CloudFrontClient client = SdkClient.of(this.cloudFront)) {
			return client.getCachePolicy((request) -> request.id(id));
		}
	}

	static String cacheState(HttpResponse<?> response) {
		return response.headers().firstValue("X-Cache").orElse("");
	}

}
