package io.github.cftracker;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A path, how long from now it is to be tracked, and how long ago the response that put
 * it into the edge began. Both are relative, so that a store goes by one clock, its own,
 * whatever the clocks of the nodes say.
 *
 * @param path the path, beginning with {@code /}
 * @param lifetime how long from now; {@link #FOREVER} or longer never expires
 * @param age how long ago the response that put the path into the edge began to be
 * rendered, the oldest where there were several; zero for a path that was tracked by
 * hand. A negative one becomes zero: refusing it would lose the path
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
