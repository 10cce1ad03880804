package io.github.cftracker.test;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * How long an answer of the origin is cached: CloudFront's rules with a minimum TTL of 0
 * and a maximum of 365 days.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html">Manage
 * how long content stays in the cache</a>
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html">How
 * CloudFront processes HTTP 4xx and 5xx status codes</a>
 */
final class TimeToLive {

	private static final Duration MAX = Duration.ofDays(365);

	private static final Duration ERROR_MIN = Duration.ofSeconds(10);

	private static final Set<Integer> ERRORS_ALWAYS_CACHED = Set.of(404, 414, 500, 501, 502, 503, 504);

	private static final Set<Integer> CACHED_WITH_MAX_AGE = Set.of(307, 308, 400, 403, 405, 412, 415);

	private final Duration defaultTtl;

	private final Clock clock;

	TimeToLive(Duration defaultTtl, Clock clock) {
		this.defaultTtl = defaultTtl;
		this.clock = clock;
	}

	/**
	 * Zero where the answer is not cached.
	 */
	Duration of(OriginResponse response) {
		Duration ttl = unlimited(response, response.status());
		return (ttl.compareTo(MAX) < 0) ? ttl : MAX;
	}

	private Duration unlimited(OriginResponse response, int status) {
		if (ERRORS_ALWAYS_CACHED.contains(status)) {
			return longer(ERROR_MIN, stated(response));
		}
		if (CACHED_WITH_MAX_AGE.contains(status)) {
			return longer(Duration.ZERO, maxAge(response));
		}
		if (status >= 200 && status <= 303 && status != 206) {
			Duration stated = stated(response);
			return longer(Duration.ZERO, (stated != null) ? stated : this.defaultTtl);
		}
		return Duration.ZERO;
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

	private static Duration longer(Duration first, @Nullable Duration second) {
		return (second != null && second.compareTo(first) > 0) ? second : first;
	}

}
