package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

import io.github.cftracker.PathPatterns;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.memory.MemoryUrlStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StoreTimeTests {

	@Test
	void addsElapsedTimeToStoreClock() {
		Instant stored = Instant.parse("2001-01-01T00:00:00Z");
		Clock clock = Clock.fixed(stored, ZoneOffset.UTC);
		AtomicLong nanos = new AtomicLong(-5);
		Lease lease = new MemoryRunLedger(new MemoryUrlStore(clock), 50, Duration.ofMinutes(10), PathPatterns.UNKNOWN,
				clock)
			.acquire();
		StoreTime time = new StoreTime(lease, nanos::get);
		time.read();
		assertThat(time.instant()).isEqualTo(stored);
		nanos.addAndGet(Duration.ofMinutes(3).toNanos());
		assertThat(time.instant()).isEqualTo(stored.plusSeconds(180));
		time.read();
		assertThat(time.instant()).isEqualTo(stored);
	}

}
