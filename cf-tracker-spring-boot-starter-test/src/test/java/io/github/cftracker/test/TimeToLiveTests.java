package io.github.cftracker.test;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimeToLiveTests {

	private TtlLimits limits = TtlLimits.of(Duration.ofHours(24));

	private Map<Integer, Duration> errorTtls = Map.of();

	private boolean lenient;

	@ParameterizedTest
	@ValueSource(ints = { 200, 201, 203, 204, 299, 300, 301, 302, 303 })
	void cachesForDefaultTtl(int status) {
		assertThat(seconds(status)).isEqualTo(86_400);
	}

	@ParameterizedTest
	@ValueSource(
			ints = { 206, 304, 305, 306, 307, 308, 400, 401, 402, 403, 405, 406, 409, 410, 412, 415, 416, 429, 505 })
	void doesNotCacheByDefault(int status) {
		assertThat(seconds(status)).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 206, 304, 401, 406, 410, 416, 429, 505 })
	void neverCaches(int status) {
		assertThat(seconds(status, "Cache-Control", "max-age=60")).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 307, 308, 400, 403, 405, 412, 415 })
	void cachesOnlyWithMaxAge(int status) {
		assertThat(seconds(status, "Cache-Control", "max-age=60")).isEqualTo(60);
		assertThat(seconds(status, "Cache-Control", "s-maxage=5")).isEqualTo(5);
		assertThat(seconds(status, "Cache-Control", "no-store, max-age=60")).isZero();
		assertThat(seconds(status, "Expires", "Sun, 22 Nov 2026 12:01:00 GMT")).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 404, 414, 500, 501, 502, 503, 504 })
	void cachesErrorForTenSecondsOrMaxAge(int status) {
		assertThat(seconds(status)).isEqualTo(10);
		assertThat(seconds(status, "Cache-Control", "max-age=5")).isEqualTo(10);
		assertThat(seconds(status, "Cache-Control", "max-age=60")).isEqualTo(60);
		assertThat(seconds(status, "Expires", "Sun, 22 Nov 2026 12:01:00 GMT")).isEqualTo(60);
		assertThat(seconds(status, "Cache-Control", "no-store")).isEqualTo(10);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			max-age=60                 | 60
			s-maxage=5, max-age=60     | 5
			max-age=60, s-maxage=5     | 5
			public, MAX-AGE=60         | 60
			max-age="60"               | 60
			max-age = 60               | 60
			max-age=0                  | 0
			s-maxage=0, max-age=60     | 0
			max-age=-1                 | 86400
			max-age=soon               | 86400
			max-age                    | 86400
			max-age=99999999999999999  | 31536000
			max-age=999999999999999999999999 | 31536000
			no-store                   | 0
			no-cache                   | 0
			private                    | 0
			private="x", max-age=60    | 0
			max-age=60, No-Store       | 0
			must-revalidate            | 86400
			""")
	void readsCacheControl(String cacheControl, long seconds) {
		assertThat(seconds(200, "Cache-Control", cacheControl)).isEqualTo(seconds);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Sun, 22 Nov 2026 12:01:00 GMT | 60
			Sun, 22 Nov 2026 12:00:00 GMT | 0
			Sat, 21 Nov 2026 12:00:00 GMT | 0
			Sunday, 22-Nov-26 12:01:00 GMT | 60
			Saturday, 21-Nov-26 12:00:00 GMT | 0
			Sunday, 06-Nov-94 08:49:37 GMT | 0
			Sun Nov 22 12:01:00 2026      | 60
			Tue Dec  1 12:00:00 2026      | 777600
			0                             | 0
			tomorrow                      | 0
			""")
	void readsExpires(String expires, long seconds) {
		assertThat(seconds(200, "Expires", expires)).isEqualTo(seconds);
		this.lenient = true;
		assertThat(seconds(200, "Expires", expires)).isEqualTo(seconds);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			Mon, 22 Nov 2026 12:01:00 GMT     | 60
			Sun, 22-Nov-2026 12:01:00 GMT     | 60
			Sun, 22 Nov 2026 12:01:00 UTC     | 60
			Sun, 22 Nov 2026 12:01:00         | 60
			Sun, 22 Nov 2026 14:01:00 +0200   | 60
			Sun, 22 Nov 26 12:01:00 GMT       | 60
			22 Nov 2026 12:01:00 GMT          | 60
			sun, 22 nov 2026 12:01:00 gmt     | 60
			Sunday, 22 November 2026 12:01:00 | 60
			Monday, 22-Nov-26 12:01:00 GMT    | 60
			Tue, 1 Dec 2026 12:00:00 GMT      | 777600
			Sun Nov 22 12:01:00 UTC 2026      | 60
			Tue Dec 1 12:00:00 2026           | 777600
			2026-11-22T12:01:00Z              | 60
			2026-11-22 12:01:00               | 60
			"Sun, 22 Nov 2026 12:01:00 GMT"   | 60
			Sun, 31 Feb 2027 12:01:00 GMT     | 0
			Sun, 22 Foo 2026 12:01:00 GMT     | 0
			Sun, 22 Nov 2026 25:01:00 GMT     | 0
			-1                                | 0
			3600                              | 0
			""")
	void takesMalformedExpiresAsExpiredOrReadsWhatItFinds(String expires, long lenientSeconds) {
		assertThat(seconds(200, "Expires", expires)).isZero();
		this.lenient = true;
		assertThat(seconds(200, "Expires", expires)).isEqualTo(lenientSeconds);
	}

	@Test
	void takesTwoDigitYearAsAtMostFiftyYearsAhead() {
		this.limits = new TtlLimits(Duration.ZERO, Duration.ZERO, Duration.ofDays(40_000));
		assertThat(seconds(200, "Expires", "Sunday, 22-Nov-76 12:00:00 GMT")).isEqualTo(1_577_923_200);
		assertThat(seconds(200, "Expires", "Monday, 22-Nov-76 12:00:01 GMT")).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			max-age=604800; public   | 604800
			public; max-age=60       | 60
			public max-age=60        | 60
			max-age=60s              | 60
			max-age: 60              | 60
			max-age 60               | 60
			max-age='60'             | 60
			max-age=5.5              | 5
			max-age=-1               | 0
			s-maxage=5; max-age=60   | 5
			max-age=60; s-maxage=5   | 5
			max-age=60; no-store     | 0
			private; max-age=60      | 0
			max-age=soon             | 86400
			x-max-age=60             | 86400
			max-age                  | 86400
			must-revalidate          | 86400
			max-age=60               | 60
			s-maxage=5, max-age=60   | 5
			""")
	void readsMalformedCacheControlLeniently(String cacheControl, long seconds) {
		this.lenient = true;
		assertThat(seconds(200, "Cache-Control", cacheControl)).isEqualTo(seconds);
	}

	@ParameterizedTest
	@ValueSource(strings = { "max-age=604800; public", "public; max-age=60", "public max-age=60", "max-age=60s",
			"max-age: 60", "max-age 60", "max-age='60'", "max-age=5.5", "max-age=-1" })
	void takesMalformedMaxAgeAsAbsent(String cacheControl) {
		assertThat(seconds(200, "Cache-Control", cacheControl)).isEqualTo(86_400);
		assertThat(seconds(200, "Cache-Control", cacheControl, "Expires", "Sun, 22 Nov 2026 12:01:00 GMT"))
			.isEqualTo(60);
	}

	@Test
	void prefersMaxAgeToExpires() {
		assertThat(seconds(200, "Cache-Control", "max-age=5", "Expires", "Sun, 22 Nov 2026 12:01:00 GMT")).isEqualTo(5);
	}

	@Test
	void ignoresSetCookieAndVary() {
		assertThat(seconds(200, "Set-Cookie", "a=b", "Vary", "*")).isEqualTo(86_400);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			200 | no-store             | 60
			200 | private, max-age=90  | 60
			200 | no-cache             | 60
			200 | max-age=5            | 60
			200 | max-age=90           | 90
			200 | max-age=500          | 300
			200 | public               | 120
			307 | max-age=5            | 60
			307 | public               | 0
			206 | max-age=90           | 0
			404 | no-store             | 10
			404 | max-age=20           | 20
			404 | max-age=500          | 300
			""")
	void keepsToLimitsOfBehavior(int status, String cacheControl, long seconds) {
		this.limits = new TtlLimits(Duration.ofSeconds(60), Duration.ofSeconds(120), Duration.ofSeconds(300));
		assertThat(seconds(status, "Cache-Control", cacheControl)).isEqualTo(seconds);
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 302, 308, 403, 404, 503 })
	void cachesNothingWithMaxOfZero(int status) {
		this.limits = new TtlLimits(Duration.ZERO, Duration.ZERO, Duration.ZERO);
		this.errorTtls = Map.of(404, Duration.ofSeconds(60));
		assertThat(seconds(status, "Cache-Control", "max-age=60")).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			404 | public      | 60
			404 | no-store    | 60
			404 | max-age=5   | 60
			404 | max-age=90  | 90
			500 | public      | 0
			500 | max-age=5   | 5
			503 | public      | 10
			403 | public      | 0
			403 | max-age=0   | 0
			403 | no-store    | 0
			403 | max-age=5   | 60
			403 | s-maxage=90 | 90
			400 | max-age=5   | 5
			410 | max-age=5   | 0
			""")
	void keepsErrorForErrorTtlOfItsStatus(int status, String cacheControl, long seconds) {
		this.errorTtls = Map.of(403, Duration.ofSeconds(60), 404, Duration.ofSeconds(60), 410, Duration.ofSeconds(60),
				500, Duration.ZERO);
		assertThat(seconds(status, "Cache-Control", cacheControl)).isEqualTo(seconds);
	}

	private long seconds(int status, String... headers) {
		Map<String, List<String>> values = new LinkedHashMap<>();
		for (int i = 0; i < headers.length; i += 2) {
			values.put(headers[i], List.of(headers[i + 1]));
		}
		return new TimeToLive(this.limits, this.errorTtls, this.lenient, new MutableClock())
			.of(new OriginResponse(status, values, new byte[0]))
			.toSeconds();
	}

}
