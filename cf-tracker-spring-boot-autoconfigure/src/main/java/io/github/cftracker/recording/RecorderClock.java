package io.github.cftracker.recording;

import java.time.Duration;

import io.github.cftracker.PathLifetime;

/**
 * Clock of the buffer, in milliseconds since it was created. With it, the time that a
 * change waits counts as lived.
 */
final class RecorderClock {

	private static final long A_SECOND = 1000;

	private static final long A_MINUTE = 60_000;

	private final long origin = System.nanoTime();

	long now() {
		return millis(System.nanoTime());
	}

	long millis(long nanoTime) {
		return Math.floorDiv(nanoTime - this.origin, 1_000_000);
	}

	long deadline(Duration ttl) {
		if (ttl.isNegative()) {
			return now();
		}
		return PathLifetime.isForever(ttl) ? PendingChange.FOREVER : now() + ttl.toMillis();
	}

	/**
	 * Return a deadline, rounded up to whole seconds if it is a minute away or more, so
	 * that requests of the same second have the same one.
	 */
	long roughDeadline(Duration ttl) {
		long deadline = deadline(ttl);
		return (deadline == PendingChange.FOREVER || ttl.toMillis() < A_MINUTE) ? deadline
				: (deadline + A_SECOND - 1) / A_SECOND * A_SECOND;
	}

	static Duration remaining(long deadline, long now) {
		return (deadline == PendingChange.FOREVER) ? PathLifetime.FOREVER : Duration.ofMillis(deadline - now);
	}

	/**
	 * Return the remaining lifetime, rounded up to whole seconds if it is a minute or
	 * more, so that the paths of a flush have few different ones, which the store writes
	 * faster.
	 */
	static Duration roughlyRemaining(long deadline, long now) {
		long millis = deadline - now;
		return (deadline == PendingChange.FOREVER || millis < A_MINUTE) ? remaining(deadline, now)
				: Duration.ofSeconds((millis + 999) / 1000);
	}

	/**
	 * Return the age of a response, a millisecond more than the difference, because both
	 * times are rounded down: a response that counts as younger than it is would not be
	 * invalidated again.
	 */
	static Duration age(long startedAt, long now) {
		return (startedAt == PendingChange.NO_RESPONSE) ? Duration.ZERO : Duration.ofMillis(now - startedAt + 1);
	}

}
