package io.github.cftracker.redis;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.Run;
import io.github.cftracker.UrlStore;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.actuate.CfTrackerHealthIndicator;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The user of {@code docs/security.md} may do everything that is needed.
 */
@Tag("full")
@ExtendWith(OutputCaptureExtension.class)
class RestrictedUserTests {

	@Test
	void tracksInvalidatesAndShowsHealth(CapturedOutput output) throws Exception {
		try (TestRedis redis = TestRedis.start(); LocalCloudFront cloudFront = LocalCloudFront.builder().start()) {
			createUser(redis);
			new ApplicationContextRunner().withUserConfiguration(Application.class)
				.withPropertyValues("cf.tracker.redis-url=redis://tracker:password@127.0.0.1:" + redis.port(),
						"cf.tracker.distribution-id=" + cloudFront.distributionId(),
						"cf.tracker.endpoint=" + cloudFront.endpoint(),
						"cf.tracker.access-key=" + cloudFront.accessKey(),
						"cf.tracker.secret-key=" + cloudFront.secretKey())
				.run((context) -> {
					UrlStore store = context.getBean(UrlStore.class);
					UrlTracker tracker = context.getBean(UrlTracker.class);
					tracker.track("/a");
					tracker.track("/b");
					tracker.track("/c");
					tracker.untrack("/c");
					Awaitility.await().until(() -> store.count() == 2);
					CloudFrontInvalidator invalidator = context.getBean(CloudFrontInvalidator.class);
					Run some = invalidator.invalidate(InvalidationRequest.builder().matching(List.of("/a")).build())
						.completion()
						.join();
					assertThat(some.state()).isEqualTo(Run.State.COMPLETED);
					cloudFront.refuseNext(403, "AccessDenied", "No");
					assertThat(invalidator.invalidateAll().completion().join().state()).isEqualTo(Run.State.FAILED);
					assertThat(invalidator.invalidateAll().completion().join().paths()).isEqualTo(1);
					store.fold(new PathLifetime("/d/*", Duration.ofHours(1)), List.of("/d/1"));
					Awaitility.await()
						.untilAsserted(() -> assertThat(
								context.getBean(CfTrackerHealthIndicator.class).health().getDetails().toString())
							.contains("role=master", "nothing on disk"));
				});
			assertThat(output).doesNotContain("NOPERM", "no permissions");
		}
	}

	private static void createUser(TestRedis redis) throws Exception {
		String line = Files.readAllLines(Path.of("../docs/security.md"))
			.stream()
			.filter((candidate) -> candidate.startsWith("    ACL "))
			.findFirst()
			.orElseThrow()
			.strip();
		RedisClient client = RedisClient.create(redis.url());
		try (StatefulRedisConnection<String, String> connection = client.connect()) {
			CommandArgs<String, String> args = new CommandArgs<>(StringCodec.UTF8);
			for (String word : line.substring("ACL ".length()).split(" ")) {
				args.add(word);
			}
			assertThat(connection.sync().dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), args))
				.isEqualTo("OK");
		}
		finally {
			client.shutdown();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
