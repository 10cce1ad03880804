package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import io.github.cftracker.PathPatterns;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.testing.ManualTicker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StoreTimeTests {

	@Test
	void addsElapsedTimeToStoreClock() {
		Instant stored = Instant.parse("2001-01-01T00:00:00Z");
		Clock clock = Clock.fixed(stored, ZoneOffset.UTC);
		ManualTicker ticker = new ManualTicker();
		Lease lease = new MemoryRunLedger(new MemoryUrlStore(clock), 50, Duration.ofMinutes(10), PathPatterns.UNKNOWN,
				clock)
			.acquire();
		StoreTime time = new StoreTime(lease, ticker);
		time.read();
		assertThat(time.instant()).isEqualTo(stored);
		ticker.advance(Duration.ofMinutes(3));
		assertThat(time.instant()).isEqualTo(stored.plusSeconds(180));
		time.read();
		assertThat(time.instant()).isEqualTo(stored);
	}

}
