package io.github.cftracker.run;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt: twice as long each time, and somewhere
 * between half and all of it, so that nodes do not come back all at once.
 *
 * @param min the first wait
 * @param max the longest wait
 */
public record Backoff(Duration min, Duration max) {

	Duration afterAttempt(int attempt) {
		long whole = this.max.toMillis();
		int doublings = attempt - 1;
		if (doublings < Long.numberOfLeadingZeros(this.min.toMillis()) - 1) {
			whole = Math.min(whole, this.min.toMillis() << doublings);
		}
		return Duration.ofMillis(whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1));
	}

}
