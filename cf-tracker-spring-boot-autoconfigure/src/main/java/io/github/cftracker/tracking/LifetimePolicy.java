package io.github.cftracker.tracking;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

import io.github.cftracker.PathLifetime;
import org.jspecify.annotations.Nullable;

/**
 * How long a path is tracked: as long as CloudFront may serve what it cached.
 *
 * @param mode where lifetimes come from
 * @param defaultLifetime of a response that names none
 * @param min the distribution's MinTTL
 * @param max the distribution's MaxTTL
 * @param grace added to every derived lifetime, because CloudFront goes on serving an
 * expired object while the origin fails
 * @param clock for {@code Expires} without {@code Date}
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html">Manage
 * how long content stays in the cache</a>
 */
public record LifetimePolicy(Mode mode, Duration defaultLifetime, Duration min, Duration max, Duration grace,
		Clock clock) {

	/**
	 * Where lifetimes come from.
	 */
	public enum Mode {

		/**
		 * From the response: s-maxage, else max-age, else Expires, else the default.
		 */
		DERIVED,

		/**
		 * Always the default.
		 */
		FIXED,

		/**
		 * Paths never expire.
		 */
		NONE

	}

	/**
	 * The same policy for a cache behavior whose own TTLs are known.
	 * @param min its MinTTL
	 * @param defaultTtl its DefaultTTL
	 * @param max its MaxTTL
	 * @return the policy, which goes by MinTTL alone unless lifetimes are derived
	 */
	LifetimePolicy withTtls(Duration min, Duration defaultTtl, Duration max) {
		boolean derived = this.mode == Mode.DERIVED;
		return new LifetimePolicy(this.mode, derived ? defaultTtl : this.defaultLifetime, min, derived ? max : this.max,
				this.grace, this.clock);
	}

	/**
	 * The lifetime of a path about which no response is known.
	 * @return the lifetime
	 */
	Duration unknown() {
		return switch (this.mode) {
			case DERIVED -> withGrace(clamped(this.defaultLifetime));
			case FIXED -> this.defaultLifetime;
			case NONE -> PathLifetime.FOREVER;
		};
	}

	/**
	 * The lifetime of a response that must not be cached: CloudFront caches it all the
	 * same, for MinTTL, where that is over zero.
	 * @return the lifetime, zero for none
	 */
	Duration ofForbidden() {
		if (this.min.isZero()) {
			return Duration.ZERO;
		}
		return (this.mode == Mode.DERIVED) ? withGrace(this.min) : unknown();
	}

	Duration of(CacheControl cacheControl, @Nullable String expires, @Nullable String date) {
		if (this.mode != Mode.DERIVED) {
			return unknown();
		}
		Duration fresh = stated(cacheControl, expires, date);
		return withGrace(clamped(clamped((fresh != null) ? fresh : this.defaultLifetime)
			.plus(Duration.ofSeconds(cacheControl.stale()))));
	}

	/**
	 * The lifetime of an error that CloudFront caches for the longer of its error TTL and
	 * what the response says, and never serves after that.
	 * @return the lifetime, zero if it is not cached for longer than CloudFront caches
	 * any error
	 */
	Duration ofError(CacheControl cacheControl, @Nullable String expires, @Nullable String date, Duration errorTtl) {
		Duration stated = cacheControl.forbidden() ? null : stated(cacheControl, expires, date);
		Duration cached = (stated != null && stated.compareTo(errorTtl) > 0) ? stated : errorTtl;
		return (cached.isZero() || this.mode == Mode.DERIVED) ? cached : unknown();
	}

	private @Nullable Duration stated(CacheControl cacheControl, @Nullable String expires, @Nullable String date) {
		if (cacheControl.age() != -1) {
			return Duration.ofSeconds(cacheControl.age());
		}
		return (expires != null) ? untilExpires(expires, date) : null;
	}

	private Duration untilExpires(String expires, @Nullable String date) {
		Instant end = parse(expires);
		// RFC 9111, 5.3: what is no date, "0" above all, is in the past
		if (end == null) {
			return Duration.ZERO;
		}
		Instant start = (date != null) ? parse(date) : null;
		return Duration.between((start != null) ? start : this.clock.instant(), end);
	}

	private static @Nullable Instant parse(String date) {
		try {
			return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private Duration clamped(Duration lifetime) {
		Duration atLeast = (lifetime.compareTo(this.min) < 0) ? this.min : lifetime;
		return (atLeast.compareTo(this.max) > 0) ? this.max : atLeast;
	}

	private Duration withGrace(Duration lifetime) {
		return lifetime.plus(this.grace);
	}

}
