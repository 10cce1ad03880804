package io.github.cftracker.test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import static org.assertj.core.api.Assertions.assertThat;

class InvalidationConcurrencyTests {

	private static final int CALLS = 200;

	@Test
	void givesUniqueIdsAndBillsExactly() throws Exception {
		try (LocalCloudFront cloudFront = LocalCloudFront.start(); CloudFrontClient client = SdkClient.of(cloudFront)) {
			List<String> ids = inParallel(IntStream.range(0, CALLS)
				.<Callable<String>>mapToObj((i) -> () -> create(client, cloudFront, "reference " + i))
				.toList());
			assertThat(ids).hasSize(CALLS).doesNotHaveDuplicates();
			assertThat(cloudFront.invalidations()).extracting(Invalidation::id)
				.containsExactlyInAnyOrderElementsOf(ids);
			assertThat(cloudFront.billedItems()).isEqualTo(CALLS * 2L);
			assertThat(cloudFront.calls()).hasSize(CALLS);
		}
	}

	@Test
	void acceptsOneOfManyIdenticalBatches() throws Exception {
		try (LocalCloudFront cloudFront = LocalCloudFront.start(); CloudFrontClient client = SdkClient.of(cloudFront)) {
			List<String> ids = inParallel(IntStream.range(0, CALLS)
				.<Callable<String>>mapToObj((i) -> () -> create(client, cloudFront, "reference"))
				.toList());
			assertThat(ids).hasSize(CALLS).containsOnly(ids.get(0));
			assertThat(cloudFront.billedItems()).isEqualTo(2);
		}
	}

	private static String create(CloudFrontClient client, LocalCloudFront cloudFront, String reference) {
		return client.createInvalidation(SdkClient.invalidation(cloudFront, reference, "/a", "/b*"))
			.invalidation()
			.id();
	}

	private static List<String> inParallel(List<Callable<String>> calls) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(16);
		try {
			List<Future<String>> results = executor.invokeAll(calls);
			List<String> values = new ArrayList<>();
			for (Future<String> result : results) {
				values.add(result.get());
			}
			return values;
		}
		finally {
			executor.shutdownNow();
		}
	}

}
