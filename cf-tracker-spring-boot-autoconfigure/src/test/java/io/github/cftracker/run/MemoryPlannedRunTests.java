package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;

import io.github.cftracker.UrlStore;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.memory.MemoryUrlStore;

class MemoryPlannedRunTests extends PlannedRunContractTests {

	@Override
	UrlStore createStore() {
		return new MemoryUrlStore(Clock.systemUTC(), PATTERNS, 1_000_000);
	}

	@Override
	RunLedger createLedger(Clock clock) {
		return new MemoryRunLedger(this.store, 50, Duration.ofMinutes(10), PATTERNS, clock);
	}

}
