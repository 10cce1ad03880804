package io.github.cftracker.autoconfigure;

import io.github.cftracker.actuate.CfTrackerHealthIndicator;
import io.github.cftracker.run.StoreInspector;
import io.github.cftracker.run.StoreMonitor;
import io.github.cftracker.testing.TestRedis;
import io.github.cftracker.testing.TestSentinels;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application's health and log say about its Redis.
 */
@ExtendWith(OutputCaptureExtension.class)
class RedisHealthTests {

	private static final String WARNING = "maxmemory-policy of Redis is allkeys-lru";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
		.withPropertyValues("cf.tracker.distribution-id=E123", "cf.tracker.redis.timeout=5s");

	@Test
	void healthAndTheLogWarn(CapturedOutput output) {
		try (TestRedis redis = TestRedis.start("--appendonly", "yes", "--maxmemory-policy", "allkeys-lru")) {
			this.contextRunner.withPropertyValues("cf.tracker.redis-url=" + redis.url()).run((context) -> {
				for (int i = 0; i < 3; i++) {
					Health health = health(context);
					assertThat(health.getStatus()).isEqualTo(Status.UP);
					assertThat(health.getDetails().get("redis").toString()).contains("mode=standalone", "role=master");
					assertThat(health.getDetails().get("warnings").toString()).contains(WARNING);
					assertThat(health.toString()).doesNotContain("127.0.0.1", Integer.toString(redis.port()));
				}
				Awaitility.await().untilAsserted(() -> assertThat(output).containsOnlyOnce(WARNING));
			});
		}
	}

	@Test
	void theLogWarnsWhereNobodyAsksForHealth(CapturedOutput output) {
		try (TestRedis redis = TestRedis.start("--appendonly", "yes", "--maxmemory-policy", "allkeys-lru")) {
			this.contextRunner.withPropertyValues("cf.tracker.redis-url=" + redis.url())
				.withClassLoader(new FilteredClassLoader(Health.class.getPackageName()))
				.run((context) -> {
					assertThat(context).hasNotFailed().doesNotHaveBean(CfTrackerHealthIndicator.class);
					Awaitility.await().untilAsserted(() -> assertThat(output).containsOnlyOnce(WARNING));
				});
		}
	}

	@Test
	void healthIsUpForAUserThatMayNotAsk() {
		try (TestRedis redis = TestRedis.start("--user", "app", "on", ">secret", "~*", "+@all", "-info", "-config")) {
			this.contextRunner
				.withPropertyValues("cf.tracker.redis-url=" + redis.url().replace("redis://", "redis://app:secret@"))
				.run((context) -> {
					assertThat(health(context).getStatus()).isEqualTo(Status.UP);
					assertThat(health(context).getDetails().get("redis").toString()).contains("refused INFO", "+info");
				});
		}
	}

	@Test
	void aBatchesNeedForReplicasIsKnown() {
		try (TestRedis redis = TestRedis.start("--appendonly", "yes")) {
			this.contextRunner
				.withPropertyValues("cf.tracker.redis-url=" + redis.url(), "cf.tracker.redis.wait-replicas=1")
				.run((context) -> assertThat(health(context).getDetails().get("warnings").toString())
					.contains("0 of the 1 replicas required by 'cf.tracker.redis.wait-replicas'"));
		}
	}

	@Test
	@Tag("full")
	void saysWhereSentinelsNameTheMaster() {
		try (TestSentinels redis = TestSentinels.start()) {
			this.contextRunner.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
				.withPropertyValues(redis.properties().toArray(String[]::new))
				.run((context) -> assertThat(health(context).getDetails().get("redis").toString())
					.contains("mode=sentinel", "role=master", "connectedReplicas=2"));
		}
	}

	@Test
	void memoryHasNoServerToLookAt() {
		this.contextRunner.withPropertyValues("cf.tracker.store=memory")
			.run((context) -> assertThat(context).doesNotHaveBean(StoreInspector.class)
				.doesNotHaveBean(StoreMonitor.class)
				.hasSingleBean(CfTrackerHealthIndicator.class));
	}

	private static Health health(ApplicationContext context) {
		CfTrackerHealthIndicator indicator = context.getBean(CfTrackerHealthIndicator.class);
		// The first connection may take longer than a command may
		return Awaitility.await().until(indicator::health, (health) -> health.getStatus().equals(Status.UP));
	}

}
