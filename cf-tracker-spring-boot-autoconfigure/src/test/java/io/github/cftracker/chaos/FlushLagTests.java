package io.github.cftracker.chaos;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FlushLagTests {

	private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

	private static final String LOG = """
			Nothing written since 2026-01-01T12:00:00Z
			2026-01-01T12:00:01Z INFO something else
			Written at 2026-01-01T12:00:02Z
			Nothing written since 2026-01-01T12:00:10Z
			2026-01-01T12:00:11Z INFO something else
			""";

	@Test
	void readsReportedLags() {
		assertThat(FlushLag.of(LOG, null)).containsExactly(new Downtime(NOON, NOON.plusSeconds(2)),
				new Downtime(NOON.plusSeconds(10), Instant.MAX));
	}

	@Test
	void endsWithTheNode() {
		assertThat(FlushLag.of(LOG, NOON.plusSeconds(12)))
			.contains(new Downtime(NOON.plusSeconds(10), NOON.plusSeconds(12)));
	}

	@Test
	void findsNothingInOtherLines() {
		assertThat(FlushLag.of("2026-01-01T12:00:01Z INFO Started", null)).isEmpty();
	}

}
