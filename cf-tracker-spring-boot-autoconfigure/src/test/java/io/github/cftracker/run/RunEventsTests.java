package io.github.cftracker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.cftracker.Run;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.Run.State;
import io.github.cftracker.RunEvent;
import io.github.cftracker.Selection;
import io.github.cftracker.Trigger;
import io.github.cftracker.testing.NewThreads;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class RunEventsTests {

	private final List<RunEvent> published = new CopyOnWriteArrayList<>();

	@Test
	void publishesWhatBecomesOfRunsInOrder() {
		RunEvents events = new RunEvents(this.published::add);
		Run run = run("1", State.IN_PROGRESS);
		RejectedPath rejected = new RejectedPath("/a", "is bad");
		events.rejected(run, List.of(rejected));
		events.sent(run);
		events.finished(run("1", State.COMPLETED));
		events.finished(run("2", State.EMPTY));
		events.finished(run("3", State.FAILED));
		events.stop();
		assertThat(this.published).containsExactly(new RunEvent.PathRejected(run, rejected), new RunEvent.Accepted(run),
				new RunEvent.Completed(run("1", State.COMPLETED)), new RunEvent.Completed(run("2", State.EMPTY)),
				new RunEvent.Failed(run("3", State.FAILED)));
	}

	@Test
	void goesOnAfterAListenerThatThrows(CapturedOutput output) {
		RunEvents events = new RunEvents((event) -> {
			this.published.add(event);
			if (event.run().id().equals("1")) {
				throw new AssertionError("No good");
			}
		});
		events.finished(run("1", State.COMPLETED));
		events.finished(run("2", State.COMPLETED));
		events.stop();
		assertThat(this.published).hasSize(2);
		assertThat(output).contains("A listener failed for run 1 and event Completed", "No good");
	}

	@Test
	void neitherWaitsForAListenerThatDoesNotReturnNorGrowsWithoutBound(CapturedOutput output) throws Exception {
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch begun = new CountDownLatch(1);
		RunEvents events = new RunEvents((event) -> {
			begun.countDown();
			await(held);
			this.published.add(event);
		});
		events.finished(run("first", State.COMPLETED));
		begun.await();
		for (int i = 0; i < 10_003; i++) {
			events.finished(run(Integer.toString(i), State.COMPLETED));
		}
		assertThat(output).contains("Completed of run 10000 is not published");
		assertThat(output).doesNotContain("of run 9999 is not", "of run 10001 is not");
		held.countDown();
		Awaitility.await().until(() -> this.published.size() >= 10_001);
		events.finished(run("last", State.COMPLETED));
		assertThat(output).contains("3 run events were not published");
		events.stop();
	}

	@Test
	void leavesNoThreadWhenStopped() {
		NewThreads threads = new NewThreads();
		RunEvents events = new RunEvents(this.published::add);
		for (int i = 0; i < 3; i++) {
			events.finished(run(Integer.toString(i), State.COMPLETED));
			events.stop();
			assertThat(threads.names()).isEmpty();
		}
		assertThat(this.published).hasSize(3);
	}

	@Test
	void interruptsAListenerThatDoesNotReturnAndDropsWhatWaits(CapturedOutput output) throws Exception {
		NewThreads threads = new NewThreads();
		CountDownLatch begun = new CountDownLatch(1);
		RunEvents events = new RunEvents((event) -> {
			this.published.add(event);
			begun.countDown();
			await(new CountDownLatch(1));
		}, Duration.ofMillis(50));
		events.finished(run("1", State.COMPLETED));
		events.finished(run("2", State.COMPLETED));
		begun.await();
		events.stop();
		assertThat(threads.names()).isEmpty();
		assertThat(this.published).hasSize(1);
		assertThat(output).contains("Shutting down before all run events were published to listeners");
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Run run(String id, State state) {
		return Run.queued(id, Selection.ofEverything(), Trigger.API, Instant.EPOCH).withState(state);
	}

}
