package io.github.cftracker.scheduling;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.cftracker.RunHandle;
import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.redis.RedisRunLedger;
import io.github.cftracker.redis.TrackerRedis;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.RedisURI;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.CronTrigger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ten schedulers whose clocks are up to three seconds apart, with one Redis.
 */
class TenNodesTests {

	private static final String CRON = "*/4 * * * * *";

	private final TrackerRedis redis = TrackerRedis.to(RedisURI.create(TestRedis.shared().url()),
			Duration.ofSeconds(5));

	private final RedisKeys keys = new RedisKeys("test", UUID.randomUUID().toString());

	private final List<ThreadPoolTaskScheduler> schedulers = new ArrayList<>();

	private final Map<String, Integer> requests = new ConcurrentHashMap<>();

	private final AtomicInteger fired = new AtomicInteger();

	@AfterEach
	void close() {
		this.schedulers.forEach(ThreadPoolTaskScheduler::shutdown);
		this.redis.destroy();
	}

	@Test
	void requestOneRunForEachTimeTheCronNames() {
		for (int node = 0; node < 10; node++) {
			start(Clock.offset(Clock.systemUTC(), Duration.ofMillis(-1500 + 333L * node)));
		}
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.fired.get() >= 20);
		this.schedulers.forEach(ThreadPoolTaskScheduler::shutdown);
		assertThat(this.requests).hasSizeBetween(2, 4);
		assertThat(this.requests.values()).containsOnly(1);
	}

	private void start(Clock clock) {
		RedisRunLedger ledger = ledger();
		ScheduledInvalidation job = new ScheduledInvalidation(new FireTimes(CRON, null, clock),
				(name, remembered) -> request(ledger, name, remembered));
		ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
		scheduler.setClock(clock);
		scheduler.initialize();
		this.schedulers.add(scheduler);
		Future<?> unused = scheduler.schedule(job::invalidateAll, new CronTrigger(CRON));
	}

	private Optional<RunHandle> request(RedisRunLedger ledger, String name, Duration remembered) {
		int made = ledger.requestOnce(UUID.randomUUID().toString(), name, remembered).isPresent() ? 1 : 0;
		this.requests.merge(name, made, Integer::sum);
		this.fired.incrementAndGet();
		return Optional.empty();
	}

	private RedisRunLedger ledger() {
		return new RedisRunLedger(this.redis.template(), this.keys, Duration.ofSeconds(30), Duration.ofMinutes(10), 50);
	}

}
