package io.github.cftracker.tracking;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HttpDateTests {

	private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

	private static final Instant DATE = Instant.parse("2026-10-21T07:28:00Z");

	@ParameterizedTest
	@ValueSource(strings = { "Wed, 21 Oct 2026 07:28:00 GMT", "Wednesday, 21-Oct-26 07:28:00 GMT",
			"Wed Oct 21 07:28:00 2026" })
	void readsTheFormatsOfTheStandard(String text) {
		assertThat(HttpDate.readings(text, NOW)).containsExactly(DATE);
		assertThat(HttpDate.isStandard(text, DATE)).isTrue();
	}

	@Test
	void readsADayOfOneDigitInAsctime() {
		Instant date = Instant.parse("2026-10-01T07:28:00Z");
		assertThat(HttpDate.readings("Thu Oct  1 07:28:00 2026", NOW)).containsExactly(date);
		assertThat(HttpDate.isStandard("Thu Oct  1 07:28:00 2026", date)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Mon, 21 Oct 2026 07:28:00 GMT", "Wed, 21-Oct-2026 07:28:00 GMT",
			"Wed, 21 Oct 2026 07:28:00 UTC", "Wed, 21 Oct 2026 07:28:00 +0000", "Wed, 21 Oct 2026 07:28:00 +00:00",
			"Wed, 21 Oct 2026 07:28:00", "21 Oct 2026 07:28:00 GMT", "wed, 21 oct 2026 07:28:00 gmt",
			"Wed, 21 Oct 2026 7:28:00 GMT", "Wed,  21  Oct  2026  07:28:00  GMT", "Wed,21 Oct 2026 07:28:00GMT",
			"Wed, 21 Oct 2026 07:28 GMT", "Wednesday, 21 October 2026 07:28:00 GMT", "Wed, 21 Oct 26 07:28:00 GMT",
			"Mon, 21-Oct-26 07:28:00 GMT", "Wed Oct 21 07:28:00 UTC 2026", "2026-10-21T07:28:00Z",
			"2026-10-21T07:28:00.000Z", "2026-10-21 07:28:00", "Wed, 51 Sep 2026 07:28:00 GMT",
			"Wed, 21 Oct 2026 07:27:60 GMT", "\"Wed, 21 Oct 2026 07:28:00 GMT\"" })
	void readsOtherFormats(String text) {
		assertThat(HttpDate.readings(text, NOW)).containsExactly(DATE);
		assertThat(HttpDate.isStandard(text, DATE)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Wed, 21 Oct 2026", "2026-10-21" })
	void readsADateWithoutATime(String text) {
		assertThat(HttpDate.readings(text, NOW)).containsExactly(Instant.parse("2026-10-21T00:00:00Z"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "-1", "3600", "1792567680", "soon", "Wed, 21 Foo 2026 07:28:00 GMT",
			"2026-13-21T07:28:00Z", "21 Oct", "07:28:00", "Oct 2026" })
	void findsNoDate(String text) {
		assertThat(HttpDate.readings(text, NOW)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Wed, 21 Oct 2026 07:28:00 +0200     | 2026-10-21T05:28:00Z | 2026-10-21T07:28:00Z
			Wed, 21 Oct 2026 07:28:00 -0530     | 2026-10-21T07:28:00Z | 2026-10-21T12:58:00Z
			Wed, 21 Oct 2026 07:28:00 GMT-0530  | 2026-10-21T07:28:00Z | 2026-10-21T12:58:00Z
			2026-10-21T07:28:00+02:00           | 2026-10-21T05:28:00Z | 2026-10-21T07:28:00Z
			Wed, 21 Oct 2026 07:28:00 EST       | 2026-10-20T17:28:00Z | 2026-10-21T19:28:00Z
			Wed Oct 21 07:28:00 CEST 2026       | 2026-10-20T17:28:00Z | 2026-10-21T19:28:00Z
			""")
	void readsATimeZoneInSeveralWays(String text, Instant first, Instant last) {
		assertThat(HttpDate.readings(text, NOW).first()).isEqualTo(first);
		assertThat(HttpDate.readings(text, NOW).last()).isEqualTo(last);
	}

	@Test
	void readsEveryDate() {
		assertThat(HttpDate.readings("0, Wed, 21 Oct 2026 07:28:00 GMT, Wed, 21 Oct 2020 07:28:00 GMT", NOW))
			.containsExactly(Instant.parse("2020-10-21T07:28:00Z"), DATE);
	}

	@ParameterizedTest
	@CsvSource({ "26-11-22, 26, 2026-11-22", "26-11-22, 76, 2076-11-22", "26-11-22, 77, 1977-11-22",
			"26-11-21, 76, 1976-11-22", "26-11-22, 00, 2000-11-22", "80-11-22, 10, 2110-11-22",
			"80-11-22, 31, 2031-11-22" })
	void readsAYearOfTwoDigitsAsAtMost50YearsAhead(String today, String year, String expected) {
		Instant now = Instant.parse("20" + today + "T12:00:00Z");
		assertThat(HttpDate.readings("Sunday, 22-Nov-" + year + " 12:00:00 GMT", now))
			.containsExactly(Instant.parse(expected + "T12:00:00Z"));
	}

	@Test
	void keepsALeapDayOfAYearOfTwoDigits() {
		assertThat(HttpDate.readings("Tuesday, 29-Feb-00 12:00:00 GMT", NOW))
			.containsExactly(Instant.parse("2000-02-29T12:00:00Z"));
	}

}
