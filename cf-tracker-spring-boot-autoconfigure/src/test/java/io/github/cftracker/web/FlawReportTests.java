package io.github.cftracker.web;

import java.time.Clock;
import java.util.Set;

import io.github.cftracker.Finding;
import io.github.cftracker.distribution.Doctor;
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

	private final Doctor doctor = new Doctor();

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

	private void examine(Flaw flaw, String route, String path) {
		this.report.examine(new Labels(Set.of("a"), 1, flaw), "Cache-Tag", route, path);
	}

}
