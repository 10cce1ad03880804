package io.github.cftracker.run;

import java.time.Instant;

import io.github.cftracker.Run;
import io.github.cftracker.Run.State;
import io.github.cftracker.Selection;
import io.github.cftracker.Trigger;
import io.github.cftracker.distribution.DistributionDoctor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunFindingsTests {

	private final DistributionDoctor doctor = new DistributionDoctor();

	private final RunFindings findings = new RunFindings(this.doctor);

	@Test
	void namesThePermissionOnceUntilARunIsCompleted() {
		this.findings.unknown(run(State.IN_PROGRESS, null), "Denied. Grant 'cloudfront:GetInvalidation'");
		this.findings.unknown(run(State.IN_PROGRESS, null), "Denied. Grant 'cloudfront:GetInvalidation'");
		this.findings.finished(run(State.ACCEPTED, null));
		assertThat(this.doctor.findings()).singleElement()
			.satisfies((finding) -> assertThat(finding.problem()).contains("Grant 'cloudfront:GetInvalidation'"));
		assertThat(this.doctor.isTroubled()).isFalse();
		this.findings.finished(run(State.COMPLETED, null));
		assertThat(this.doctor.findings()).isEmpty();
	}

	@Test
	void namesAFailedRunUntilAnotherIsAccepted() {
		this.findings.finished(run(State.FAILED, "Rate exceeded"));
		this.findings.finished(run(State.EMPTY, null));
		assertThat(this.doctor.findings()).singleElement()
			.satisfies((finding) -> assertThat(finding.problem()).isEqualTo("Run R1 failed: Rate exceeded."));
		this.findings.finished(run(State.COMPLETED, null));
		assertThat(this.doctor.findings()).isEmpty();
	}

	@Test
	void reportsTroubleWhileRunsAreNotProcessed() {
		this.findings.stopped("Redis refused: WRONGTYPE");
		assertThat(this.doctor.isTroubled()).isTrue();
		assertThat(this.doctor.findings()).singleElement()
			.satisfies((finding) -> assertThat(finding.problem())
				.isEqualTo("Runs are not processed: Redis refused: WRONGTYPE."));
		this.findings.stopped(null);
		assertThat(this.doctor.isTroubled()).isFalse();
		assertThat(this.doctor.findings()).isEmpty();
	}

	private static Run run(State state, @Nullable String error) {
		return Run.queued("R1", Selection.ofEverything(), Trigger.API, Instant.EPOCH).withState(state).withError(error);
	}

}
