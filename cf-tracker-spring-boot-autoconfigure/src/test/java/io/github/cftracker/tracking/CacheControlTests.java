package io.github.cftracker.tracking;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CacheControlTests {

	private static final CacheControl NONE = new CacheControl(false, -1, -1, 0);

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", ",", " , ,", "public", "must-revalidate, immutable", "max-age", "max-age=",
			"max-age=soon", "max-age=-1", "max-age=1.5", "x-max-age=60", "max-ages=60", "no-store-at-all", "privately",
			"stale-while-revalidate", "stale-if-error=soon", "max-age=\u0661" })
	void findsNothing(String header) {
		assertThat(CacheControl.of(header)).isEqualTo(NONE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "no-store", "private", "no-cache", "No-Store", "PRIVATE", " no-cache ", "public,no-store",
			"max-age=60, private", "no-cache, no-store, max-age=0, must-revalidate", "x=\"a,b\", no-store" })
	void isForbidden(String header) {
		assertThat(CacheControl.of(header).forbidden()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "private=\"set-cookie\"", "no-cache=\"a, b\"", "x=\"no-store\"", "x=\"a, no-store, b\"",
			"x=\"unfinished, no-store" })
	void isNotForbiddenByWhatIsAboutAHeaderOrQuoted(String header) {
		assertThat(CacheControl.of(header)).isEqualTo(NONE);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			max-age=60                         | -1 | 60
			s-maxage=5                         | 5  | -1
			s-maxage=5, max-age=60             | 5  | 60
			max-age=60,s-maxage=5              | 5  | 60
			public, MAX-AGE=60, S-MaxAge=5     | 5  | 60
			max-age="60"                       | -1 | 60
			max-age=0                          | -1 | 0
			s-maxage=0, max-age=60             | 0  | 60
			max-age=060                        | -1 | 60
			max-age=60, max-age=90             | -1 | 60
			max-age=soon, max-age=90           | -1 | 90
			x="max-age=1", max-age=90          | -1 | 90
			,, max-age=60 ,                    | -1 | 60
			""")
	void readsSeconds(String header, long sharedMaxAge, long maxAge) {
		assertThat(CacheControl.of(header)).isEqualTo(new CacheControl(false, sharedMaxAge, maxAge, 0));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			stale-while-revalidate=60                    | 60
			stale-if-error=60                            | 60
			stale-while-revalidate=60, stale-if-error=90 | 90
			Stale-If-Error=90, stale-while-revalidate=60 | 90
			max-age=5, stale-if-error="60"               | 60
			""")
	void readsForHowLongAnObjectMayBeServedStale(String header, long stale) {
		assertThat(CacheControl.of(header).stale()).isEqualTo(stale);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2147483647", "2147483648", "9999999999", "10000000000", "99999999999999999999999" })
	void readsHugeNumberAs68Years(String seconds) {
		assertThat(CacheControl.of("max-age=" + seconds).maxAge()).isEqualTo(Integer.MAX_VALUE);
	}

	@Test
	void readsSecondsOfWhatIsForbidden() {
		assertThat(CacheControl.of("no-store, max-age=60")).isEqualTo(new CacheControl(true, -1, 60, 0));
	}

}
