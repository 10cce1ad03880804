package io.github.cftracker.thread;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Daemon thread that repeats a task, with a pause after each pass. An exception does not
 * end it, and an interrupt ends a pause only.
 * <p>
 * It can be started again after a stop. If a pass outlasts the stop, because a call
 * ignores the interrupt, its thread ends after that pass.
 */
public final class Repeater {

	private static final Logger logger = LoggerFactory.getLogger(Repeater.class);

	private final String name;

	private final Duration interval;

	private final Supplier<@Nullable Duration> task;

	private final Ticker ticker;

	private @Nullable Thread thread;

	private boolean stopped;

	private boolean awake;

	private boolean failing;

	/**
	 * Create a repeater whose task chooses each pause.
	 * @param name the name of the thread
	 * @param interval how long to pause before the first pass, and after one that throws
	 * @param task makes a pass, and returns how long to pause until the next, or
	 * {@code null} to end the thread
	 * @param ticker time of the pauses
	 */
	public Repeater(String name, Duration interval, Supplier<@Nullable Duration> task, Ticker ticker) {
		this.name = name;
		this.interval = interval;
		this.task = task;
		this.ticker = ticker;
	}

	/**
	 * Create a repeater whose pauses are equal.
	 * @param name the name of the thread
	 * @param interval how long to pause before each pass
	 * @param task makes a pass
	 * @return the repeater
	 */
	public static Repeater every(String name, Duration interval, Runnable task) {
		return new Repeater(name, interval, () -> {
			task.run();
			return interval;
		}, Ticker.SYSTEM);
	}

	/**
	 * Start the thread. It makes the first pass after the interval, or once it is woken.
	 */
	public synchronized void start() {
		Thread started = new Thread(this::repeat, this.name);
		started.setDaemon(true);
		this.thread = started;
		this.stopped = false;
		this.awake = false;
		notifyAll();
		started.start();
	}

	/**
	 * Make the next pass without a further pause.
	 */
	public synchronized void wake() {
		this.awake = true;
		notifyAll();
	}

	/**
	 * Stop the thread, and return when it has ended. A pass that takes longer than the
	 * given time is interrupted, and one second later no longer waited for. Does not wait
	 * if a pass calls it.
	 * @param patience how long to wait before the interrupt
	 * @return whether the thread has ended without an interrupt, or makes no further pass
	 * after the one that calls this method
	 */
	public boolean stop(Duration patience) {
		synchronized (this) {
			this.stopped = true;
			notifyAll();
		}
		return awaitEnd(patience);
	}

	/**
	 * Return when the thread has ended because its task has ended it. Waits and
	 * interrupts as {@link #stop} does.
	 * @param patience how long to wait before the interrupt
	 * @return whether the thread has ended without an interrupt
	 */
	public boolean awaitEnd(Duration patience) {
		Thread ending;
		synchronized (this) {
			ending = this.thread;
		}
		return ThreadEnd.await(ending, patience);
	}

	/**
	 * Return whether the repeater was started, and not stopped since.
	 * @return whether it is running
	 */
	public synchronized boolean isRunning() {
		return this.thread != null && !this.stopped;
	}

	/**
	 * Return whether a thread may make further passes: it was not stopped, and no other
	 * was started since.
	 * @param thread a thread that made a pass
	 * @return whether it is current
	 */
	public synchronized boolean isCurrent(Thread thread) {
		return this.thread == thread && !this.stopped;
	}

	/**
	 * Wait in a pass for a time, until the thread is stopped or has a reason to end the
	 * pause. Only {@link #wake()} makes it check the reason.
	 * @param duration how long to wait
	 * @param end whether there is a reason
	 * @return whether the time has passed
	 */
	public synchronized boolean pause(Duration duration, BooleanSupplier end) {
		try {
			await(duration, end);
			return isCurrent(Thread.currentThread()) && !end.getAsBoolean();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Wait for a time, until the thread is stopped or woken.
	 * @param duration how long to wait
	 * @return whether the thread may go on
	 */
	public synchronized boolean idle(Duration duration) {
		try {
			await(duration, () -> this.awake);
		}
		catch (InterruptedException ex) {
			logger.debug("Interrupted", ex);
		}
		// A pass may have been interrupted too
		Thread.interrupted();
		if (!isCurrent(Thread.currentThread())) {
			return false;
		}
		this.awake = false;
		return true;
	}

	private void repeat() {
		Duration pause = this.interval;
		while (pause != null && idle(pause)) {
			pause = pass();
		}
	}

	private @Nullable Duration pass() {
		try {
			Duration pause = this.task.get();
			this.failing = false;
			return pause;
		}
		catch (RuntimeException | Error ex) {
			// Also an error: the work would end unnoticed
			if (!this.failing && isCurrent(Thread.currentThread())) {
				this.failing = true;
				logger.warn("Thread '{}' failed and retries every {}. Further failures are logged at DEBUG", this.name,
						this.interval, ex);
			}
			else {
				logger.debug("Thread '{}' failed", this.name, ex);
			}
			return this.interval;
		}
	}

	private void await(Duration duration, BooleanSupplier end) throws InterruptedException {
		long until = this.ticker.nanoTime() + duration.toNanos();
		long left = duration.toNanos();
		while (left > 0 && isCurrent(Thread.currentThread()) && !end.getAsBoolean()) {
			this.ticker.await(this, left);
			left = until - this.ticker.nanoTime();
		}
	}

}
