package io.github.cftracker.scheduling;

import org.springframework.context.SmartLifecycle;

/**
 * Starts the tracker's threads before the web server takes requests, and stops them after
 * it has answered the last one, so that what that recorded is flushed.
 */
public final class TrackerLifecycle implements SmartLifecycle {

	/**
	 * Lower phases stop later: the web server is far above, Redis connection factories
	 * are at 0, and in between is what still needs them when the rest has stopped.
	 */
	public static final int DEFAULT_PHASE = 2;

	private final int phase;

	private final Runnable start;

	private final Runnable stop;

	private volatile boolean running;

	/**
	 * Create a lifecycle.
	 * @param start what to do when the context starts
	 * @param stop what to do when it stops
	 */
	public TrackerLifecycle(Runnable start, Runnable stop) {
		this(DEFAULT_PHASE, start, stop);
	}

	/**
	 * Create a lifecycle in a phase of its own.
	 * @param phase the phase, above {@link #DEFAULT_PHASE} for what needs the rest while
	 * it stops, below for what the rest needs
	 * @param start what to do when the context starts
	 * @param stop what to do when it stops
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
