package io.github.cftracker.transaction;

import java.time.Duration;
import java.util.Objects;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.text.SelectionText;
import io.github.cftracker.thread.ThreadEnd;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queue of requests that were not accepted. A thread retries their union; it exists only
 * while requests wait.
 */
final class RetryQueue {

	private static final Logger logger = LoggerFactory.getLogger(RetryQueue.class);

	private static final int MAX_VALUES = 10_000;

	private static final Duration MAX_WAIT = Duration.ofSeconds(30);

	private static final Duration LAST_WAIT = Duration.ofMillis(100);

	private static final Duration LAST_PATIENCE = Duration.ofSeconds(3);

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(15);

	private final RequestSubmitter submitter;

	private final Duration firstWait;

	private @Nullable RequestUnion waiting;

	private @Nullable RequestUnion offered;

	private @Nullable Thread thread;

	private boolean stopping;

	private long giveUpAt;

	/**
	 * Create an empty queue.
	 * @param submitter submits requests
	 * @param firstWait how long to wait before the first retry
	 */
	RetryQueue(RequestSubmitter submitter, Duration firstWait) {
		this.submitter = submitter;
		this.firstWait = firstWait;
	}

	/**
	 * Add a request if others wait.
	 * @return whether others wait
	 */
	synchronized boolean join(InvalidationRequest request) {
		if (this.waiting == null) {
			return false;
		}
		this.waiting.add(request);
		return true;
	}

	synchronized boolean isAny() {
		return this.waiting != null;
	}

	synchronized void keep(InvalidationRequest request, Throwable failure) {
		if (join(request)) {
			return;
		}
		RequestUnion union = new RequestUnion(MAX_VALUES);
		union.add(request);
		if (this.stopping) {
			undelivered(union, failure);
			return;
		}
		logger.warn("Invalidation requests are held in memory until they can be queued: {}", failure.toString());
		logger.debug("Could not queue invalidation requests", failure);
		this.waiting = union;
		this.thread = new Thread(this::work, "cf-tracker-delivery");
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void work() {
		Duration wait = this.firstWait;
		boolean again = true;
		while (again) {
			boolean last = !pause(wait);
			Throwable failure = offerNext();
			again = (failure != null) ? refused(failure, last) : taken();
			wait = (failure == null) ? Duration.ZERO : longer(wait);
		}
	}

	private @Nullable Throwable offerNext() {
		try {
			return this.submitter.submitAgain(next());
		}
		catch (RuntimeException | Error ex) {
			// The thread must not end while others join what it offers
			return ex;
		}
	}

	private Duration longer(Duration wait) {
		Duration doubled = wait.isZero() ? this.firstWait : wait.multipliedBy(2);
		return (doubled.compareTo(MAX_WAIT) < 0) ? doubled : MAX_WAIT;
	}

	/**
	 * Wait, for a short time only once {@link #stop} is called: a store that is available
	 * again may not be connected yet.
	 * @return whether another retry may follow
	 */
	private synchronized boolean pause(Duration duration) {
		long since = System.nanoTime();
		try {
			long left = left(since, duration);
			while (left > 0) {
				wait(left / 1_000_000, (int) (left % 1_000_000));
				left = left(since, duration);
			}
		}
		catch (InterruptedException ex) {
			// Only this class uses the thread, which ends by itself
			logger.debug("Interrupted", ex);
		}
		return !isOver();
	}

	private long left(long since, Duration duration) {
		boolean shorter = this.stopping && duration.compareTo(LAST_WAIT) > 0;
		return since + (shorter ? LAST_WAIT : duration).toNanos() - System.nanoTime();
	}

	private synchronized boolean isOver() {
		return this.stopping && System.nanoTime() - this.giveUpAt > 0;
	}

	private synchronized InvalidationRequest next() {
		RequestUnion next = Objects.requireNonNull(this.waiting);
		this.offered = next;
		this.waiting = new RequestUnion(MAX_VALUES);
		return Objects.requireNonNull(next.toRequest());
	}

	private synchronized boolean taken() {
		this.offered = null;
		if (this.waiting != null && !this.waiting.isEmpty()) {
			return true;
		}
		this.waiting = null;
		logger.info("The invalidation requests held in memory are queued");
		return false;
	}

	private synchronized boolean refused(Throwable failure, boolean last) {
		logger.debug("Could not queue invalidation requests", failure);
		this.waiting = all();
		this.offered = null;
		if (last) {
			undelivered(this.waiting, failure);
			this.waiting = null;
		}
		return !last;
	}

	private RequestUnion all() {
		RequestUnion all = new RequestUnion(MAX_VALUES);
		if (this.offered != null) {
			all.addAll(this.offered);
		}
		if (this.waiting != null) {
			all.addAll(this.waiting);
		}
		return all;
	}

	private static void undelivered(RequestUnion union, @Nullable Throwable failure) {
		InvalidationRequest request = union.toRequest();
		if (request != null) {
			logger.error(
					"Shutting down with invalidation requests that could not be queued. Invalidate these manually: {}",
					SelectionText.of(request.selection()), failure);
		}
	}

	synchronized void start() {
		this.stopping = false;
	}

	void stop() {
		@Nullable Thread working;
		synchronized (this) {
			this.stopping = true;
			this.giveUpAt = System.nanoTime() + LAST_PATIENCE.toNanos();
			notifyAll();
			working = this.thread;
		}
		ThreadEnd.await(working, SHUTDOWN_TIMEOUT);
		if (working != null && working.isAlive()) {
			logUndelivered();
		}
	}

	private synchronized void logUndelivered() {
		undelivered(all(), null);
	}

}
