package io.github.cftracker.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import io.github.cftracker.PathLifetime;
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
		assertThat(this.policy.of(CacheControl.of(cacheControl), IN_ONE_MINUTE, null)).hasSeconds(seconds);
	}

	@Test
	void takesDefaultWhereResponseNamesNone() {
		assertThat(of(null)).isEqualTo(Duration.ofHours(24));
		assertThat(this.policy.unknown()).isEqualTo(Duration.ofHours(24));
	}

	@Test
	void countsExpiresFromDate() {
		assertThat(this.policy.of(CacheControl.of(null), IN_ONE_MINUTE, TEN_SECONDS_AGO)).hasSeconds(70);
	}

	@Test
	void countsExpiresFromNowWithoutDate() {
		assertThat(this.policy.of(CacheControl.of(null), IN_ONE_MINUTE, null)).hasSeconds(60);
		assertThat(this.policy.of(CacheControl.of(null), IN_ONE_MINUTE, "lately")).hasSeconds(60);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "", "tomorrow", TEN_SECONDS_AGO, "Thu, 01 Jan 1970 00:00:00 GMT" })
	void takesExpiresThatIsPastOrNoDateForZero(String expires) {
		assertThat(this.policy.of(CacheControl.of(null), expires, null)).isZero();
	}

	@Test
	void clampsAndAddsGrace() {
		LifetimePolicy clamped = derived(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofMinutes(5));
		assertThat(clamped.of(CacheControl.of("max-age=1"), null, null)).hasMinutes(1 + 5);
		assertThat(clamped.of(CacheControl.of("max-age=120"), null, null)).hasMinutes(2 + 5);
		assertThat(clamped.of(CacheControl.of("max-age=36000"), null, null)).hasMinutes(60 + 5);
		assertThat(clamped.of(CacheControl.of(null), "0", null)).hasMinutes(1 + 5);
		assertThat(clamped.unknown()).hasMinutes(60 + 5);
	}

	@Test
	void doesNotOverflow() {
		assertThat(of("max-age=99999999999999999999")).isEqualTo(Duration.ofDays(365));
		assertThat(this.policy.of(CacheControl.of(null), "Fri, 31 Dec 9999 23:59:59 GMT", null))
			.isEqualTo(Duration.ofDays(365));
	}

	@ParameterizedTest
	@ValueSource(strings = { "max-age=1", "s-maxage=99999999", "public" })
	void fixedIsTheDefaultAsItIs(String cacheControl) {
		LifetimePolicy fixed = new LifetimePolicy(Mode.FIXED, Duration.ofHours(2), Duration.ofHours(3),
				Duration.ofHours(1), Duration.ofHours(1), NOON);
		assertThat(fixed.of(CacheControl.of(cacheControl), IN_ONE_MINUTE, null)).isEqualTo(Duration.ofHours(2));
		assertThat(fixed.unknown()).isEqualTo(Duration.ofHours(2));
	}

	@ParameterizedTest
	@ValueSource(strings = { "max-age=1", "s-maxage=0", "public" })
	void noneIsForever(String cacheControl) {
		LifetimePolicy none = new LifetimePolicy(Mode.NONE, Duration.ofHours(2), Duration.ZERO, Duration.ofHours(1),
				Duration.ofHours(1), NOON);
		assertThat(none.of(CacheControl.of(cacheControl), IN_ONE_MINUTE, null)).isEqualTo(PathLifetime.FOREVER);
		assertThat(none.unknown()).isEqualTo(PathLifetime.FOREVER);
	}

	@ParameterizedTest
	@EnumSource(Mode.class)
	void everyModeAgreesAboutAResponseThatNamesNone(Mode mode) {
		LifetimePolicy lifetimes = new LifetimePolicy(mode, Duration.ofHours(2), Duration.ZERO, Duration.ofDays(1),
				Duration.ofHours(1), NOON);
		assertThat(lifetimes.of(CacheControl.of(null), null, null)).isEqualTo(lifetimes.unknown());
	}

	private Duration of(String cacheControl) {
		return this.policy.of(CacheControl.of(cacheControl), null, null);
	}

	private static LifetimePolicy derived(Duration min, Duration max, Duration grace) {
		return new LifetimePolicy(Mode.DERIVED, Duration.ofHours(24), min, max, grace, NOON);
	}

}
