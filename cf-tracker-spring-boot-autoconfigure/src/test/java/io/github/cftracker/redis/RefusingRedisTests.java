package io.github.cftracker.redis;

import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.actuate.CfTrackerHealthIndicator;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.CommandType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What Redis refuses shows in health and findings, and no longer once it is fixed.
 */
@Tag("full")
class RefusingRedisTests {

	private static final String KEY = "cf-tracker:{E1LOCALCLOUDFR}:";

	static Stream<Arguments> troubles() {
		return Stream.of(
				trouble("a waiting list of the wrong type", (redis) -> redis.set(KEY + "waiting", "x"),
						(redis) -> redis.del(KEY + "waiting"), "WRONGTYPE"),
				trouble("a lease of the wrong type", (redis) -> redis.set(KEY + "lease", "x"),
						(redis) -> redis.del(KEY + "lease"), "WRONGTYPE"),
				trouble("paths of the wrong type", (redis) -> redis.set(KEY + "paths", "x"),
						(redis) -> redis.del(KEY + "paths"), "WRONGTYPE"),
				trouble("a newer schema", (redis) -> redis.set(KEY + "schema", "99"),
						(redis) -> redis.del(KEY + "schema"), "schema"),
				without(CommandType.EXISTS), without(CommandType.RENAME), without(CommandType.UNLINK),
				without(CommandType.SMEMBERS));
	}

	private static Arguments without(CommandType command) {
		return trouble("no permission for " + command,
				(redis) -> redis.aclSetuser("default", AclSetuserArgs.Builder.removeCommand(command)),
				(redis) -> redis.aclSetuser("default", AclSetuserArgs.Builder.addCommand(command)), "Redis refused");
	}

	private static Arguments trouble(String name, Consumer<RedisCommands<String, String>> begin,
			Consumer<RedisCommands<String, String>> end, String word) {
		return arguments(name, begin, end, word);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("troubles")
	void showsWhatRedisRefuses(String name, Consumer<RedisCommands<String, String>> begin,
			Consumer<RedisCommands<String, String>> end, String word) throws Exception {
		try (TestRedis redis = TestRedis.start(); LocalCloudFront cloudFront = LocalCloudFront.builder().start()) {
			RedisClient admin = RedisClient.create(redis.url());
			try (StatefulRedisConnection<String, String> connection = admin.connect()) {
				new ApplicationContextRunner().withUserConfiguration(Application.class)
					.withPropertyValues("cf.tracker.redis-url=" + redis.url(),
							"cf.tracker.distribution-id=" + cloudFront.distributionId(),
							"cf.tracker.endpoint=" + cloudFront.endpoint(),
							"cf.tracker.access-key=" + cloudFront.accessKey(),
							"cf.tracker.secret-key=" + cloudFront.secretKey())
					.run((context) -> {
						CfTrackerHealthIndicator indicator = context.getBean(CfTrackerHealthIndicator.class);
						DistributionDoctor doctor = context.getBean(DistributionDoctor.class);
						CloudFrontInvalidator invalidator = context.getBean(CloudFrontInvalidator.class);
						UrlTracker tracker = context.getBean(UrlTracker.class);
						tracker.track("/a");
						assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
						begin.accept(connection.sync());
						tracker.track("/b");
						request(invalidator);
						Awaitility.await().untilAsserted(() -> {
							Health health = indicator.health();
							assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
							assertThat(doctor.findings().toString()).containsIgnoringCase(word);
						});
						end.accept(connection.sync());
						request(invalidator);
						Awaitility.await()
							.untilAsserted(() -> assertThat(indicator.health().getStatus()).isEqualTo(Status.UP));
					});
			}
			finally {
				admin.shutdown();
			}
		}
	}

	private static void request(CloudFrontInvalidator invalidator) {
		try {
			invalidator.invalidateAll();
		}
		catch (RuntimeException ex) {
			// Redis refuses this too
			assertThat(ex).isNotNull();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
