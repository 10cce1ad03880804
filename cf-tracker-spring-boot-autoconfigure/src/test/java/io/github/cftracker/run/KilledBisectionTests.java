package io.github.cftracker.run;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.Run;
import io.github.cftracker.Run.State;
import io.github.cftracker.cloudfront.CloudFrontConnection;
import io.github.cftracker.cloudfront.SdkInvalidationClient;
import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.redis.RedisRunLedger;
import io.github.cftracker.redis.RedisUrlStore;
import io.github.cftracker.redis.TrackerRedisConnection;
import io.github.cftracker.test.Invalidation;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.Planners;
import io.github.cftracker.testing.RedisLedgers;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.RedisURI;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Process that is killed with {@code kill -9} in the middle of a bisection, and another
 * process that finishes it.
 */
@Tag("full")
class KilledBisectionTests {

	private static final Set<String> BAD = Set.of("/products/7", "/products/1200", "/products/2999");

	private static final Duration LEASE = Duration.ofSeconds(2);

	@TempDir
	private Path directory;

	@Test
	void isFinishedByAnotherProcess() throws Exception {
		String name = UUID.randomUUID().toString();
		TrackerRedisConnection redis = connect(TestRedis.shared().url());
		try (LocalCloudFront cloudFront = LocalCloudFront.builder().completesAfter(Duration.ofMillis(50)).start()) {
			RedisUrlStore store = RedisStores.create(redis, new RedisKeys("test", name), LEASE);
			for (int start = 0; start < 3000; start += 1000) {
				store.track(IntStream.range(start, start + 1000)
					.mapToObj((i) -> new PathLifetime("/products/" + i, Duration.ofHours(1)))
					.toList());
			}
			RedisRunLedger ledger = ledger(redis, name);
			String id = ledger.request(UUID.randomUUID().toString(), InvalidationRequest.ofEverything())
				.orElseThrow()
				.id();
			Path held = this.directory.resolve("held");
			Process first = start(cloudFront, name, "9", held);
			try {
				Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(held));
			}
			finally {
				// As kill -9 does
				first.destroyForcibly().waitFor();
			}
			assertThat(ledger.find(id).map(Run::state)).contains(State.SENDING);
			Process second = start(cloudFront, name, "-1", held);
			try {
				Run run = Awaitility.await()
					.atMost(Duration.ofSeconds(60))
					.until(() -> ledger.find(id).filter((found) -> found.state().isFinal()), Optional::isPresent)
					.orElseThrow();
				assertThat(run.state()).isEqualTo(State.COMPLETED);
				assertThat(run.items()).isEqualTo(2997);
				assertThat(run.rejected()).extracting(Run.RejectedPath::path).containsExactlyInAnyOrderElementsOf(BAD);
				// Only the call that the killed process was making is repeated
				assertThat(run.batches().stream().mapToInt(Run.Batch::attempts).sum())
					.isEqualTo(run.batches().size() + 1);
			}
			finally {
				second.destroyForcibly().waitFor();
			}
			Set<String> sent = new HashSet<>();
			cloudFront.invalidations().forEach((invalidation) -> sent.addAll(invalidation.paths()));
			assertThat(sent).hasSize(2997);
			assertThat(cloudFront.billedItems()).isEqualTo(2997);
			assertThat(cloudFront.invalidations()).extracting(Invalidation::callerReference).doesNotHaveDuplicates();
			assertThat(store.count()).isZero();
		}
		finally {
			redis.destroy();
		}
	}

	private Process start(LocalCloudFront cloudFront, String name, String holdAfter, Path held) throws IOException {
		return new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), Node.class.getName(), TestRedis.shared().url(), name,
				cloudFront.endpoint().toString(), cloudFront.distributionId(), cloudFront.accessKey(),
				cloudFront.secretKey(), holdAfter, held.toString()))
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("output").toFile())
			.start();
	}

	private static TrackerRedisConnection connect(String url) {
		return TrackerRedisConnection.to(RedisURI.create(url), Duration.ofSeconds(5));
	}

	private static RedisRunLedger ledger(TrackerRedisConnection redis, String name) {
		return RedisLedgers.create(redis, new RedisKeys("test", name), LEASE, Duration.ofMinutes(10), 50);
	}

	/**
	 * Node with a CloudFront that rejects invalid paths.
	 */
	static final class Node {

		private Node() {
		}

		public static void main(String[] args) throws Exception {
			TrackerRedisConnection redis = connect(args[0]);
			CloudFrontClient sdk = CloudFrontClient.builder()
				.region(Region.US_EAST_1)
				.httpClientBuilder(UrlConnectionHttpClient.builder())
				.endpointOverride(URI.create(args[2]))
				.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(args[4], args[5])))
				.build();
			HeldClient client = new HeldClient(
					new SdkInvalidationClient(CloudFrontConnection.using(() -> sdk, "test"), args[3]));
			client.rejectItems(BAD);
			client.holdAfter(Integer.parseInt(args[6]));
			RedisUrlStore store = RedisStores.create(redis, new RedisKeys("test", args[1]), LEASE);
			new QueuedInvalidator(new RunContext(ledger(redis, args[1]), client, () -> {
			}, InvalidatorContractTests.settings(1000, LEASE, Duration.ofHours(6)), Planners.exact(store),
					RunObserver.of(List.of())), new TimeLimitedStore(store))
				.start();
			if (!"-1".equals(args[6])) {
				client.awaitHeld();
				Files.createFile(Path.of(args[7]));
			}
			new CountDownLatch(1).await();
		}

	}

}
