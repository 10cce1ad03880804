package io.github.cftracker.recording;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.cftracker.distribution.DistributionDoctor;
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

	private static final LifetimePolicy LIFETIMES = new LifetimePolicy(Mode.FIXED, Duration.ofHours(1), Duration.ZERO,
			Duration.ofHours(1), Duration.ZERO, Clock.systemUTC());

	private static final Duration NEVER = Duration.ofHours(1);

	private final FakeStore store = new FakeStore();

	private final PathRecorder recorder = TestRecorder.of(this.store, LIFETIMES, 2);

	private final DistributionDoctor doctor = new DistributionDoctor();

	private final PausingTimer timer = new PausingTimer();

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
		this.timer.pass();
		assertThat(this.recorder.pending()).isZero();
		this.recorder.track("/b");
		this.timer.pass();
		assertThat(this.recorder.pending()).isZero();
		assertThat(this.store.methods()).containsExactly("track", "track");
		assertThat(this.timer.pauses).containsOnly(Duration.ofMillis(20));
		assertThat(output).doesNotContain("tracking.Flusher");
	}

	@Test
	void saysSoOnceWithAnIntervalOfFiveSeconds(CapturedOutput output) throws Exception {
		this.store.failsWith("down");
		this.recorder.track("/a");
		start(Duration.ofSeconds(5));
		this.timer.pass(3);
		assertThat(this.store.attempts).hasValue(3);
		assertThat(this.timer.pauses).containsOnly(Duration.ofSeconds(5));
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
		this.timer.pass();
		assertThat(this.store.attempts).hasValue(1);
		this.store.answers();
		this.timer.pass();
		assertThat(this.recorder.pending()).isZero();
	}

	@Test
	void waitsForTheInterval() throws Exception {
		this.recorder.track("/a");
		start(NEVER);
		this.timer.awaitPauses(1);
		assertThat(this.timer.pauses).containsExactly(NEVER);
		assertThat(this.store.attempts).hasValue(0);
		this.timer.pass();
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
		this.timer.pass(99);
		assertThat(this.store.housekeepings).hasValue(0);
		this.timer.pass();
		assertThat(this.store.housekeepings).hasValue(1);
		this.timer.pass(99);
		assertThat(this.store.housekeepings).hasValue(1);
		this.timer.pass();
		assertThat(this.store.housekeepings).hasValue(2);
	}

	@Test
	void triesAgainUntilTheStoreAnswersAndSaysSoOnce(CapturedOutput output) throws Exception {
		this.store.failsWith("connection refused");
		this.recorder.track("/a");
		start(Duration.ofMillis(10));
		this.timer.pass(4);
		assertThat(this.store.attempts).hasValue(4);
		assertThat(output).containsOnlyOnce(
				"Tracked paths are kept in memory, up to 'cf.tracker.tracking.max-pending': connection refused");
		assertThat(this.recorder.pending()).isOne();
		this.store.answers();
		this.timer.pass();
		assertThat(this.recorder.pending()).isZero();
		assertThat(output).containsOnlyOnce("The fake store is available again. All tracked paths are written")
			.containsOnlyOnce("Tracked paths are kept in memory");
	}

	@Test
	void saysSoAgainWhenTheStoreFailsAgain(CapturedOutput output) throws Exception {
		start(Duration.ofMillis(10));
		this.store.failsWith("first");
		this.recorder.track("/a");
		this.timer.pass();
		assertThat(output).contains("max-pending': first");
		this.store.answers();
		this.timer.pass();
		assertThat(output).contains("is available again");
		this.store.failsWith("second");
		this.recorder.track("/a");
		this.timer.pass();
		assertThat(output).contains("max-pending': second");
	}

	@Test
	void triesLessAndLessOftenWhileTheStoreFails() throws Exception {
		this.store.failsWith("down");
		this.recorder.track("/a");
		start(Duration.ofMillis(10));
		this.timer.pass(10);
		assertThat(this.store.attempts).hasValue(10);
		assertThat(this.timer.pauses).extracting(Duration::toMillis)
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
		this.timer.pass(100);
		assertThat(output).contains("max-pending': java.lang.IllegalStateException");
		this.store.answers();
		this.timer.pass();
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
		this.timer.pass();
		assertThat(output).contains("2 paths were not tracked");
		this.timer.pass(3);
		this.recorder.track("/e");
		this.timer.pass();
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
		this.timer.awaitPauses(1);
		this.flusher.stop();
		assertThat(this.timer.thread.isAlive()).isFalse();
	}

	@Test
	void doesNotWaitForTheIntervalOfAFailingStoreWhenStopped() throws Exception {
		this.store.failsWith("down");
		this.recorder.track("/a");
		start(Duration.ofMillis(500));
		this.timer.pass(2);
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
		this.timer.shutdownTimeout = Duration.ofMillis(50);
		start(NEVER);
		try {
			assertThat(CompletableFuture.runAsync(this.flusher::stop, NewThread.EACH))
				.succeedsWithin(Duration.ofSeconds(30));
			assertThat(output).contains("Shutting down with 1 tracked paths that could not be written");
		}
		finally {
			hang.countDown();
		}
	}

	private void start(Duration interval) {
		this.flusher = new Flusher(this.recorder, this.store, interval, this.doctor, this.timer);
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

	/**
	 * Each pause of the flusher lasts until the test lets it pass.
	 */
	private static final class PausingTimer extends Flusher.Timer {

		private final List<Duration> pauses = new CopyOnWriteArrayList<>();

		private final Semaphore begun = new Semaphore(0);

		private final Semaphore passed = new Semaphore(0);

		private int seen;

		private final AtomicLong now = new AtomicLong();

		private volatile Duration shutdownTimeout = super.shutdownTimeout();

		private volatile Thread thread;

		/**
		 * Return when the flusher has flushed and waits again.
		 */
		void pass() throws InterruptedException {
			awaitPauses(1);
			this.passed.release();
			awaitPauses(this.seen + 1);
		}

		void pass(int times) throws InterruptedException {
			for (int i = 0; i < times; i++) {
				pass();
			}
		}

		void awaitPauses(int count) throws InterruptedException {
			while (this.seen < count) {
				assertThat(this.begun.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
				this.seen++;
			}
		}

		@Override
		boolean await(CountDownLatch stopping, Duration pause) throws InterruptedException {
			this.thread = Thread.currentThread();
			this.pauses.add(pause);
			this.begun.release();
			while (!stopping.await(1, TimeUnit.MILLISECONDS)) {
				if (this.passed.tryAcquire()) {
					this.now.addAndGet(pause.toNanos());
					return false;
				}
			}
			return true;
		}

		@Override
		long nanoTime() {
			return this.now.get();
		}

		@Override
		Duration shutdownTimeout() {
			return this.shutdownTimeout;
		}

	}

}
