package io.github.cftracker.run;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Exponential backoff with jitter: the wait doubles with each attempt, and up to half of
 * it is left out at random, so that nodes do not retry at the same time.
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
