package io.github.cftracker.actuate;

import java.util.List;
import java.util.stream.IntStream;

import io.github.cftracker.Finding;
import io.github.cftracker.distribution.DistributionDoctor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UnreadableRunsTests {

	private final DistributionDoctor doctor = new DistributionDoctor();

	@Test
	void namesTheRuns() {
		assertThat(problem(List.of("a"))).isEqualTo("1 run cannot be read and is skipped: a.");
		assertThat(problem(List.of("a", "b"))).isEqualTo("2 runs cannot be read and are skipped: a, b.");
		assertThat(problem(IntStream.range(0, 12).mapToObj(Integer::toString).toList()))
			.isEqualTo("12 runs cannot be read and are skipped: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more.");
	}

	@Test
	void endsWhenAllRunsCanBeRead() {
		problem(List.of("a"));
		UnreadableRuns.report(List.of(), this.doctor);
		assertThat(this.doctor.findings()).isEmpty();
	}

	private String problem(List<String> unreadable) {
		UnreadableRuns.report(unreadable, this.doctor);
		assertThat(this.doctor.findings()).extracting(Finding::id).containsExactly("runs-unreadable");
		return this.doctor.findings().get(0).problem();
	}

}
