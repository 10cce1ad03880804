package io.github.cftracker.scheduling;

import org.springframework.context.SmartLifecycle;

/**
 * Lifecycle of the tracker's threads. They start before the web server accepts requests,
 * and stop after it has answered the last one, so that its path is flushed.
 */
public final class TrackerLifecycle implements SmartLifecycle {

	/**
	 * Default phase. Lower phases stop later: the web server has a much higher phase, and
	 * Redis connection factories, which the tracker needs while it stops, have phase 0.
	 */
	public static final int DEFAULT_PHASE = 2;

	private final int phase;

	private final Runnable start;

	private final Runnable stop;

	private volatile boolean running;

	/**
	 * Create a lifecycle.
	 * @param start the action when the context starts
	 * @param stop the action when the context stops
	 */
	public TrackerLifecycle(Runnable start, Runnable stop) {
		this(DEFAULT_PHASE, start, stop);
	}

	/**
	 * Create a lifecycle in its own phase.
	 * @param phase the phase, above {@link #DEFAULT_PHASE} for components that need the
	 * others while they stop, below for components that the others need
	 * @param start the action when the context starts
	 * @param stop the action when the context stops
	 */
	public TrackerLifecycle(int phase, Runnable start, Runnable stop) {
		this.phase = phase;
		this.start = start;
		this.stop = stop;
	}

	@Override
	public void start() {
		if (!this.running) {
			this.running = true;
			this.start.run();
		}
	}

	@Override
	public void stop() {
		if (this.running) {
			this.running = false;
			this.stop.run();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

}
