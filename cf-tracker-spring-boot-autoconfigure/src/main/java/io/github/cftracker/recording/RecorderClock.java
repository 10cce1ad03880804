package io.github.cftracker.recording;

import java.time.Duration;

import io.github.cftracker.PathLifetime;

/**
 * Milliseconds since the recorder was made. Times in the buffer are by it, so that the
 * time an entry waits counts as lived.
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
	 * A deadline, rounded up to whole seconds if it is a minute away or more: the
	 * requests of a second then have the same.
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
	 * What is left, of a minute and more rounded up to whole seconds: the paths of a
	 * flush then have few different lifetimes, which the store writes faster.
	 */
	static Duration roughlyRemaining(long deadline, long now) {
		long millis = deadline - now;
		return (deadline == PendingChange.FOREVER || millis < A_MINUTE) ? remaining(deadline, now)
				: Duration.ofSeconds((millis + 999) / 1000);
	}

	/**
	 * A millisecond more than the difference, because both times are rounded down: a
	 * response that passes for younger than it is would not be invalidated again.
	 */
	static Duration age(long startedAt, long now) {
		return (startedAt == PendingChange.NO_RESPONSE) ? Duration.ZERO : Duration.ofMillis(now - startedAt + 1);
	}

}
