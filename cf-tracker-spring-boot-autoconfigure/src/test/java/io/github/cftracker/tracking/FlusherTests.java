package io.github.cftracker.tracking;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.github.cftracker.testing.NewThread;
import io.github.cftracker.tracking.LifetimePolicy.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class FlusherTests {

	private static final LifetimePolicy LIFETIMES = new LifetimePolicy(Mode.FIXED, Duration.ofHours(1), Duration.ZERO,
			Duration.ofHours(1), Duration.ZERO, Clock.systemUTC());

	private static final Duration NEVER = Duration.ofHours(1);

	private final FakeStore store = new FakeStore();

	private final PathRecorder recorder = new PathRecorder(this.store, LIFETIMES, 2);

	private Flusher flusher;

	@AfterEach
	void stop() {
		this.store.answers();
		if (this.flusher != null) {
			this.flusher.stop();
		}
	}

	@Test
	void writesWithinTheInterval(CapturedOutput output) {
		start(Duration.ofMillis(20));
		this.recorder.track("/a");
		await().atMost(Duration.ofSeconds(2)).until(() -> this.recorder.pending() == 0);
		this.recorder.track("/b");
		await().atMost(Duration.ofSeconds(2)).until(() -> this.recorder.pending() == 0);
		assertThat(this.store.methods()).containsExactly("track", "track");
		assertThat(output).doesNotContain("tracking.Flusher");
	}

	@Test
	void saysSoOnceWithAnIntervalOfFiveSeconds(CapturedOutput output) {
		this.store.failsWith("down");
		this.recorder.track("/a");
		start(Duration.ofSeconds(5));
		await().atMost(Duration.ofSeconds(30)).until(() -> this.store.attempts.get() == 3);
		this.store.answers();
		this.flusher.stop();
		assertThat(output.getAll()).containsOnlyOnce("Tracked paths wait in memory").contains("answers again");
	}

	@Test
	void survivesAnError() {
		this.store.onCall(() -> {
			throw new NoClassDefFoundError("once");
		});
		this.recorder.track("/a");
		start(Duration.ofMillis(10));
		await().dontCatchUncaughtExceptions().until(() -> this.store.attempts.get() > 0);
		this.store.answers();
		await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(3)).until(() -> this.recorder.pending() == 0);
	}

	@Test
	void waitsForTheInterval() {
		start(NEVER);
		this.recorder.track("/a");
		await().during(Duration.ofMillis(200)).until(() -> this.store.attempts.get() == 0);
	}

	@Test
	void runsInADaemonThread() {
		start(NEVER);
		assertThat(Thread.getAllStackTraces().keySet())
			.filteredOn((thread) -> "cf-tracker-flush".equals(thread.getName()) && thread.isAlive())
			.isNotEmpty()
			.allMatch(Thread::isDaemon);
	}

	@Test
	void removesExpiredPathsAboutOnceASecond() {
		long start = System.nanoTime();
		start(Duration.ofMillis(10));
		await().until(() -> this.store.housekeepings.get() == 2);
		assertThat(sinceNanos(start)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void triesAgainUntilTheStoreAnswersAndSaysSoOnce(CapturedOutput output) {
		this.store.failsWith("connection refused");
		this.recorder.track("/a");
		start(Duration.ofMillis(10));
		await().until(() -> this.store.attempts.get() > 3);
		assertThat(output).containsOnlyOnce(
				"Tracked paths wait in memory, up to cf.tracker.tracking.max-pending: connection refused");
		assertThat(this.recorder.pending()).isOne();
		this.store.answers();
		await().until(() -> this.recorder.pending() == 0);
		await().until(() -> output.getAll().contains("answers again"));
		assertThat(output).containsOnlyOnce("The fake store answers again, all tracked paths are written")
			.containsOnlyOnce("Tracked paths wait in memory");
	}

	@Test
	void saysSoAgainWhenTheStoreFailsAgain(CapturedOutput output) {
		start(Duration.ofMillis(10));
		this.store.failsWith("first");
		this.recorder.track("/a");
		await().until(() -> output.getAll().contains("max-pending: first"));
		this.store.answers();
		await().until(() -> output.getAll().contains("answers again"));
		this.store.failsWith("second");
		this.recorder.track("/a");
		await().until(() -> output.getAll().contains("max-pending: second"));
	}

	@Test
	void triesLessAndLessOftenWhileTheStoreFails() {
		this.store.failsWith("down");
		this.recorder.track("/a");
		long start = System.nanoTime();
		start(Duration.ofMillis(10));
		await().until(() -> this.store.attempts.get() == 7);
		assertThat(sinceNanos(start)).isGreaterThanOrEqualTo(Duration.ofMillis(10 + 20 + 40 + 80 + 160 + 320 + 640));
	}

	@Test
	void survivesAnyException(CapturedOutput output) {
		this.store.onCall(() -> {
			throw new IllegalStateException();
		});
		this.recorder.track("/a");
		start(Duration.ofMillis(10));
		await().until(() -> output.getAll().contains("max-pending: java.lang.IllegalStateException"));
		this.store.answers();
		await().until(() -> this.recorder.pending() == 0);
	}

	@Test
	void saysHowManyPathsWereDropped(CapturedOutput output) {
		this.store.failsWith("down");
		this.recorder.track("/a");
		this.recorder.track("/b");
		this.recorder.track("/c");
		this.recorder.track("/d");
		start(Duration.ofMillis(10));
		await().until(() -> output.getAll().contains("2 paths were not tracked"));
		await().until(() -> this.store.attempts.get() > 3);
		this.recorder.track("/e");
		await().until(() -> output.getAll().contains("1 paths were not tracked"));
		assertThat(output.getAll()).containsOnlyOnce("2 paths were not tracked");
	}

	@Test
	void flushesALastTimeWhenStopped(CapturedOutput output) {
		start(NEVER);
		this.recorder.track("/a");
		this.flusher.stop();
		assertThat(this.store.onlyCall().paths()).containsOnlyKeys("/a");
		assertThat(output).doesNotContain("tracking.Flusher");
	}

	@Test
	void endsItsThreadWhenStopped() {
		start(Duration.ofMillis(10));
		this.flusher.stop();
		this.recorder.track("/a");
		await().during(Duration.ofMillis(200)).until(() -> this.store.attempts.get() == 0);
	}

	@Test
	void doesNotWaitForTheIntervalOfAFailingStoreWhenStopped() {
		this.store.failsWith("down");
		this.recorder.track("/a");
		start(Duration.ofMillis(500));
		await().until(() -> this.store.attempts.get() == 2);
		this.store.answers();
		this.flusher.stop();
		assertThat(this.store.onlyCall().paths()).containsOnlyKeys("/a");
	}

	@Test
	void saysHowManyPathsAFailingStoreDidNotTakeWhenStopped(CapturedOutput output) {
		this.store.failsWith("down");
		this.recorder.track("/a");
		this.recorder.track("/b");
		start(NEVER);
		assertThat(CompletableFuture.runAsync(this.flusher::stop, NewThread.EACH))
			.succeedsWithin(Duration.ofSeconds(5));
		assertThat(output).contains("2 tracked paths could not be written before the application stopped");
	}

	@Test
	void stopsInTimeWhenTheStoreHangs(CapturedOutput output) {
		CountDownLatch hang = new CountDownLatch(1);
		this.store.onCall(() -> awaitRelease(hang));
		this.recorder.track("/a");
		start(NEVER);
		try {
			assertThat(CompletableFuture.runAsync(this.flusher::stop, NewThread.EACH))
				.succeedsWithin(Duration.ofSeconds(15));
			assertThat(output).contains("1 tracked paths could not be written before the application stopped");
		}
		finally {
			hang.countDown();
		}
	}

	private void start(Duration interval) {
		this.flusher = new Flusher(this.recorder, this.store, interval);
		this.flusher.start();
	}

	private static Duration sinceNanos(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private static void awaitRelease(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
