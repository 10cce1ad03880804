package io.github.cftracker.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import io.github.cftracker.Finding;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.testing.TestClock;
import io.github.cftracker.tracking.ResponseFindings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class TagLossReportTests {

	private final DistributionDoctor doctor = new DistributionDoctor();

	private final TagLossReport report = new TagLossReport(new ResponseFindings(this.doctor, Clock.systemUTC()));

	@Test
	void logsEachLossOfRouteOnce(CapturedOutput output) {
		for (int i = 0; i < 3; i++) {
			for (TagLoss loss : TagLoss.values()) {
				report(loss, "/{id}", "/" + i);
			}
		}
		assertThat(output.toString().lines()).hasSize(3).allMatch((line) -> line.contains("'Cache-Tag' of '/0'"));
	}

	@Test
	void logsFirstOfManyRoutesOnly(CapturedOutput output) {
		for (int i = 0; i < 10_000; i++) {
			report(TagLoss.LATE, "/" + i, "/" + i);
		}
		assertThat(output.toString().lines()).hasSize(100);
	}

	@Test
	void makesOneFindingOfEachLoss() {
		for (TagLoss loss : TagLoss.values()) {
			report(loss, "/{id}", "/1");
			report(loss, "/b", "/b");
		}
		assertThat(this.doctor.findingsOfRuns()).hasSize(3)
			.allSatisfy((finding) -> assertThat(finding.id()).isEqualTo("tags-incomplete"))
			.extracting(Finding::fix)
			.containsExactlyInAnyOrder("Add them before the body is written.", "Use fewer or shorter tags.",
					"Add tags with ResponseTags.add instead of setting the header.");
	}

	@Test
	void endsFindingADayAfterLastLoss() {
		TestClock clock = new TestClock(Instant.EPOCH);
		DistributionDoctor doctor = new DistributionDoctor(clock, Set.of());
		TagLossReport report = new TagLossReport(new ResponseFindings(doctor, clock));
		report.report(TagLoss.LATE, 1, "Cache-Tag", "/{id}", "/1");
		clock.advance(Duration.ofHours(23));
		report.report(TagLoss.LATE, 1, "Cache-Tag", "/{id}", "/2");
		clock.advance(Duration.ofHours(23));
		assertThat(doctor.findings()).hasSize(1);
		clock.advance(Duration.ofHours(1));
		assertThat(doctor.findings()).isEmpty();
		report.report(TagLoss.LATE, 1, "Cache-Tag", "/{id}", "/3");
		assertThat(doctor.findings()).singleElement().extracting(Finding::problem).asString().contains("'/3'");
	}

	private void report(TagLoss loss, String route, String path) {
		this.report.report(loss, 1, "Cache-Tag", route, path);
	}

}
