package io.github.cftracker.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.distribution.Ttls;
import io.github.cftracker.tracking.LifetimePolicy.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LifetimePolicyTests {

	private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

	private static final String IN_ONE_MINUTE = "Sun, 22 Nov 2026 12:01:00 GMT";

	private static final String TEN_SECONDS_AGO = "Sun, 22 Nov 2026 11:59:50 GMT";

	private final LifetimePolicy policy = derived(Duration.ZERO, Duration.ofDays(365), Duration.ZERO);

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			s-maxage=5, max-age=10 | 5
			max-age=10             | 10
			public                 | 60
			max-age=soon           | 60
			s-maxage=0, max-age=10 | 0
			""")
	void prefersSharedMaxAgeOverMaxAgeOverExpires(String cacheControl, long seconds) {
		assertThat(of(this.policy, cacheControl, IN_ONE_MINUTE, null)).hasSeconds(seconds);
	}

	@Test
	void takesDefaultWhereResponseNamesNone() {
		assertThat(of(null)).isEqualTo(Duration.ofHours(24));
		assertThat(this.policy.unknown()).isEqualTo(Duration.ofHours(24));
	}

	@Test
	void countsExpiresFromDate() {
		assertThat(of(this.policy, null, IN_ONE_MINUTE, TEN_SECONDS_AGO)).hasSeconds(70);
	}

	@Test
	void countsExpiresFromNowWithoutDate() {
		assertThat(of(this.policy, null, IN_ONE_MINUTE, null)).hasSeconds(60);
		assertThat(of(this.policy, null, IN_ONE_MINUTE, "lately")).hasSeconds(60);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "", "tomorrow", TEN_SECONDS_AGO, "Thu, 01 Jan 1970 00:00:00 GMT" })
	void takesExpiresThatIsPastOrNoDateForZero(String expires) {
		assertThat(of(this.policy, null, expires, null)).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Sun, 22 Nov 2026 12:01:00 GMT   | Sun, 22 Nov 2026 11:59:50 GMT    | 70
			Sunday, 22-Nov-26 12:01:00 GMT  | Sunday, 22-Nov-26 11:59:50 GMT   | 70
			Sun Nov 22 12:01:00 2026        | Sun Nov 22 11:59:50 2026         | 70
			Sun, 22-Nov-2026 12:01:00 UTC   | Sun, 22-Nov-2026 11:59:50 UTC    | 70
			# a date of the standard in the future counts, another one does not
			Sun, 22 Nov 2026 12:01:00 GMT   | Sun, 22 Nov 2026 12:00:10 GMT    | 50
			Sun, 22 Nov 2026 12:01:00 GMT   | Sunday, 22-Nov-26 12:00:10 GMT   | 50
			Sun, 22 Nov 2026 12:01:00 GMT   | Mon, 22 Nov 2026 12:00:10 GMT    | 60
			Sun, 22 Nov 2026 12:01:00 GMT   | 2026-11-22T12:00:10Z             | 60
			# the longest that the time zone allows
			Sun, 22 Nov 2026 12:01:00 -0100 | Sun, 22 Nov 2026 11:59:50 GMT    | 3670
			Sun, 22 Nov 2026 12:01:00 GMT   | Sun, 22 Nov 2026 11:59:50 +0100  | 3670
			Sun, 22 Nov 2026 12:01:00 GMT   | Sun, 22 Nov 2026 12:00:10 -0100  | 60
			""")
	void readsDatesForTheLongestLifetime(String expires, String date, long seconds) {
		assertThat(of(this.policy, null, expires, date)).hasSeconds(seconds);
	}

	@Test
	void takesTheLongestOfMalformedCacheControlAndExpires() {
		assertThat(of(this.policy, "max-age=5; public", IN_ONE_MINUTE, null)).hasSeconds(60);
		assertThat(of(this.policy, "max-age=90; public", IN_ONE_MINUTE, null)).hasSeconds(90);
		assertThat(of(this.policy, "max-age=90; public", "0", null)).hasSeconds(90);
		assertThat(of("max-age=90; public")).isEqualTo(Duration.ofHours(24));
		assertThat(of("max-age=604800; public")).isEqualTo(Duration.ofDays(7));
	}

	@Test
	void aMaxTtlOfZeroLeavesNothing() {
		LifetimePolicy nothing = derived(Duration.ZERO, Duration.ZERO, Duration.ofHours(1));
		assertThat(of(nothing, "max-age=60", null, null)).isZero();
		assertThat(nothing.longest()).isZero();
	}

	@Test
	void clampsAndAddsGrace() {
		LifetimePolicy clamped = derived(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofMinutes(5));
		assertThat(of(clamped, "max-age=1", null, null)).hasMinutes(1 + 5);
		assertThat(of(clamped, "max-age=120", null, null)).hasMinutes(2 + 5);
		assertThat(of(clamped, "max-age=36000", null, null)).hasMinutes(60 + 5);
		assertThat(of(clamped, null, "0", null)).hasMinutes(1);
		assertThat(clamped.ofForbidden()).hasMinutes(1);
		assertThat(clamped.longest()).hasMinutes(60 + 5);
		assertThat(clamped.unknown()).hasMinutes(60 + 5);
	}

	@Test
	void doesNotOverflow() {
		assertThat(of("max-age=99999999999999999999")).isEqualTo(Duration.ofDays(365));
		assertThat(of(this.policy, null, "Fri, 31 Dec 9999 23:59:59 GMT", null)).isEqualTo(Duration.ofDays(365));
	}

	@ParameterizedTest
	@EnumSource(value = Mode.class, names = { "FIXED", "NONE" })
	void zeroIsZeroInEveryMode(Mode mode) {
		LifetimePolicy lifetimes = new LifetimePolicy(mode, Duration.ofHours(2),
				new Ttls(Duration.ZERO, Duration.ofHours(2), Duration.ofDays(1)), Duration.ofHours(1), NOON);
		assertThat(of(lifetimes, "max-age=0", null, null)).isZero();
		assertThat(of(lifetimes, null, TEN_SECONDS_AGO, null)).isZero();
		assertThat(lifetimes.ofForbidden()).isZero();
		assertThat(lifetimes.longest()).isEqualTo(lifetimes.unknown());
	}

	@ParameterizedTest
	@ValueSource(strings = { "max-age=1", "s-maxage=99999999", "public" })
	void fixedIsTheDefaultAsItIs(String cacheControl) {
		LifetimePolicy fixed = new LifetimePolicy(Mode.FIXED, Duration.ofHours(2),
				new Ttls(Duration.ofHours(3), Duration.ofHours(2), Duration.ofHours(1)), Duration.ofHours(1), NOON);
		assertThat(of(fixed, cacheControl, IN_ONE_MINUTE, null)).isEqualTo(Duration.ofHours(2));
		assertThat(fixed.unknown()).isEqualTo(Duration.ofHours(2));
	}

	@ParameterizedTest
	@ValueSource(strings = { "max-age=1", "s-maxage=1", "public" })
	void noneIsForever(String cacheControl) {
		LifetimePolicy none = new LifetimePolicy(Mode.NONE, Duration.ofHours(2),
				new Ttls(Duration.ZERO, Duration.ofHours(2), Duration.ofHours(1)), Duration.ofHours(1), NOON);
		assertThat(of(none, cacheControl, IN_ONE_MINUTE, null)).isEqualTo(PathLifetime.FOREVER);
		assertThat(none.unknown()).isEqualTo(PathLifetime.FOREVER);
	}

	@ParameterizedTest
	@EnumSource(Mode.class)
	void everyModeAgreesAboutAResponseThatNamesNone(Mode mode) {
		LifetimePolicy lifetimes = new LifetimePolicy(mode, Duration.ofHours(2),
				new Ttls(Duration.ZERO, Duration.ofHours(2), Duration.ofDays(1)), Duration.ofHours(1), NOON);
		assertThat(of(lifetimes, null, null, null)).isEqualTo(lifetimes.unknown());
	}

	private static Duration of(LifetimePolicy policy, String cacheControl, String expires, String date) {
		return policy.of(CacheControl.of(cacheControl),
				new ObservedResponse(200, cacheControl, expires, date, null, false));
	}

	private Duration of(String cacheControl) {
		return of(this.policy, cacheControl, null, null);
	}

	private static LifetimePolicy derived(Duration min, Duration max, Duration grace) {
		return new LifetimePolicy(Mode.DERIVED, Duration.ofHours(24), new Ttls(min, Duration.ofHours(24), max), grace,
				NOON);
	}

}
