package io.github.cftracker.chaos;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Has things happen at their times, several at once where one takes long.
 */
final class Timeline implements AutoCloseable {

	private static final int THREADS = 24;

	private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);

	private final Queue<Future<?>> ahead = new ConcurrentLinkedQueue<>();

	void in(Duration delay, Runnable task) {
		this.ahead.add(this.threads.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS));
	}

	/**
	 * Waits until everything has happened, also what was added on the way.
	 */
	void awaitEnd() throws InterruptedException, ExecutionException {
		Future<?> next = this.ahead.poll();
		while (next != null) {
			next.get();
			next = this.ahead.poll();
		}
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
