package io.github.cftracker.transaction;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidRequestException;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Selection;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.testing.NewThread;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class AfterCommitDeliveryTests {

	private final RecordingInvalidator invalidator = new RecordingInvalidator();

	private final ObjectProvider<CloudFrontInvalidator> provider = Contexts.provider(CloudFrontInvalidator.class,
			this.invalidator);

	private final AfterCommitDelivery delivery = new AfterCommitDelivery(this.provider, Duration.ofMillis(20));

	private final AfterCommitDelivery patient = new AfterCommitDelivery(this.provider, Duration.ofHours(1));

	@AfterEach
	void close() {
		storeIsBack();
		this.delivery.close();
		this.patient.close();
	}

	@Test
	void deliversBeforeReturn() {
		deliver("/a");
		assertThat(paths()).containsExactly(List.of("/a"));
	}

	@Test
	void deliversKeptRequestsTogether(CapturedOutput output) {
		storeIsAway();
		deliver("/a");
		deliver("/b");
		deliver("/a");
		assertThat(paths()).isEmpty();
		storeIsBack();
		Awaitility.await().untilAsserted(() -> assertThat(output).contains("are queued"));
		assertThat(paths()).containsExactly(List.of("/a", "/b"));
		assertThat(output).containsOnlyOnce("held in memory until they can be queued");
		deliver("/c");
		assertThat(paths()).containsExactly(List.of("/a", "/b"), List.of("/c"));
	}

	@Test
	void keepsRequestIfQueueIsFull() {
		this.invalidator.beforeRequest(() -> {
			throw new RejectedExecutionException("100 runs wait");
		});
		deliver("/a");
		storeIsBack();
		Awaitility.await().untilAsserted(() -> assertThat(paths()).containsExactly(List.of("/a")));
	}

	@Test
	void hidesErrorFromCaller() {
		this.invalidator.beforeRequest(() -> {
			throw new NoClassDefFoundError("gone");
		});
		deliver("/a");
		storeIsBack();
		Awaitility.await().untilAsserted(() -> assertThat(paths()).containsExactly(List.of("/a")));
	}

	@Test
	void joinsWaitingRequestWithoutDelay() {
		storeIsAway();
		this.patient.accept(InvalidationRequest.ofPaths("/first"));
		int attempts = this.invalidator.attempts();
		for (int i = 0; i < 100; i++) {
			this.patient.accept(InvalidationRequest.ofPaths("/" + i));
		}
		assertThat(this.invalidator.attempts()).isEqualTo(attempts);
	}

	@Test
	void deliversRequestThatArrivesDuringAttempt() throws InterruptedException {
		CountDownLatch attempted = new CountDownLatch(1);
		CountDownLatch joined = new CountDownLatch(1);
		storeIsAway();
		deliver("/a");
		this.invalidator.beforeFind(() -> {
			attempted.countDown();
			await(joined);
		});
		this.invalidator.beforeRequest(() -> {
		});
		attempted.await();
		deliver("/b");
		joined.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(paths()).containsExactly(List.of("/a"), List.of("/b")));
	}

	@Test
	void retriesOnlyAfterStoreAnswers() {
		storeIsAway();
		CountDownLatch questions = new CountDownLatch(3);
		this.invalidator.beforeFind(() -> {
			questions.countDown();
			throw new StoreUnavailableException("Away");
		});
		deliver("/a");
		await(questions);
		assertThat(this.invalidator.attempts()).isEqualTo(1);
	}

	@Test
	void mergesTooManyValuesIntoEverything(CapturedOutput output) {
		storeIsAway();
		deliver("/a");
		deliver(IntStream.range(0, 10_001).mapToObj((i) -> "/" + i).toArray(String[]::new));
		storeIsBack();
		Awaitility.await().untilAsserted(() -> assertThat(this.invalidator.requested()).isNotEmpty());
		assertThat(this.invalidator.requested()).containsExactly(Selection.ofEverything());
		assertThat(output).contains("Requests for more than 10000 paths, patterns, routes and tags");
	}

	@Test
	void keepsManyValues() {
		storeIsAway();
		for (int i = 0; i < 40_000; i++) {
			deliver("/" + i % 10_000);
		}
		storeIsBack();
		Awaitility.await().untilAsserted(() -> assertThat(this.invalidator.requested()).isNotEmpty());
		// What waits while the rest is being delivered may be delivered again
		assertThat(paths().stream().flatMap(List::stream).distinct()).hasSize(10_000);
	}

	@Test
	void retriesOnceMoreWhenStopped() {
		storeIsAway();
		this.patient.accept(InvalidationRequest.ofPaths("/a"));
		storeIsBack();
		this.patient.stop();
		assertThat(paths()).containsExactly(List.of("/a"));
	}

	@Test
	@Tag("full")
	void logsUndeliveredRequestsWhenStopped(CapturedOutput output) {
		storeIsAway();
		this.patient.accept(InvalidationRequest.ofPaths("/a"));
		this.patient.accept(InvalidationRequest.ofTags("x"));
		this.patient.stop();
		assertThat(output).contains("ERROR").contains("Invalidate these manually: paths [/a], tags [x]");
		this.patient.accept(InvalidationRequest.ofPaths("/b"));
		assertThat(output).contains("Invalidate these manually: paths [/b]");
	}

	@Test
	void keepsAgainAfterARestart() {
		this.delivery.stop();
		this.delivery.start();
		storeIsAway();
		deliver("/a");
		storeIsBack();
		Awaitility.await().untilAsserted(() -> assertThat(paths()).containsExactly(List.of("/a")));
	}

	@Test
	void dropsRejectedRequest(CapturedOutput output) {
		this.invalidator.beforeRequest(() -> {
			throw new InvalidRequestException("tags", "no tags here");
		});
		this.patient.accept(InvalidationRequest.ofTags("x"));
		storeIsBack();
		this.patient.accept(InvalidationRequest.ofPaths("/a"));
		assertThat(paths()).containsExactly(List.of("/a"));
		assertThat(output).contains("ERROR").contains("tags [x]").contains("no tags here");
	}

	@Test
	void deliversForInterruptedCaller() {
		this.invalidator.beforeRequest(() -> assertThat(Thread.currentThread().isInterrupted()).isFalse());
		Thread.currentThread().interrupt();
		this.patient.accept(InvalidationRequest.ofPaths("/a"));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(paths()).containsExactly(List.of("/a"));
	}

	@Test
	void deliversRequestsOfManyThreads() throws InterruptedException {
		storeIsAway();
		CountDownLatch done = new CountDownLatch(8);
		for (int i = 0; i < 8; i++) {
			int thread = i;
			NewThread.EACH.execute(() -> {
				for (int j = 0; j < 500; j++) {
					deliver("/" + thread + "/" + j);
					if (thread == 0 && j == 250) {
						storeIsBack();
					}
				}
				done.countDown();
			});
		}
		done.await();
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(paths().stream().flatMap(List::stream)).hasSize(4_000).doesNotHaveDuplicates());
	}

	private void storeIsAway() {
		this.invalidator.beforeRequest(() -> {
			throw new StoreUnavailableException("Away");
		});
	}

	private void storeIsBack() {
		this.invalidator.beforeFind(() -> {
		});
		this.invalidator.beforeRequest(() -> {
		});
	}

	private void deliver(String... paths) {
		this.delivery.accept(InvalidationRequest.ofPaths(paths));
	}

	private List<List<String>> paths() {
		return this.invalidator.requested().stream().map(Selection::paths).toList();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
