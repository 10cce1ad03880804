package io.github.cftracker.tracking;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CacheControlTests {

	private static final CacheControl NONE = new CacheControl(false, -1, false, 0);

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", ",", " , ,", "public", "must-revalidate, immutable", "max-age", "max-age=",
			"max-age=soon", "max-age=-1", "max-age60", "x-max-age=60", "s-max-age=60", "max-ages=60", "no-store-at-all",
			"privately", "stale-while-revalidate", "stale-if-error=soon", "max-age=\u0661" })
	void findsNothing(String header) {
		assertThat(CacheControl.of(header)).isEqualTo(NONE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "no-store", "private", "no-cache", "No-Store", "PRIVATE", " no-cache ", "public,no-store",
			"max-age=60, private", "no-cache, no-store, max-age=0, must-revalidate", "x=\"a,b\", no-store",
			"max-age=60; public, no-store" })
	void isForbidden(String header) {
		assertThat(CacheControl.of(header).forbidden()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "private=\"set-cookie\"", "no-cache=\"a, b\"", "x=\"no-store\"", "x=\"a, no-store, b\"",
			"x=\"unfinished, no-store", "no-store;", "private; no-cache", "no-store no-cache", "no-store=1" })
	void isNotForbiddenByWhatIsAboutAHeaderOrQuotedOrMalformed(String header) {
		assertThat(CacheControl.of(header)).isEqualTo(NONE);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			max-age=60                         | 60
			s-maxage=5                         | 5
			s-maxage=5, max-age=60             | 5
			max-age=60,s-maxage=5              | 5
			public, MAX-AGE=60, S-MaxAge=5     | 5
			max-age=0                          | 0
			s-maxage=0, max-age=60             | 0
			max-age=060                        | 60
			x="max-age=1", max-age=90          | 90
			,, max-age=60 ,                    | 60
			# repeated: the largest
			max-age=60, max-age=90             | 90
			max-age=90, max-age=60             | 90
			s-maxage=5, s-maxage=7, max-age=60 | 7
			# one of several is well-formed
			max-age=soon, max-age=90           | 90
			max-age="600", max-age=90          | 600
			# a malformed s-maxage may be ignored
			s-maxage="5", max-age=60           | 60
			s-maxage="600", max-age=60         | 600
			s-maxage=soon, max-age=60          | 60
			s-maxage=5, max-age="60"           | 5
			""")
	void isCertainWhereADirectiveIsWellFormed(String header, long age) {
		assertThat(CacheControl.of(header)).isEqualTo(new CacheControl(false, age, true, 0));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			max-age="60"             | 60
			max-age='60'             | 60
			max-age = 60             | 60
			max-age =60              | 60
			max-age= 60              | 60
			max-age:60               | 60
			max-age 60               | 60
			max-age=+60              | 60
			max-age=60.5             | 60
			max-age=60s              | 60
			max-age=60; public       | 60
			public; max-age=60       | 60
			public max-age=60        | 60
			no-store; max-age=60     | 60
			max-age=60; s-maxage=90  | 90
			max-age=90; s-maxage=60  | 90
			x="unfinished, max-age=9 | 9
			""")
	void findsNumberOfMalformedDirective(String header, long age) {
		assertThat(CacheControl.of(header)).isEqualTo(new CacheControl(false, age, false, 0));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			stale-while-revalidate=60                    | 60
			stale-if-error=60                            | 60
			stale-while-revalidate=60, stale-if-error=90 | 90
			Stale-If-Error=90, stale-while-revalidate=60 | 90
			max-age=5, stale-if-error="60"               | 60
			stale-if-error=60; stale-while-revalidate=90 | 90
			""")
	void readsForHowLongAnObjectMayBeServedStale(String header, long stale) {
		assertThat(CacheControl.of(header).stale()).isEqualTo(stale);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2147483647", "2147483648", "9999999999", "10000000000", "99999999999999999999999" })
	void readsHugeNumberAs68Years(String seconds) {
		assertThat(CacheControl.of("max-age=" + seconds).age()).isEqualTo(Integer.MAX_VALUE);
	}

	@Test
	void readsSecondsOfWhatIsForbidden() {
		assertThat(CacheControl.of("no-store, max-age=60")).isEqualTo(new CacheControl(true, 60, true, 0));
	}

}
