package io.github.cftracker.actuate;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.UrlStore;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.FindingType;
import io.github.cftracker.distribution.Problem;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.redis.RedisInspector;
import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.redis.TrackerRedisConnection;
import io.github.cftracker.run.Lease;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.run.Step;
import io.github.cftracker.run.StoreCondition;
import io.github.cftracker.run.StoreMonitor;
import io.github.cftracker.run.TimeLimitedStore;
import io.github.cftracker.testing.RedisLedgers;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class CfTrackerHealthIndicatorTests {

	private final UrlStore store = new MemoryUrlStore(Clock.systemUTC());

	private final MemoryRunLedger ledger = new MemoryRunLedger(this.store, 50, Duration.ofMinutes(10),
			PathPatterns.UNKNOWN, Clock.systemUTC());

	private final DistributionDoctor doctor = new DistributionDoctor();

	private final CfTrackerHealthIndicator indicator = new CfTrackerHealthIndicator(this.ledger,
			new TimeLimitedStore(this.store), null, this.doctor, Clock.systemUTC());

	@Test
	void isUpWhileNothingHasHappened() {
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsExactly(entry("store", this.store.name()));
	}

	@Test
	void namesTheNewestRun() {
		this.ledger.request("first", InvalidationRequest.ofPaths("/a"));
		this.ledger.request("second", InvalidationRequest.ofEverything());
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("lastRun", Map.of("id", "second", "state", "QUEUED",
				"requestedAt", this.ledger.find("second").orElseThrow().requestedAt()));
	}

	@Test
	void saysHowOldTheOldestUnfinishedRunIs() {
		this.ledger.request("first", InvalidationRequest.ofPaths("/a"));
		this.ledger.request("second", InvalidationRequest.ofEverything());
		Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5).plusMillis(500));
		Health health = new CfTrackerHealthIndicator(this.ledger, new TimeLimitedStore(this.store), null, this.doctor,
				later)
			.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("unfinishedRuns",
				Map.of("number", 2, "oldest", "first", "age", "PT5M"));
	}

	@Test
	void isDownWhileCloudFrontRefuses() {
		this.ledger.request("first", InvalidationRequest.ofEverything());
		Lease lease = this.ledger.acquire();
		lease.apply(new Step.Refuse("You may not do that. Grant it"));
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("refusal", "You may not do that. Grant it")
			.containsKeys("store", "lastRun");
		lease.apply(new Step.Refuse(null));
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
		assertThat(this.indicator.health().getDetails()).doesNotContainKey("refusal");
	}

	@Test
	void showsTheStoresServerAndStaysUpWhateverThatPutsAtRisk() {
		assertThat(health(List.of()).getDetails()).containsEntry("memory", Map.of("role", "master"))
			.doesNotContainKey("warnings");
		Health health = health(List.of("Beware"));
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("warnings", List.of("Beware"));
	}

	@Test
	void showsWhatIsWrongWithTheDistributionAndStaysUp() {
		this.doctor.diagnosed("test",
				List.of(new Problem(FindingType.DISTRIBUTION_DISABLED, "It is disabled.", "Enable it.")));
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("findings", List.of("It is disabled. Enable it."));
	}

	private Health health(List<String> warnings) {
		StoreMonitor watch = new StoreMonitor(() -> new StoreCondition(Map.of("role", "master"), warnings),
				Clock.systemUTC());
		return new CfTrackerHealthIndicator(this.ledger, new TimeLimitedStore(this.store), watch, this.doctor,
				Clock.systemUTC())
			.health();
	}

	@Test
	@Timeout(60)
	@Tag("full")
	void isUnknownWhileTheStoreDoesNotAnswer() throws Exception {
		try (TestRedis server = TestRedis.start()) {
			// A connection that the application made waits for a minute
			TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create(server.url()),
					Duration.ofMinutes(1));
			try {
				RedisKeys keys = new RedisKeys("test", "E123");
				RunLedger shared = RedisLedgers.create(redis, keys, Duration.ofSeconds(30), Duration.ofMinutes(10), 50);
				CfTrackerHealthIndicator health = new CfTrackerHealthIndicator(shared,
						new TimeLimitedStore(RedisStores.create(redis, keys)),
						new StoreMonitor(new RedisInspector(redis, keys, 0), Clock.systemUTC()), this.doctor,
						Clock.systemUTC());
				shared.request("first", InvalidationRequest.ofEverything());
				assertThat(health.health().getDetails()).containsEntry("store", "redis")
					.containsKeys("lastRun", "redis");
				server.pause();
				assertUnknown(health.health(), "did not answer within PT5S");
				server.resume();
				server.kill();
				assertUnknown(health.health(), "Redis did not answer");
			}
			finally {
				redis.destroy();
			}
		}
	}

	private static void assertUnknown(Health health, String error) {
		assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(health.getDetails()).containsOnlyKeys("error");
		assertThat(health.getDetails().get("error").toString()).contains(error);
		assertThat(StatusAggregator.getDefault().getAggregateStatus(Set.of(Status.UP, health.getStatus())))
			.isEqualTo(Status.UP);
	}

}
