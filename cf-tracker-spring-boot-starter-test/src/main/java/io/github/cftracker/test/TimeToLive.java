package io.github.cftracker.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How long an answer of the origin is cached: CloudFront's rules with the limits of a
 * behavior and the error TTLs of the distribution.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html">Manage
 * how long content stays in the cache</a>
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html">How
 * CloudFront processes HTTP 4xx and 5xx status codes</a>
 */
final class TimeToLive {

	private static final Duration ERROR_MIN = Duration.ofSeconds(10);

	private static final Set<Integer> ERRORS_ALWAYS_CACHED = Set.of(404, 414, 500, 501, 502, 503, 504);

	private static final Set<Integer> ERRORS_CACHED_WITH_MAX_AGE = Set.of(400, 403, 405, 412, 415);

	private final TtlLimits limits;

	private final Map<Integer, Duration> errorTtls;

	private final boolean lenient;

	private final Clock clock;

	/**
	 * Create a time to live within the limits of a behavior.
	 * @param lenient whether a number or date that can be found counts where a header is
	 * malformed
	 */
	TimeToLive(TtlLimits limits, Map<Integer, Duration> errorTtls, boolean lenient, Clock clock) {
		this.limits = limits;
		this.errorTtls = errorTtls;
		this.lenient = lenient;
		this.clock = clock;
	}

	/**
	 * Zero where the answer is not cached.
	 */
	Duration of(OriginResponse response) {
		if (this.limits.max().isZero()) {
			return Duration.ZERO;
		}
		int status = response.status();
		if (status >= 400) {
			return ofError(response, status);
		}
		if (status == 307 || status == 308) {
			Duration maxAge = maxAge(response);
			return (maxAge != null) ? this.limits.clamp(maxAge) : Duration.ZERO;
		}
		if (status >= 200 && status <= 303 && status != 206) {
			Duration stated = stated(response);
			return this.limits.clamp((stated != null) ? stated : this.limits.defaultTtl());
		}
		return Duration.ZERO;
	}

	private Duration ofError(OriginResponse response, int status) {
		if (ERRORS_ALWAYS_CACHED.contains(status)) {
			return atLeast(this.errorTtls.getOrDefault(status, ERROR_MIN), stated(response));
		}
		Duration maxAge = maxAge(response);
		if (ERRORS_CACHED_WITH_MAX_AGE.contains(status) && maxAge != null && !maxAge.isZero()) {
			return atLeast(this.errorTtls.getOrDefault(status, Duration.ZERO), maxAge);
		}
		return Duration.ZERO;
	}

	private Duration atLeast(Duration errorTtl, @Nullable Duration stated) {
		if (stated == null) {
			return errorTtl;
		}
		return TtlLimits.longest(errorTtl, TtlLimits.shortest(stated, this.limits.max()));
	}

	private @Nullable Duration stated(OriginResponse response) {
		if (cacheControl(response).forbidsCaching()) {
			return Duration.ZERO;
		}
		Duration maxAge = maxAge(response);
		return (maxAge != null) ? maxAge : expires(response);
	}

	private @Nullable Duration maxAge(OriginResponse response) {
		CacheControl cacheControl = cacheControl(response);
		return cacheControl.forbidsCaching() ? null : cacheControl.maxAge();
	}

	private CacheControl cacheControl(OriginResponse response) {
		return CacheControl.of(response, this.lenient);
	}

	private @Nullable Duration expires(OriginResponse response) {
		String expires = response.header("Expires");
		if (expires == null) {
			return null;
		}
		Instant now = this.clock.instant();
		Instant at = HttpDate.parse(expires, now);
		if (at == null && this.lenient) {
			at = HttpDate.find(expires, now);
		}
		// RFC 9111, 5.3: an invalid date, "0" above all, means already expired
		return (at != null) ? Duration.between(now, at) : Duration.ZERO;
	}

}
