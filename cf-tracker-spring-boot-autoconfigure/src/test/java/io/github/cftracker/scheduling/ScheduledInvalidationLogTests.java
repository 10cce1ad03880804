package io.github.cftracker.scheduling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.cftracker.Run;
import io.github.cftracker.Run.State;
import io.github.cftracker.RunHandle;
import io.github.cftracker.Selection;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ScheduledInvalidationLogTests {

	private boolean available;

	private Optional<RunHandle> queued = Optional.empty();

	private final ScheduledInvalidation job = new ScheduledInvalidation(
			new FireTimes("* * * * * *", null, Clock.systemUTC()), this::request);

	@Test
	void logsRecoveryOnceWhenAnotherNodeQueuesTheRun(CapturedOutput output) {
		this.job.invalidateAll();
		assertThat(lines(output, "ERROR")).singleElement()
			.asString()
			.contains("Could not confirm that the scheduled run was queued: Redis did not answer");
		this.available = true;
		this.job.invalidateAll();
		this.job.invalidateAll();
		assertThat(lines(output, "INFO")).singleElement().asString().contains("was queued by another node");
	}

	@Test
	void logsTheRunThatThisNodeQueues(CapturedOutput output) {
		this.available = true;
		this.queued = Optional.of(new RunHandle(run(), new CompletableFuture<>()));
		this.job.invalidateAll();
		assertThat(lines(output, "INFO")).singleElement().asString().contains("Scheduled run 1 is queued");
	}

	private Optional<RunHandle> request(String name, Duration remembered) {
		if (!this.available) {
			throw new StoreUnavailableException("Redis did not answer", null);
		}
		return this.queued;
	}

	private static Run run() {
		return new Run("1", State.QUEUED, Instant.EPOCH, null, Selection.ofEverything(), Trigger.SCHEDULE, null, null,
				null, null, List.of(), List.of(), 0, null);
	}

	private static List<String> lines(CapturedOutput output, String level) {
		return output.getAll()
			.lines()
			.filter((line) -> line.contains(" " + level + " ") && line.contains("ScheduledInvalidation"))
			.toList();
	}

}
