package io.github.cftracker.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationPlan;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Pricing;
import io.github.cftracker.Run;
import io.github.cftracker.Run.State;
import io.github.cftracker.RunHandle;
import io.github.cftracker.Selection;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.StaticApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

@ExtendWith(OutputCaptureExtension.class)
class RunOnceProgressTests {

	@Test
	void waitsWhileStoreDoesNotAnswer(CapturedOutput output) {
		CompletableFuture<Run> end = new CompletableFuture<>();
		AtomicInteger looks = new AtomicInteger();
		AtomicInteger exitCode = new AtomicInteger(-1);
		new RunOnce(new Invalidator(end, looks), new DefaultApplicationArguments(), Pricing.PAY_AS_YOU_GO,
				exitCode::set, Duration.ofMillis(1))
			.onApplicationEvent(new ApplicationReadyEvent(new SpringApplication(), new String[0],
					new StaticApplicationContext(), Duration.ZERO));
		assertThat(looks).hasValueGreaterThan(2);
		assertThat(exitCode).hasValue(0);
		assertThat(output).containsOnlyOnce("Could not read the progress of run 1: Redis did not answer");
	}

	@ParameterizedTest
	@CsvSource({ "COMPLETED, 0", "ACCEPTED, 0", "EMPTY, 0", "FAILED, 1" })
	void exitsWithOneForAFailedRunAlone(State state, int expected) {
		AtomicInteger exitCode = new AtomicInteger(-1);
		new RunOnce(new Invalidator(CompletableFuture.completedFuture(run(state)), new AtomicInteger()),
				new DefaultApplicationArguments(), Pricing.PAY_AS_YOU_GO, exitCode::set, Duration.ofMillis(1))
			.onApplicationEvent(new ApplicationReadyEvent(new SpringApplication(), new String[0],
					new StaticApplicationContext(), Duration.ZERO));
		assertThat(exitCode).hasValue(expected);
	}

	@ParameterizedTest
	@CsvSource({ "--dry-run=false", "--dry-run" })
	void nullFromMockIsEmptyRun(String argument, CapturedOutput output) {
		AtomicInteger exitCode = new AtomicInteger(-1);
		new RunOnce(mock(CloudFrontInvalidator.class), new DefaultApplicationArguments(argument), Pricing.PAY_AS_YOU_GO,
				exitCode::set, Duration.ofMillis(1))
			.onApplicationEvent(new ApplicationReadyEvent(new SpringApplication(), new String[0],
					new StaticApplicationContext(), Duration.ZERO));
		assertThat(output).doesNotContain("ERROR");
		assertThat(exitCode).hasValue(0);
	}

	private static Run run(State state) {
		return Run.queued("1", Selection.ofEverything(), Trigger.API, Instant.EPOCH).withState(state);
	}

	private record Invalidator(CompletableFuture<Run> end, AtomicInteger looks) implements CloudFrontInvalidator {

		@Override
		public RunHandle invalidateAll() {
			return new RunHandle(run(State.QUEUED), this.end);
		}

		@Override
		public RunHandle invalidate(InvalidationRequest request) {
			return invalidateAll();
		}

		@Override
		public InvalidationPlan plan(InvalidationRequest request) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Optional<Run> find(String id) {
			if (this.looks.incrementAndGet() > 2) {
				this.end.complete(run(State.COMPLETED));
			}
			throw new StoreUnavailableException("Redis did not answer", null);
		}

	}

}
