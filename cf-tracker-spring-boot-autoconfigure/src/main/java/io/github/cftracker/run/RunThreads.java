package io.github.cftracker.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.github.cftracker.thread.ThreadEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of runs: one works, and the others do something at intervals, each in a
 * thread of its own, because some of it waits for CloudFront.
 */
final class RunThreads {

	private static final Logger logger = LoggerFactory.getLogger(RunThreads.class);

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration INTERVAL_TIMEOUT = Duration.ofSeconds(2);

	private final List<ScheduledExecutorService> intervals = new ArrayList<>();

	private final List<Thread> threads = new CopyOnWriteArrayList<>();

	private final Thread worker;

	private boolean stopping;

	private boolean awake;

	RunThreads(Runnable work) {
		this.worker = named("cf-tracker-sender").newThread(work);
	}

	void start() {
		this.worker.start();
	}

	void atIntervals(String name, Runnable task, Duration interval) {
		ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(named(name));
		this.intervals.add(thread);
		Future<?> unused = thread.scheduleWithFixedDelay(() -> guarded(task), interval.toMillis(), interval.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	private static void guarded(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException | Error ex) {
			// An exception would end the repetition
			logger.debug("Retrying", ex);
		}
	}

	/**
	 * Waits for a time, until {@link #stop} or until there is a reason to end.
	 * @return whether the time has passed
	 */
	synchronized boolean pause(Duration duration, BooleanSupplier end) {
		long until = System.nanoTime() + duration.toNanos();
		long left = duration.toNanos();
		try {
			while (left > 0 && !this.stopping && !end.getAsBoolean()) {
				wait(left / 1_000_000, (int) (left % 1_000_000));
				left = until - System.nanoTime();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		return !this.stopping && !end.getAsBoolean();
	}

	/**
	 * Waits for a time, or until {@link #wake}.
	 */
	synchronized void idle(Duration duration, BooleanSupplier end) {
		pause(duration, () -> this.awake || end.getAsBoolean());
		this.awake = false;
	}

	/**
	 * Ends {@link #idle}, and lets {@link #pause} look whether there is a reason to end.
	 */
	synchronized void wake() {
		this.awake = true;
		notifyAll();
	}

	synchronized boolean isStopping() {
		return this.stopping;
	}

	/**
	 * Returns when the threads have ended. The worker is interrupted after ten seconds.
	 */
	void stop() {
		synchronized (this) {
			this.stopping = true;
			notifyAll();
		}
		// The lease is renewed until then
		if (!ThreadEnd.await(this.worker, SHUTDOWN_TIMEOUT)) {
			logger.warn("Shutting down while a batch is still being sent. The next node to process runs sends it "
					+ "again under the same caller reference");
		}
		this.intervals.forEach(ScheduledExecutorService::shutdownNow);
		ThreadEnd.await(this.threads, INTERVAL_TIMEOUT);
	}

	private ThreadFactory named(String name) {
		return (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			this.threads.add(thread);
			return thread;
		};
	}

}
