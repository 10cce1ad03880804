package io.github.cftracker.scheduling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FireTimesTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0 0 3 * * *    | 2026-11-22T03:00:00.004Z | 2026-11-22T03:00:00Z
			0 0 3 * * *    | 2026-11-22T02:59:59.990Z | 2026-11-22T03:00:00Z
			0 0 3 * * *    | 2026-11-22T03:00:41Z     | 2026-11-22T03:00:00Z
			0 0 3 * * *    | 2026-11-23T02:59:00Z     | 2026-11-22T03:00:00Z
			* * * * * *    | 2026-11-22T03:00:07.020Z | 2026-11-22T03:00:07Z
			*/5 * * * * *  | 2026-11-22T03:00:07Z     | 2026-11-22T03:00:05Z
			0 0 0 1 1 *    | 2026-11-22T03:00:00Z     | 2026-01-01T00:00:00Z
			0 0 3 * * MON  | 2026-11-22T03:00:00Z     | 2026-11-16T03:00:00Z
			""")
	void findsLatestTimeOfExpression(String cron, Instant now, Instant expected) {
		assertThat(times(cron, "UTC", now).latest()).isEqualTo(expected);
	}

	@Test
	void usesTimeZone() {
		assertThat(times("0 0 3 * * *", "Europe/Paris", Instant.parse("2026-07-01T12:00:00Z")).latest())
			.isEqualTo("2026-07-01T01:00:00Z");
	}

	@Test
	void remembersTimeWhileItMayBeLatest() {
		Instant now = Instant.parse("2026-11-22T03:00:01Z");
		assertThat(times("0 0 3 * * *", "UTC", now).remembered(Instant.parse("2026-11-22T03:00:00Z")))
			.isEqualTo(Duration.ofHours(25).minusSeconds(1));
	}

	private static FireTimes times(String cron, String zone, Instant now) {
		return new FireTimes(cron, zone, Clock.fixed(now, ZoneOffset.UTC));
	}

}
