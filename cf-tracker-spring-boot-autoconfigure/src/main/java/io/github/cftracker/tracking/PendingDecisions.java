package io.github.cftracker.tracking;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import io.github.cftracker.thread.Repeater;
import io.github.cftracker.thread.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decisions that wait until the distribution is known: after a start, when caches fill
 * again, a wrong path would be tracked for each page. A limited number waits for a
 * limited time. Requests do not wait for them.
 */
final class PendingDecisions {

	private static final Logger logger = LoggerFactory.getLogger(PendingDecisions.class);

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

	private final Queue<Runnable> waiting = new ArrayDeque<>();

	private final int max;

	/**
	 * Ends the wait, also if no further request arrives. A timer of the JDK would keep
	 * the context class loader of its first user.
	 */
	private final Repeater timeout;

	private volatile boolean expecting;

	private int ending;

	PendingDecisions(Duration patience, int max) {
		this.max = max;
		this.timeout = new Repeater("cf-tracker-early-paths", patience, this::timeOut, Ticker.SYSTEM);
	}

	boolean isExpecting() {
		return this.expecting;
	}

	void expect() {
		synchronized (this) {
			this.expecting = true;
		}
		this.timeout.start();
	}

	/**
	 * Make a decision now, or when the distribution is known.
	 */
	void run(Runnable decision) {
		if (!this.expecting || !defer(decision)) {
			decision.run();
		}
	}

	private synchronized boolean defer(Runnable decision) {
		return this.expecting && this.waiting.size() < this.max && this.waiting.add(decision);
	}

	private @Nullable Duration timeOut() {
		makeAll(true);
		return null;
	}

	/**
	 * Wait until every decision that waits has been made. After the given time, make
	 * them: they may be wrong, but a run needs them.
	 */
	void await(Duration patience) {
		if (!isMade(patience)) {
			makeAll(false);
		}
	}

	private synchronized boolean isMade(Duration patience) {
		long until = System.nanoTime() + patience.toNanos();
		try {
			while ((this.expecting || this.ending > 0) && until - System.nanoTime() > 0) {
				TimeUnit.NANOSECONDS.timedWait(this, until - System.nanoTime());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return !this.expecting && this.ending == 0;
	}

	void end() {
		makeAll(true);
		this.timeout.wake();
	}

	/**
	 * Make every decision that waits, and return when the thread has ended.
	 */
	void stop() {
		makeAll(true);
		this.timeout.stop(SHUTDOWN_TIMEOUT);
	}

	private void makeAll(boolean end) {
		Queue<Runnable> taken = take(end);
		try {
			taken.forEach(PendingDecisions::make);
		}
		finally {
			ended();
		}
	}

	private static void make(Runnable decision) {
		try {
			decision.run();
		}
		catch (RuntimeException | Error ex) {
			logger.warn("Could not track a path", ex);
		}
	}

	private synchronized Queue<Runnable> take(boolean end) {
		Queue<Runnable> taken = new ArrayDeque<>(this.waiting);
		this.waiting.clear();
		this.expecting &= !end;
		this.ending++;
		return taken;
	}

	private synchronized void ended() {
		this.ending--;
		notifyAll();
	}

}
