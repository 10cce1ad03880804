package io.github.cftracker;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Path with the time for which it is to be tracked. Times are relative, so that a store
 * uses only its own clock and the clocks of the nodes do not matter.
 *
 * @param path the path, beginning with {@code /}
 * @param lifetime how long from now; {@link #FOREVER} or longer never expires
 * @param age how long ago the oldest response for the path began to be rendered; zero for
 * a path that was tracked manually. A negative age becomes zero: refusing it would lose
 * the path
 * @param route the MVC mapping that rendered the path, {@code null} if it is not known
 * @param tags the cache tags of the response, as {@link CacheTag} writes them
 */
public record PathLifetime(String path, Duration lifetime, Duration age, @Nullable String route, Set<String> tags) {

	/**
	 * The lifetime of a path that never expires.
	 */
	public static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

	// 292 million years is where milliseconds end; a tenth of that leaves room for sums
	private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE / 10);

	public PathLifetime {
		age = age.isNegative() ? Duration.ZERO : age;
		tags = Set.copyOf(tags);
	}

	/**
	 * Create a lifetime without an age.
	 * @param path the path, beginning with {@code /}
	 * @param lifetime how long from now; {@link #FOREVER} or longer never expires
	 */
	public PathLifetime(String path, Duration lifetime) {
		this(path, lifetime, Duration.ZERO);
	}

	/**
	 * Create a lifetime without a route and tags.
	 * @param path the path, beginning with {@code /}
	 * @param lifetime how long from now; {@link #FOREVER} or longer never expires
	 * @param age how long ago the response began to be rendered
	 */
	public PathLifetime(String path, Duration lifetime, Duration age) {
		this(path, lifetime, age, null, Set.of());
	}

	/**
	 * Return whether the path never expires. True also for a lifetime that milliseconds
	 * cannot express.
	 * @return whether the path never expires
	 */
	public boolean isForever() {
		return isForever(this.lifetime);
	}

	/**
	 * Return whether the lifetime is over.
	 * @return whether it is less than a millisecond
	 */
	public boolean isOver() {
		return this.lifetime.compareTo(Duration.ofMillis(1)) < 0;
	}

	/**
	 * Return whether a path with this lifetime never expires.
	 * @param lifetime the lifetime
	 * @return whether it is {@link #FOREVER} or longer than milliseconds can express
	 */
	public static boolean isForever(Duration lifetime) {
		return lifetime.compareTo(LONGEST) >= 0;
	}

}
