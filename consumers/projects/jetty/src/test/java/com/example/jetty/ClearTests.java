package com.example.jetty;

import java.util.concurrent.TimeUnit;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.test.AutoConfigureLocalCloudFront;
import io.github.cftracker.test.LocalCloudFront;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link LocalCloudFront#clear()} leaves tracked.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "cf.tracker.store=memory")
@AutoConfigureLocalCloudFront
class ClearTests {

	@Test
	void trackedPathsStayUntilTheyAreUntracked(@Autowired LocalCloudFront cloudFront, @Autowired UrlTracker tracker,
			@Autowired CloudFrontInvalidator invalidator) throws Exception {
		RestClient client = RestClient.create(cloudFront.edge());
		client.get().uri("/pages/8").retrieve().toBodilessEntity();
		client.get().uri("/pages/9").retrieve().toBodilessEntity();
		cloudFront.clear();
		InvalidationRequest both = InvalidationRequest.ofTags("page:8", "page:9");
		// A path is tracked after its response is complete
		Awaitility.await().until(() -> invalidator.plan(both).paths() == 2);
		tracker.untrack("/pages/9");
		invalidator.invalidate(both)
			.completion()
			.get(30, TimeUnit.SECONDS);
		assertThat(cloudFront.invalidations()).singleElement()
			.satisfies((invalidation) -> assertThat(invalidation.paths()).containsExactly("/pages/8"));
	}

}
