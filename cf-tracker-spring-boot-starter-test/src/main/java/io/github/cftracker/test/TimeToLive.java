package io.github.cftracker.test;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

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

	private final Clock clock;

	TimeToLive(TtlLimits limits, Map<Integer, Duration> errorTtls, Clock clock) {
		this.limits = limits;
		this.errorTtls = errorTtls;
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
		if (forbidsCaching(response)) {
			return Duration.ZERO;
		}
		Duration maxAge = maxAge(response);
		return (maxAge != null) ? maxAge : expires(response);
	}

	private static @Nullable Duration maxAge(OriginResponse response) {
		if (forbidsCaching(response)) {
			return null;
		}
		Duration sharedMaxAge = seconds(response.cacheDirective("s-maxage"));
		return (sharedMaxAge != null) ? sharedMaxAge : seconds(response.cacheDirective("max-age"));
	}

	private @Nullable Duration expires(OriginResponse response) {
		String expires = response.header("Expires");
		if (expires == null) {
			return null;
		}
		try {
			Instant at = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(expires));
			return Duration.between(this.clock.instant(), at);
		}
		catch (DateTimeException ex) {
			// RFC 9111, 5.3: an invalid date, "0" above all, means already expired
			return Duration.ZERO;
		}
	}

	private static boolean forbidsCaching(OriginResponse response) {
		return Stream.of("no-store", "no-cache", "private").anyMatch((name) -> response.cacheDirective(name) != null);
	}

	private static @Nullable Duration seconds(@Nullable String value) {
		if (value == null || !value.matches("\\d{1,18}")) {
			return null;
		}
		return Duration.ofSeconds(Long.parseLong(value));
	}

}
