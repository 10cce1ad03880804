package io.github.cftracker.scheduling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.RunHandle;
import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.redis.RedisRunLedger;
import io.github.cftracker.redis.TrackerRedisConnection;
import io.github.cftracker.testing.RedisLedgers;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Ten nodes whose clocks are up to three seconds apart, with one Redis.
 */
class TenNodesTests {

	private static final String CRON = "*/4 * * * * *";

	private static final Instant FIRST = Instant.parse("2026-11-22T12:00:00Z");

	private final TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create(TestRedis.shared().url()),
			Duration.ofSeconds(5));

	private final RedisKeys keys = new RedisKeys("test", UUID.randomUUID().toString());

	private final Map<String, Integer> requests = new ConcurrentHashMap<>();

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

	@AfterEach
	void close() {
		this.redis.destroy();
	}

	@Test
	void tenNodesRequestOneRunPerScheduledTime() {
		InstantSource time = this.now::get;
		Clock clock = time.withZone(ZoneOffset.UTC);
		NavigableMap<Instant, ScheduledInvalidation> timers = new TreeMap<>();
		for (int node = 0; node < 10; node++) {
			Duration ahead = Duration.ofMillis(-1500 + 333L * node);
			// A timer is a little early or late
			Duration late = Duration.ofMillis((node % 2 == 0) ? -3 : 3);
			ScheduledInvalidation job = job(Clock.offset(clock, ahead));
			for (int i = 0; i < 5; i++) {
				timers.put(FIRST.plusSeconds(4L * i).minus(ahead).plus(late), job);
			}
		}
		assertThat(timers).hasSize(50);
		timers.forEach((fired, job) -> {
			this.now.set(fired);
			job.invalidateAll();
		});
		assertThat(this.requests).hasSize(5);
		assertThat(this.requests.values()).containsOnly(1);
	}

	private ScheduledInvalidation job(Clock clock) {
		RedisRunLedger ledger = ledger();
		CloudFrontInvalidator invalidator = mock(CloudFrontInvalidator.class);
		given(invalidator.invalidate(any())).willAnswer((call) -> request(ledger, call.getArgument(0)));
		return new ScheduledInvalidation(new FireTimes(CRON, null, clock), invalidator);
	}

	private RunHandle request(RedisRunLedger ledger, InvalidationRequest request) {
		InvalidationRequest.Once once = Objects.requireNonNull(request.once());
		int made = ledger.request(UUID.randomUUID().toString(), request).isPresent() ? 1 : 0;
		this.requests.merge(once.name(), made, Integer::sum);
		return RunHandle.ofNothing(request, "The run is not carried out");
	}

	private RedisRunLedger ledger() {
		return RedisLedgers.create(this.redis, this.keys, Duration.ofSeconds(30), Duration.ofMinutes(10), 50);
	}

}
