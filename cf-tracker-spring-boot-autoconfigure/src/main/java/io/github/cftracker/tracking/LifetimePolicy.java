package io.github.cftracker.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.distribution.Ttls;
import org.jspecify.annotations.Nullable;

/**
 * Policy for how long to track a path: as long as CloudFront may serve what it cached.
 *
 * @param mode where lifetimes come from
 * @param defaultLifetime of a response that names none
 * @param ttls the distribution's TTLs. If its DefaultTTL is not known, that is the
 * default lifetime. It determines in every mode whether a response is cached
 * @param grace added to every derived lifetime that the response or the default gives,
 * because CloudFront may serve an expired object while the origin fails. A lifetime of
 * zero stays zero, and MinTTL alone gets no grace
 * @param clock for {@code Expires} without {@code Date}
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html">Manage
 * how long content stays in the cache</a>
 */
public record LifetimePolicy(Mode mode, Duration defaultLifetime, Ttls ttls, Duration grace, Clock clock) {

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
	 * Return this policy for a cache behavior whose TTLs are known.
	 * @param ttls its TTLs
	 * @return the policy, which keeps its default lifetime unless lifetimes are derived
	 */
	LifetimePolicy withTtls(Ttls ttls) {
		return new LifetimePolicy(this.mode, (this.mode == Mode.DERIVED) ? ttls.defaultTtl() : this.defaultLifetime,
				ttls, this.grace, this.clock);
	}

	/**
	 * Return the lifetime of a path about which no response is known.
	 * @return the lifetime
	 */
	public Duration unknown() {
		return switch (this.mode) {
			case DERIVED -> this.ttls.clamp(this.defaultLifetime).plus(this.grace);
			case FIXED -> this.defaultLifetime;
			case NONE -> PathLifetime.FOREVER;
		};
	}

	/**
	 * Return the lifetime of a response that must not be cached: CloudFront caches it
	 * anyway, for MinTTL, if that is greater than zero.
	 * @return the lifetime, zero for none
	 */
	Duration ofForbidden() {
		return kept(this.ttls.clamp(Duration.ZERO), Duration.ZERO);
	}

	/**
	 * Return the lifetime of a response that may be cached.
	 * @return the lifetime, zero if CloudFront does not cache it
	 */
	Duration of(CacheControl cacheControl, ObservedResponse response) {
		Duration stated = stated(cacheControl, response);
		Duration fresh = (cacheControl.certain() || response.expires() != null) ? stated
				: longer(stated, this.ttls.defaultTtl());
		Duration stale = Duration.ofSeconds(cacheControl.stale());
		boolean given = !fresh.isZero() || !stale.isZero();
		return kept(this.ttls.clamp(this.ttls.clamp(fresh).plus(stale)), given ? this.grace : Duration.ZERO);
	}

	/**
	 * Return the lifetime of an error, which CloudFront caches for its error TTL or for
	 * the lifetime in the response, whichever is longer, and never serves after that.
	 * @return the lifetime, zero if it is not cached for longer than CloudFront caches
	 * any error
	 */
	Duration ofError(CacheControl cacheControl, ObservedResponse response, Duration errorTtl) {
		Duration stated = cacheControl.forbidden() ? Duration.ZERO : stated(cacheControl, response);
		return kept(longer(stated, errorTtl), Duration.ZERO);
	}

	/**
	 * Return the longest lifetime that any response can have.
	 * @return the lifetime, zero if CloudFront caches nothing
	 */
	Duration longest() {
		return kept(this.ttls.max(), this.grace);
	}

	/**
	 * Return the longest lifetime that any reading of the headers gives, zero if they
	 * give none.
	 */
	private Duration stated(CacheControl cacheControl, ObservedResponse response) {
		Duration age = Duration.ofSeconds(Math.max(cacheControl.age(), 0));
		return (cacheControl.certain() || response.expires() == null) ? age
				: longer(age, untilExpires(response.expires(), response.date()));
	}

	private Duration untilExpires(String expires, @Nullable String date) {
		Instant now = this.clock.instant();
		SortedSet<Instant> ends = HttpDate.readings(expires, now);
		// RFC 9111, 5.3: an invalid date, especially "0", is in the past
		return ends.isEmpty() ? Duration.ZERO : Duration.between(start(date, now), ends.last());
	}

	private static Instant start(@Nullable String date, Instant now) {
		SortedSet<Instant> starts = (date != null) ? HttpDate.readings(date, now) : Collections.emptySortedSet();
		if (date == null || starts.isEmpty()) {
			return now;
		}
		Instant start = starts.first();
		// A date that is ignored does not shorten the lifetime
		return (start.isAfter(now) && !HttpDate.isStandard(date, start)) ? now : start;
	}

	private Duration kept(Duration cached, Duration grace) {
		if (cached.isZero()) {
			return Duration.ZERO;
		}
		return (this.mode == Mode.DERIVED) ? cached.plus(grace) : unknown();
	}

	private static Duration longer(Duration first, Duration second) {
		return (first.compareTo(second) > 0) ? first : second;
	}

}
