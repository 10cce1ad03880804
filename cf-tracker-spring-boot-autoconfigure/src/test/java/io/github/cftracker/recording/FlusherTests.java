package io.github.cftracker.recording;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.Ttls;
import io.github.cftracker.testing.ManualTicker;
import io.github.cftracker.testing.NewThread;
import io.github.cftracker.tracking.LifetimePolicy;
import io.github.cftracker.tracking.LifetimePolicy.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class FlusherTests {

	private static final LifetimePolicy LIFETIMES = new LifetimePolicy(Mode.FIXED, Duration.ofHours(1),
			new Ttls(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(1)), Duration.ZERO, Clock.systemUTC());

	private static final Duration NEVER = Duration.ofHours(1);

	private final FakeStore store = new FakeStore();

	private final PathRecorder recorder = TestRecorder.of(this.store, LIFETIMES, 2);

	private final DistributionDoctor doctor = new DistributionDoctor();

	private final ManualTicker ticker = new ManualTicker();

	private Flusher flusher;

	@AfterEach
	void stop() {
		this.store.answers();
		if (this.flusher != null) {
			this.flusher.stop();
		}
	}

	@Test
	void writesWithinTheInterval(CapturedOutput output) throws Exception {
		start(Duration.ofMillis(20));
		this.recorder.track("/a");
		this.ticker.pass();
		assertThat(this.recorder.pending()).isZero();
		this.recorder.track("/b");
		this.ticker.pass();
		assertThat(this.recorder.pending()).isZero();
		assertThat(this.store.methods()).containsExactly("track", "track");
		assertThat(this.ticker.pauses()).containsOnly(Duration.ofMillis(20));
		assertThat(output).doesNotContain("tracking.Flusher");
	}

	@Test
	void saysSoOnceWithAnIntervalOfFiveSeconds(CapturedOutput output) throws Exception {
		this.store.failsWith("down");
		this.recorder.track("/a");
		start(Duration.ofSeconds(5));
		this.ticker.pass(3);
		assertThat(this.store.attempts).hasValue(3);
		assertThat(this.ticker.pauses()).containsOnly(Duration.ofSeconds(5));
		this.store.answers();
		this.flusher.stop();
		assertThat(output.getAll()).containsOnlyOnce("Tracked paths are kept in memory").contains("is available again");
	}

	@Test
	void survivesAnError() throws Exception {
		this.store.onCall(() -> {
			throw new NoClassDefFoundError("once");
		});
		this.recorder.track("/a");
		start(Duration.ofMillis(10));
		this.ticker.pass();
		assertThat(this.store.attempts).hasValue(1);
		this.store.answers();
		this.ticker.pass();
		assertThat(this.recorder.pending()).isZero();
	}

	@Test
	void waitsForTheInterval() throws Exception {
		this.recorder.track("/a");
		start(NEVER);
		this.ticker.awaitPauses(1);
		assertThat(this.ticker.pauses()).containsExactly(NEVER);
		assertThat(this.store.attempts).hasValue(0);
		this.ticker.pass();
		assertThat(this.store.attempts).hasValue(1);
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
	void removesExpiredPathsAboutOnceASecond() throws Exception {
		start(Duration.ofMillis(10));
		this.ticker.pass(99);
		assertThat(this.store.housekeepings).hasValue(0);
		this.ticker.pass();
		assertThat(this.store.housekeepings).hasValue(1);
		this.ticker.pass(99);
		assertThat(this.store.housekeepings).hasValue(1);
		this.ticker.pass();
		assertThat(this.store.housekeepings).hasValue(2);
	}

	@Test
	void triesAgainUntilTheStoreAnswersAndSaysSoOnce(CapturedOutput output) throws Exception {
		this.store.failsWith("connection refused");
		this.recorder.track("/a");
		start(Duration.ofMillis(10));
		this.ticker.pass(4);
		assertThat(this.store.attempts).hasValue(4);
		assertThat(output).containsOnlyOnce(
				"Tracked paths are kept in memory, up to 'cf.tracker.tracking.max-pending': connection refused");
		assertThat(this.recorder.pending()).isOne();
		this.store.answers();
		this.ticker.pass();
		assertThat(this.recorder.pending()).isZero();
		assertThat(output).containsOnlyOnce("The fake store is available again. All tracked paths are written")
			.containsOnlyOnce("Tracked paths are kept in memory");
	}

	@Test
	void saysSoAgainWhenTheStoreFailsAgain(CapturedOutput output) throws Exception {
		start(Duration.ofMillis(10));
		this.store.failsWith("first");
		this.recorder.track("/a");
		this.ticker.pass();
		assertThat(output).contains("max-pending': first");
		this.store.answers();
		this.ticker.pass();
		assertThat(output).contains("is available again");
		this.store.failsWith("second");
		this.recorder.track("/a");
		this.ticker.pass();
		assertThat(output).contains("max-pending': second");
	}

	@Test
	void triesLessAndLessOftenWhileTheStoreFails() throws Exception {
		this.store.failsWith("down");
		this.recorder.track("/a");
		start(Duration.ofMillis(10));
		this.ticker.pass(10);
		assertThat(this.store.attempts).hasValue(10);
		assertThat(this.ticker.pauses()).extracting(Duration::toMillis)
			.containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 640L, 1280L, 2560L, 5000L, 5000L);
	}

	@Test
	void survivesAnyException(CapturedOutput output) throws Exception {
		this.store.onCall(() -> {
			throw new IllegalStateException();
		});
		this.recorder.track("/a");
		start(Duration.ofMillis(10));
		// Until it removes expired paths
		this.ticker.pass(100);
		assertThat(output).contains("max-pending': java.lang.IllegalStateException");
		this.store.answers();
		this.ticker.pass();
		assertThat(this.recorder.pending()).isZero();
	}

	@Test
	void saysHowManyPathsWereDropped(CapturedOutput output) throws Exception {
		this.store.failsWith("down");
		this.recorder.track("/a");
		this.recorder.track("/b");
		this.recorder.track("/c");
		this.recorder.track("/d");
		start(Duration.ofMillis(10));
		this.ticker.pass();
		assertThat(output).contains("2 paths were not tracked");
		this.ticker.pass(3);
		this.recorder.track("/e");
		this.ticker.pass();
		assertThat(output).contains("1 paths were not tracked");
		assertThat(output.getAll()).containsOnlyOnce("2 paths were not tracked");
	}

	@Test
	void flushesALastTimeWhenStopped(CapturedOutput output) {
		startInRealTime(NEVER);
		this.recorder.track("/a");
		this.flusher.stop();
		assertThat(this.store.onlyCall().paths()).containsOnlyKeys("/a");
		assertThat(output).doesNotContain("tracking.Flusher");
	}

	@Test
	void endsItsThreadWhenStopped() throws Exception {
		start(Duration.ofMillis(10));
		this.ticker.awaitPauses(1);
		this.flusher.stop();
		assertThat(this.ticker.thread().isAlive()).isFalse();
	}

	@Test
	void doesNotWaitForTheIntervalOfAFailingStoreWhenStopped() throws Exception {
		this.store.failsWith("down");
		this.recorder.track("/a");
		start(Duration.ofMillis(500));
		this.ticker.pass(2);
		this.store.answers();
		this.flusher.stop();
		assertThat(this.store.onlyCall().paths()).containsOnlyKeys("/a");
	}

	@Test
	void saysHowManyPathsAFailingStoreDidNotTakeWhenStopped(CapturedOutput output) {
		this.store.failsWith("down");
		this.recorder.track("/a");
		this.recorder.track("/b");
		startInRealTime(NEVER);
		this.flusher.stop();
		// The thread has not waited for its interval
		assertThat(this.store.attempts).hasValue(1);
		assertThat(output).contains("Shutting down with 2 tracked paths that could not be written");
	}

	@Test
	void stopsInTimeWhenTheStoreHangs(CapturedOutput output) {
		CountDownLatch hang = new CountDownLatch(1);
		this.store.onCall(() -> awaitRelease(hang));
		this.recorder.track("/a");
		start(NEVER);
		try {
			assertThat(CompletableFuture.runAsync(() -> this.flusher.stop(Duration.ofMillis(50)), NewThread.EACH))
				.succeedsWithin(Duration.ofSeconds(30));
			assertThat(output).contains("Shutting down with 1 tracked paths that could not be written");
		}
		finally {
			hang.countDown();
		}
	}

	private void start(Duration interval) {
		this.flusher = new Flusher(this.recorder, this.store, interval, this.doctor, this.ticker);
		this.flusher.start();
	}

	private void startInRealTime(Duration interval) {
		this.flusher = new Flusher(this.recorder, this.store, interval, this.doctor);
		this.flusher.start();
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
