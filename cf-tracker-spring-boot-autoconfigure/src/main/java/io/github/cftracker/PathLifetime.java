package io.github.cftracker;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * A path and how long from now it is to be tracked.
 *
 * @param path the path, beginning with {@code /}
 * @param lifetime how long from now; {@link #FOREVER} or longer never expires
 */
public record PathLifetime(String path, Duration lifetime) {

	/**
	 * The lifetime of a path that never expires.
	 */
	public static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

	// 292 million years is where milliseconds end; a tenth of that leaves room for sums
	private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE / 10);

	/**
	 * Whether the path never expires. True also for lifetimes beyond what milliseconds
	 * can count.
	 * @return whether the path never expires
	 */
	public boolean isForever() {
		return isForever(this.lifetime);
	}

	/**
	 * Whether nothing is left of the lifetime.
	 * @return whether it is less than a millisecond
	 */
	public boolean isOver() {
		return this.lifetime.compareTo(Duration.ofMillis(1)) < 0;
	}

	/**
	 * Whether a path with this lifetime never expires.
	 * @param lifetime the lifetime
	 * @return whether it is {@link #FOREVER} or beyond what milliseconds can count
	 */
	public static boolean isForever(Duration lifetime) {
		return lifetime.compareTo(LONGEST) >= 0;
	}

}
