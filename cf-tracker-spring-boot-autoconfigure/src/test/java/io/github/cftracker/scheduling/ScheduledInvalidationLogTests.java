package io.github.cftracker.scheduling;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.InvalidationRequest.Once;
import io.github.cftracker.Run;
import io.github.cftracker.RunHandle;
import io.github.cftracker.Selection;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

@ExtendWith(OutputCaptureExtension.class)
class ScheduledInvalidationLogTests {

	private boolean available;

	private boolean queued;

	private final CloudFrontInvalidator invalidator = mock(CloudFrontInvalidator.class);

	private final ScheduledInvalidation job = new ScheduledInvalidation(
			new FireTimes("* * * * * *", null, Clock.systemUTC()), this.invalidator);

	@BeforeEach
	void setUp() {
		given(this.invalidator.invalidate(any())).willAnswer((call) -> request(call.getArgument(0)));
	}

	@Test
	void logsRecoveryOnceWhenAnotherNodeQueuesTheRun(CapturedOutput output) {
		this.job.invalidateAll();
		assertThat(lines(output, "ERROR")).singleElement()
			.asString()
			.contains("Could not confirm that the scheduled run was queued: Redis did not answer");
		this.available = true;
		this.job.invalidateAll();
		this.job.invalidateAll();
		assertThat(lines(output, "INFO")).singleElement()
			.asString()
			.contains("is not queued by this node: It was requested before");
	}

	@Test
	void logsTheRunThatThisNodeQueues(CapturedOutput output) {
		this.available = true;
		this.queued = true;
		this.job.invalidateAll();
		assertThat(lines(output, "INFO")).singleElement().asString().contains("Scheduled run 1 is queued");
	}

	private RunHandle request(InvalidationRequest request) {
		assertThat(request.selection()).isEqualTo(Selection.ofEverything());
		assertThat(request.trigger()).isEqualTo(Trigger.SCHEDULE);
		assertThat(request.once()).isNotNull().extracting(Once::name).asString().startsWith("schedule:");
		if (!this.available) {
			throw new StoreUnavailableException("Redis did not answer", null);
		}
		return this.queued ? new RunHandle(run(), new CompletableFuture<>())
				: RunHandle.ofNothing(request, "It was requested before");
	}

	private static Run run() {
		return Run.queued("1", Selection.ofEverything(), Trigger.SCHEDULE, Instant.EPOCH);
	}

	private static List<String> lines(CapturedOutput output, String level) {
		return output.getAll()
			.lines()
			.filter((line) -> line.contains(" " + level + " ") && line.contains("ScheduledInvalidation"))
			.toList();
	}

}
