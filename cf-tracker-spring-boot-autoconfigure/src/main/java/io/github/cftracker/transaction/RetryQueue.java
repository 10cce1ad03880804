package io.github.cftracker.transaction;

import java.time.Duration;
import java.util.Objects;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.text.SelectionText;
import io.github.cftracker.thread.Repeater;
import io.github.cftracker.thread.Ticker;
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

	private final Repeater repeater;

	private Duration pause;

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
		this.pause = firstWait;
		this.repeater = new Repeater("cf-tracker-delivery", firstWait, this::pass, Ticker.SYSTEM);
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
		this.pause = this.firstWait;
		this.repeater.start();
	}

	private @Nullable Duration pass() {
		boolean last = isOver();
		Throwable failure = offerNext();
		return (failure != null) ? refused(failure, last) : taken();
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

	private synchronized boolean isOver() {
		return this.stopping && System.nanoTime() - this.giveUpAt > 0;
	}

	private synchronized InvalidationRequest next() {
		RequestUnion next = Objects.requireNonNull(this.waiting);
		this.offered = next;
		this.waiting = new RequestUnion(MAX_VALUES);
		return Objects.requireNonNull(next.toRequest());
	}

	private synchronized @Nullable Duration taken() {
		this.offered = null;
		if (this.waiting != null && !this.waiting.isEmpty()) {
			this.pause = Duration.ZERO;
			return this.pause;
		}
		this.waiting = null;
		logger.info("The invalidation requests held in memory are queued");
		return null;
	}

	private synchronized @Nullable Duration refused(Throwable failure, boolean last) {
		logger.debug("Could not queue invalidation requests", failure);
		this.waiting = all();
		this.offered = null;
		if (last) {
			undelivered(this.waiting, failure);
			this.waiting = null;
			return null;
		}
		this.pause = this.pause.isZero() ? this.firstWait : shorter(this.pause.multipliedBy(2), MAX_WAIT);
		return this.stopping ? shorter(this.pause, LAST_WAIT) : this.pause;
	}

	private static Duration shorter(Duration first, Duration second) {
		return (first.compareTo(second) < 0) ? first : second;
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

	/**
	 * Make further attempts for three seconds: a store that has just come back may not be
	 * connected yet. Log what is not delivered then.
	 */
	void stop() {
		synchronized (this) {
			this.stopping = true;
			this.giveUpAt = System.nanoTime() + LAST_PATIENCE.toNanos();
		}
		this.repeater.wake();
		this.repeater.awaitEnd(SHUTDOWN_TIMEOUT);
		logUndelivered();
	}

	private synchronized void logUndelivered() {
		if (this.waiting != null) {
			undelivered(all(), null);
		}
	}

}
