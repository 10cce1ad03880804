package io.github.cftracker.run;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.github.cftracker.Run;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.RunEvent;
import io.github.cftracker.thread.ThreadEnd;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes events of what becomes of runs, and publishes them in their order on a thread of
 * its own, which there is only while some wait.
 */
public final class RunEvents implements RunObserver {

	private static final Logger logger = LoggerFactory.getLogger(RunEvents.class);

	private static final int MAX_WAITING = 10_000;

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration THREAD_TIMEOUT = Duration.ofSeconds(1);

	private final ThreadPoolExecutor executor = new ThreadPoolExecutor(0, 1, 0, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(MAX_WAITING), this::thread);

	private volatile @Nullable Thread thread;

	private final AtomicLong leftOut = new AtomicLong();

	private final Consumer<RunEvent> publisher;

	private final Duration patience;

	/**
	 * Create events.
	 * @param publisher takes them, and may throw
	 */
	public RunEvents(Consumer<RunEvent> publisher) {
		this(publisher, SHUTDOWN_TIMEOUT);
	}

	RunEvents(Consumer<RunEvent> publisher, Duration patience) {
		this.publisher = publisher;
		this.patience = patience;
	}

	private Thread thread(Runnable task) {
		Thread thread = new Thread(task, "cf-tracker-events");
		thread.setDaemon(true);
		this.thread = thread;
		return thread;
	}

	@Override
	public void sent(Run run) {
		publish(new RunEvent.Accepted(run));
	}

	@Override
	public void rejected(Run run, List<RejectedPath> paths) {
		paths.forEach((path) -> publish(new RunEvent.PathRejected(run, path)));
	}

	@Override
	public void finished(Run run) {
		switch (run.state()) {
			case FAILED -> publish(new RunEvent.Failed(run));
			case COMPLETED, EMPTY -> publish(new RunEvent.Completed(run));
			default -> logger.debug("Run {} ended without a further event: {}", run.id(), run.state());
		}
	}

	private void publish(RunEvent event) {
		try {
			this.executor.execute(() -> guarded(event));
			long leftOut = this.leftOut.getAndSet(0);
			if (leftOut > 0) {
				logger.warn("{} run events were not published, because the queue was full", leftOut);
			}
		}
		catch (RejectedExecutionException ex) {
			if (this.leftOut.getAndIncrement() == 0) {
				logger.warn("Event {} of run {} is not published, because {} events are waiting for a slow listener",
						event.getClass().getSimpleName(), event.run().id(), MAX_WAITING);
			}
		}
	}

	private void guarded(RunEvent event) {
		try {
			this.publisher.accept(event);
		}
		catch (RuntimeException | Error ex) {
			logger.warn("A listener failed for run {} and event {}", event.run().id(), event.getClass().getSimpleName(),
					ex);
		}
	}

	/**
	 * Return when everything is published and the thread has ended. After ten seconds,
	 * drop what waits and interrupt the listener. Further events start a thread again.
	 */
	public void stop() {
		if (Thread.currentThread() == this.thread) {
			// A listener closes the application context: the thread ends by itself
			return;
		}
		if (!publishAll()) {
			this.executor.getQueue().clear();
		}
		ThreadEnd.await(this.thread, THREAD_TIMEOUT);
	}

	private boolean publishAll() {
		CountDownLatch last = new CountDownLatch(1);
		try {
			this.executor.execute(last::countDown);
			if (last.await(this.patience.toMillis(), TimeUnit.MILLISECONDS)) {
				return true;
			}
			logger.warn("Shutting down before all run events were published to listeners");
		}
		catch (RejectedExecutionException ex) {
			logger.warn("Shutting down with {} run events waiting for a blocked listener", MAX_WAITING);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return false;
	}

}
