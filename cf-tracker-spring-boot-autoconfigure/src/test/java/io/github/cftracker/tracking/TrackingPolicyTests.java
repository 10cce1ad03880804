package io.github.cftracker.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;

import io.github.cftracker.tracking.LifetimePolicy.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TrackingPolicyTests {

	private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

	private static final Duration DEFAULT = Duration.ofHours(24);

	private final TrackingPolicy policy = new TrackingPolicy(Set.of("GET", "head"), lifetimes(Duration.ZERO));

	@ParameterizedTest
	@ValueSource(ints = { 200, 201, 203, 204, 206, 299, 300, 301, 302, 303, 304 })
	void tracksForDefaultLifetime(int status) {
		assertThat(decide(status, null)).isEqualTo(Decision.track(DEFAULT));
	}

	@ParameterizedTest
	@ValueSource(ints = { 307, 308 })
	void tracksTemporaryRedirectOnlyWithMaxAge(int status) {
		assertThat(decide(status, null)).isEqualTo(Decision.IGNORE);
		assertThat(decide(status, "public")).isEqualTo(Decision.IGNORE);
		assertThat(this.policy.decide(status, null, "Sun, 22 Nov 2026 12:01:00 GMT", null)).isEqualTo(Decision.IGNORE);
		assertThat(decide(status, "max-age=60")).isEqualTo(Decision.track(Duration.ofSeconds(60)));
		assertThat(decide(status, "s-maxage=60")).isEqualTo(Decision.track(Duration.ofSeconds(60)));
		assertThat(decide(status, "max-age=60, private")).isEqualTo(Decision.IGNORE);
	}

	@ParameterizedTest
	@ValueSource(
			ints = { 0, 100, 199, 400, 401, 403, 405, 406, 409, 410, 412, 414, 415, 429, 500, 501, 502, 503, 504, 599 })
	void ignoresStatus(int status) {
		assertThat(decide(status, null)).isEqualTo(Decision.IGNORE);
		assertThat(decide(status, "max-age=60")).isEqualTo(Decision.IGNORE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "public", "max-age=60", "no-store", "private", "max-age=0" })
	void takes404ForNotFoundWhateverTheHeaders(String cacheControl) {
		assertThat(decide(404, cacheControl)).isEqualTo(Decision.NOT_FOUND);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			200 | no-store               | -
			200 | private                | -
			200 | no-cache               | -
			200 | max-age=60, no-store   | -
			301 | no-store               | -
			304 | private                | -
			200 | max-age=60             | 60
			200 | s-maxage=5, max-age=60 | 5
			304 | max-age=60             | 60
			301 | max-age=60             | 60
			200 | max-age=0              | -
			200 | s-maxage=0, max-age=60 | -
			200 | max-age=99999999999    | 31536000
			200 | no-cache="set-cookie"  | 86400
			200 | must-revalidate        | 86400
			""")
	void readsCacheControl(int status, String cacheControl, Long seconds) {
		Decision expected = (seconds != null) ? Decision.track(Duration.ofSeconds(seconds)) : Decision.IGNORE;
		assertThat(decide(status, cacheControl)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			Sun, 22 Nov 2026 12:01:00 GMT | -                             | 60
			Sun, 22 Nov 2026 12:01:00 GMT | Sun, 22 Nov 2026 12:00:30 GMT | 30
			Sun, 22 Nov 2026 11:00:00 GMT | -                             | -
			0                             | -                             | -
			""")
	void readsExpires(String expires, String date, Long seconds) {
		Decision expected = (seconds != null) ? Decision.track(Duration.ofSeconds(seconds)) : Decision.IGNORE;
		assertThat(this.policy.decide(200, null, expires, date)).isEqualTo(expected);
	}

	@Test
	void tracksForGraceWhatExpiresAtOnce() {
		TrackingPolicy graceful = new TrackingPolicy(Set.of("GET"), lifetimes(Duration.ofHours(1)));
		assertThat(graceful.decide(200, "max-age=0", null, null)).isEqualTo(Decision.track(Duration.ofHours(1)));
		assertThat(graceful.decide(200, null, "0", null)).isEqualTo(Decision.track(Duration.ofHours(1)));
	}

	@Test
	void considersTheGivenMethods() {
		assertThat(this.policy.considers("GET")).isTrue();
		assertThat(this.policy.considers("HEAD")).isTrue();
		assertThat(this.policy.considers("POST")).isFalse();
		assertThat(this.policy.considers("OPTIONS")).isFalse();
	}

	@Test
	void takesMethodsOfARequestAsTheyAre() {
		assertThat(this.policy.considers("get")).isFalse();
	}

	private Decision decide(int status, String cacheControl) {
		return this.policy.decide(status, cacheControl, null, null);
	}

	private static LifetimePolicy lifetimes(Duration grace) {
		return new LifetimePolicy(Mode.DERIVED, DEFAULT, Duration.ZERO, Duration.ofDays(365), grace, NOON);
	}

	@Test
	void tracksWhatMustNotBeCachedWhereMinTtlHasItCachedAllTheSame() {
		LifetimePolicy lifetimes = new LifetimePolicy(LifetimePolicy.Mode.DERIVED, Duration.ofHours(24),
				Duration.ofMinutes(5), Duration.ofDays(365), Duration.ofHours(1), Clock.systemUTC());
		assertThat(new TrackingPolicy(Set.of("GET"), lifetimes).decide(200, "no-store, max-age=9999", null, null))
			.isEqualTo(Decision.track(Duration.ofMinutes(65)));
	}

}
