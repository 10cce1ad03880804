package io.github.cftracker.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of runs: one sends, one watches what CloudFront has accepted, and one of
 * its own renews the claim, because the others wait for CloudFront. Each starts with its
 * first task.
 */
final class RunThreads {

	private static final Logger logger = LoggerFactory.getLogger(RunThreads.class);

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);

	private final CountDownLatch stopping = new CountDownLatch(1);

	private final ExecutorService sender = Executors.newSingleThreadExecutor(named("cf-tracker-send"));

	private final ScheduledExecutorService watcher = Executors
		.newSingleThreadScheduledExecutor(named("cf-tracker-watch"));

	private final ScheduledExecutorService renewer = Executors
		.newSingleThreadScheduledExecutor(named("cf-tracker-renew"));

	void send(Runnable task) {
		this.sender.execute(task);
	}

	void watch(Runnable task, Duration delay) {
		try {
			Future<?> unused = this.watcher.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("A run is not watched any more: the application is stopping");
		}
	}

	void renew(Runnable task, Duration interval) {
		Future<?> unused = this.renewer.scheduleAtFixedRate(task, interval.toMillis(), interval.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	/**
	 * Waits for a time, or until the application stops.
	 * @return whether the time has passed
	 */
	boolean pause(Duration duration) {
		try {
			return !this.stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	boolean isStopping() {
		return this.stopping.getCount() == 0;
	}

	/**
	 * Returns when the sending thread has ended, or after ten seconds.
	 */
	void stop() {
		this.stopping.countDown();
		this.sender.shutdown();
		try {
			if (!this.sender.awaitTermination(SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn("A batch is still being sent while the application stops");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.watcher.shutdownNow();
		this.renewer.shutdownNow();
	}

	private static ThreadFactory named(String name) {
		return (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		};
	}

}
