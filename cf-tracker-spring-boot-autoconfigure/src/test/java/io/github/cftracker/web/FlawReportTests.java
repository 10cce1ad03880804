package io.github.cftracker.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import io.github.cftracker.Finding;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.testing.TestClock;
import io.github.cftracker.tracking.ResponseFindings;
import io.github.cftracker.web.CollectedTags.Labels;
import io.github.cftracker.web.FlawReport.Flaw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class FlawReportTests {

	private final DistributionDoctor doctor = new DistributionDoctor();

	private final FlawReport report = new FlawReport(new ResponseFindings(this.doctor, Clock.systemUTC()));

	@Test
	void eachFlawOfARouteIsSaidOnce(CapturedOutput output) {
		for (int i = 0; i < 3; i++) {
			for (Flaw flaw : Flaw.values()) {
				examine(flaw, "/{id}", "/" + i);
			}
		}
		assertThat(output.toString().lines()).hasSize(3).allMatch((line) -> line.contains("'Cache-Tag' of '/0'"));
	}

	@Test
	void ofManyRoutesOnlyTheFirstAreNamed(CapturedOutput output) {
		for (int i = 0; i < 10_000; i++) {
			examine(Flaw.LATE, "/" + i, "/" + i);
		}
		assertThat(output.toString().lines()).hasSize(100);
	}

	@Test
	void eachKindOfFlawIsOneFinding() {
		for (Flaw flaw : Flaw.values()) {
			examine(flaw, "/{id}", "/1");
			examine(flaw, "/b", "/b");
		}
		assertThat(this.doctor.findingsOfRuns()).hasSize(3)
			.allSatisfy((finding) -> assertThat(finding.id()).isEqualTo("tags-incomplete"))
			.extracting(Finding::fix)
			.containsExactlyInAnyOrder("Add them before the body is written.", "Use fewer or shorter tags.",
					"Add tags with ResponseTags.add instead of setting the header.");
	}

	@Test
	void findingEndsADayAfterTheLastFlaw() {
		TestClock clock = new TestClock(Instant.EPOCH);
		DistributionDoctor doctor = new DistributionDoctor(clock, Set.of());
		FlawReport report = new FlawReport(new ResponseFindings(doctor, clock));
		Labels labels = new Labels(Set.of("a"), 1, Flaw.LATE);
		report.examine(labels, "Cache-Tag", "/{id}", "/1");
		clock.advance(Duration.ofHours(23));
		report.examine(labels, "Cache-Tag", "/{id}", "/2");
		clock.advance(Duration.ofHours(23));
		assertThat(doctor.findings()).hasSize(1);
		clock.advance(Duration.ofHours(1));
		assertThat(doctor.findings()).isEmpty();
		report.examine(labels, "Cache-Tag", "/{id}", "/3");
		assertThat(doctor.findings()).singleElement().extracting(Finding::problem).asString().contains("'/3'");
	}

	private void examine(Flaw flaw, String route, String path) {
		this.report.examine(new Labels(Set.of("a"), 1, flaw), "Cache-Tag", route, path);
	}

}
