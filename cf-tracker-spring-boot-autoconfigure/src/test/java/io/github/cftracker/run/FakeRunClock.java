package io.github.cftracker.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * Clock whose waits are controlled by a test.
 */
record FakeRunClock(InstantSource time, Predicate<Duration> waits) implements RunClock {

	@Override
	public Instant instant() {
		return this.time.instant();
	}

	@Override
	public boolean await(Duration duration) {
		return this.waits.test(duration);
	}

}
