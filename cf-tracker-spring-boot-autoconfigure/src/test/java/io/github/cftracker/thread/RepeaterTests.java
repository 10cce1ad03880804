package io.github.cftracker.thread;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.github.cftracker.testing.ManualTicker;
import io.github.cftracker.testing.NewThread;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class RepeaterTests {

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	private static final Duration HOUR = Duration.ofHours(1);

	private final ManualTicker ticker = new ManualTicker();

	private final BlockingQueue<Thread> passes = new LinkedBlockingQueue<>();

	private volatile Supplier<@Nullable Duration> task = () -> INTERVAL;

	private final Repeater repeater = new Repeater("cf-tracker-test", INTERVAL, () -> {
		this.passes.add(Thread.currentThread());
		return this.task.get();
	}, this.ticker);

	@AfterEach
	void stop() {
		this.repeater.stop(HOUR);
	}

	@Test
	void pausesBeforeEachPass() throws Exception {
		this.repeater.start();
		this.ticker.awaitPauses(1);
		this.ticker.advance(INTERVAL.minusNanos(1));
		this.ticker.awaitPauses(2);
		assertThat(this.passes).isEmpty();
		this.ticker.pass();
		assertThat(this.passes).hasSize(1);
		assertThat(this.ticker.pauses()).containsExactly(INTERVAL, Duration.ofNanos(1), INTERVAL);
	}

	@Test
	void taskChoosesEachPause() throws Exception {
		this.task = () -> HOUR.multipliedBy(this.passes.size());
		this.repeater.start();
		this.ticker.pass(3);
		assertThat(this.ticker.pauses()).containsExactly(INTERVAL, HOUR, HOUR.multipliedBy(2), HOUR.multipliedBy(3));
	}

	@Test
	void repeatsTaskWithEqualPauses() throws Exception {
		CountDownLatch made = new CountDownLatch(3);
		Repeater equal = Repeater.every("cf-tracker-test", Duration.ofNanos(1), made::countDown);
		equal.start();
		made.await();
		assertThat(equal.stop(HOUR)).isTrue();
	}

	@Test
	void runsInDaemonThreadOfItsName() throws Exception {
		this.repeater.start();
		this.ticker.pass();
		assertThat(this.passes.take()).matches(Thread::isDaemon)
			.extracting(Thread::getName)
			.isEqualTo("cf-tracker-test");
	}

	@Test
	void wakingMakesPassAtOnce() throws Exception {
		this.repeater.start();
		this.ticker.awaitPauses(1);
		this.repeater.wake();
		this.ticker.awaitPauses(2);
		assertThat(this.passes).hasSize(1);
	}

	@Test
	void wakingDuringPassMakesAnotherPass() throws Exception {
		this.task = () -> {
			if (this.passes.size() == 1) {
				this.repeater.wake();
			}
			return INTERVAL;
		};
		this.repeater.start();
		this.ticker.pass();
		assertThat(this.passes).hasSize(2);
		assertThat(this.ticker.pauses()).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(classes = { IllegalStateException.class, NoClassDefFoundError.class })
	void repeatsAfterIntervalWhatThrows(Class<? extends Throwable> type) throws Exception {
		this.task = () -> throwUnchecked(type);
		this.repeater.start();
		this.ticker.pass(2);
		assertThat(this.passes).hasSize(2);
		assertThat(this.ticker.pauses()).containsExactly(INTERVAL, INTERVAL, INTERVAL);
	}

	@Test
	void stopEndsThreadWithoutFurtherPass() throws Exception {
		this.repeater.start();
		this.ticker.awaitPauses(1);
		assertThat(this.repeater.isRunning()).isTrue();
		assertThat(this.repeater.stop(HOUR)).isTrue();
		assertThat(this.ticker.thread().isAlive()).isFalse();
		assertThat(this.repeater.isRunning()).isFalse();
		assertThat(this.passes).isEmpty();
	}

	@Test
	void stopWaitsForPass() throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		this.task = () -> {
			await(end);
			return INTERVAL;
		};
		Thread thread = startPass();
		CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(() -> this.repeater.stop(HOUR),
				NewThread.EACH);
		while (this.repeater.isRunning()) {
			Thread.onSpinWait();
		}
		assertThat(stopped).isNotDone();
		end.countDown();
		assertThat(stopped.get()).isTrue();
		assertThat(thread.isAlive()).isFalse();
	}

	@Test
	void stopInterruptsPassThatTakesTooLong() throws Exception {
		this.task = () -> {
			await(new CountDownLatch(1));
			return INTERVAL;
		};
		Thread thread = startPass();
		assertThat(this.repeater.stop(Duration.ZERO)).isFalse();
		assertThat(thread.isAlive()).isFalse();
	}

	@Test
	void stopsFromPass() throws Exception {
		AtomicBoolean stopped = new AtomicBoolean();
		this.task = () -> {
			stopped.set(this.repeater.stop(HOUR));
			return INTERVAL;
		};
		startPass().join();
		assertThat(stopped).isTrue();
		assertThat(this.passes).isEmpty();
	}

	@Test
	void startsAgainAfterStop() throws Exception {
		Thread first = startPass();
		this.repeater.stop(HOUR);
		Thread second = startPass();
		assertThat(second).isNotSameAs(first);
		assertThat(this.repeater.isCurrent(first)).isFalse();
		assertThat(this.repeater.isCurrent(second)).isTrue();
	}

	@Test
	void passThatOutlastsStopIsTheLastOfItsThread() throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		this.task = () -> {
			awaitUninterruptibly(end);
			return INTERVAL;
		};
		Thread first = startPass();
		Thread.currentThread().interrupt();
		this.repeater.stop(HOUR);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(first.isAlive()).isTrue();
		Thread second = startPass();
		end.countDown();
		first.join();
		Awaitility.await().until(() -> this.ticker.thread() == second);
		assertThat(this.passes).isEmpty();
	}

	@Test
	void taskEndsItsThread() throws Exception {
		this.task = () -> null;
		Thread thread = startPass();
		assertThat(this.repeater.awaitEnd(HOUR)).isTrue();
		assertThat(thread.isAlive()).isFalse();
		assertThat(startPass()).isNotSameAs(thread);
	}

	@Test
	void interruptEndsPauseOnly() throws Exception {
		this.repeater.start();
		this.ticker.awaitPauses(1);
		this.ticker.thread().interrupt();
		this.ticker.awaitPauses(2);
		assertThat(this.passes).hasSize(1);
	}

	@Test
	void interruptInPassDoesNotReachNextPass() throws Exception {
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		this.task = () -> {
			if (this.passes.size() == 1) {
				this.repeater.wake();
				Thread.currentThread().interrupt();
			}
			else {
				interrupted.complete(Thread.currentThread().isInterrupted());
			}
			return INTERVAL;
		};
		this.repeater.start();
		this.ticker.pass();
		assertThat(interrupted.get()).isFalse();
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void warnsOnceOfWhatThrowsUntilPassSucceeds(CapturedOutput output) throws Exception {
		this.task = () -> {
			if (this.passes.size() != 3) {
				throw new IllegalStateException("broken");
			}
			return INTERVAL;
		};
		this.repeater.start();
		this.ticker.pass(4);
		assertThat(output.getAll().split("Thread 'cf-tracker-test' failed", -1)).hasSize(3);
		assertThat(output).contains("java.lang.IllegalStateException: broken");
	}

	@Test
	void passPausesUntilTimeHasPassed() throws Exception {
		CompletableFuture<Boolean> passed = pauseInPass(new AtomicBoolean());
		this.repeater.wake();
		this.ticker.awaitPauses(2);
		this.ticker.advance(HOUR);
		assertThat(passed.get()).isTrue();
	}

	@Test
	void passPausesUntilThereIsReasonToEnd() throws Exception {
		AtomicBoolean end = new AtomicBoolean();
		CompletableFuture<Boolean> passed = pauseInPass(end);
		end.set(true);
		this.repeater.wake();
		assertThat(passed.get()).isFalse();
	}

	@Test
	void passPausesUntilStop() throws Exception {
		CompletableFuture<Boolean> passed = pauseInPass(new AtomicBoolean());
		assertThat(this.repeater.stop(HOUR)).isTrue();
		assertThat(passed.get()).isFalse();
	}

	@Test
	void nothingIsThereToStopBeforeTheStart() {
		assertThat(this.repeater.isRunning()).isFalse();
		this.repeater.wake();
		assertThat(this.repeater.stop(HOUR)).isTrue();
	}

	private CompletableFuture<Boolean> pauseInPass(AtomicBoolean end) throws InterruptedException {
		CompletableFuture<Boolean> passed = new CompletableFuture<>();
		this.task = () -> {
			passed.complete(this.repeater.pause(HOUR, end::get));
			return null;
		};
		startPass();
		this.ticker.awaitPauses(1);
		return passed;
	}

	private Thread startPass() throws InterruptedException {
		this.repeater.start();
		this.repeater.wake();
		return Objects.requireNonNull(this.passes.poll(30, TimeUnit.SECONDS));
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		while (latch.getCount() > 0) {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				// Like a call that ignores it
			}
		}
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> Duration throwUnchecked(Class<? extends Throwable> type) throws T {
		try {
			throw (T) type.getDeclaredConstructor().newInstance();
		}
		catch (ReflectiveOperationException ex) {
			throw new AssertionError(ex);
		}
	}

}
