package io.github.cftracker.recording;

import java.time.Duration;

import io.github.cftracker.UrlStore;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.FindingType;
import io.github.cftracker.distribution.Problem;
import io.github.cftracker.text.LogText;
import io.github.cftracker.thread.Repeater;
import io.github.cftracker.thread.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thread that flushes the {@link PathRecorder}, and the only one that waits for a slow
 * store. While the store does not answer, it retries after pauses of up to five seconds,
 * and logs that once.
 */
public final class Flusher {

	private static final String PART = "tracking";

	private static final Logger logger = LoggerFactory.getLogger(Flusher.class);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration HOUSEKEEPING_INTERVAL = Duration.ofSeconds(1);

	private final PathRecorder recorder;

	private final UrlStore store;

	private final Duration interval;

	private final DistributionDoctor doctor;

	private final Ticker ticker;

	private final Repeater repeater;

	private volatile boolean stopping;

	private Duration pause;

	private boolean failing;

	private long droppedLogged;

	private long overflowedLogged;

	private long lastHousekeeping;

	/**
	 * Create a flusher.
	 * @param recorder what to flush
	 * @param store whose expired paths to remove
	 * @param interval how long to wait between flushes
	 * @param doctor is notified if paths cannot be written
	 */
	public Flusher(PathRecorder recorder, UrlStore store, Duration interval, DistributionDoctor doctor) {
		this(recorder, store, interval, doctor, Ticker.SYSTEM);
	}

	Flusher(PathRecorder recorder, UrlStore store, Duration interval, DistributionDoctor doctor, Ticker ticker) {
		this.doctor = doctor;
		this.recorder = recorder;
		this.store = store;
		this.interval = interval;
		this.pause = interval;
		this.ticker = ticker;
		this.lastHousekeeping = ticker.nanoTime();
		this.repeater = new Repeater("cf-tracker-flush", interval, this::pass, ticker);
	}

	/**
	 * Start the thread.
	 */
	public void start() {
		this.stopping = false;
		this.repeater.start();
	}

	/**
	 * Flush a last time and end the thread. Returns when both are done, or after ten
	 * seconds.
	 */
	public void stop() {
		stop(SHUTDOWN_TIMEOUT);
	}

	void stop(Duration patience) {
		this.stopping = true;
		this.repeater.wake();
		this.repeater.awaitEnd(patience);
		if (this.recorder.pending() > 0) {
			logger.warn("Shutting down with {} tracked paths that could not be written to the store",
					this.recorder.pending());
		}
	}

	private @Nullable Duration pass() {
		// Paths that come during a pass need another one
		boolean last = this.stopping;
		flush();
		return last ? null : this.pause;
	}

	private void flush() {
		try {
			boolean written = this.recorder.flush();
			boolean cleaned = removeExpired();
			if (written || cleaned) {
				answered();
			}
		}
		catch (RuntimeException | Error ex) {
			// Also an error: without this thread nothing would be tracked
			failed(ex);
		}
	}

	private boolean removeExpired() {
		long now = this.ticker.nanoTime();
		if (now - this.lastHousekeeping < HOUSEKEEPING_INTERVAL.toNanos()) {
			return false;
		}
		this.lastHousekeeping = now;
		this.store.removeExpired();
		this.recorder.check();
		logLosses();
		return true;
	}

	private void answered() {
		if (this.failing) {
			this.failing = false;
			this.doctor.trouble(PART, null);
			this.pause = this.interval;
			logger.info("The {} store is available again. All tracked paths are written", this.store.name());
		}
	}

	private void failed(Throwable ex) {
		this.doctor.trouble(PART, new Problem(FindingType.STORE_NOT_WRITTEN,
				"Tracked paths cannot be written: " + LogText.sentence(message(ex)),
				"Fix the cause. Until then, up to 'cf.tracker.tracking.max-pending' paths are kept in memory."));
		if (!this.failing) {
			this.failing = true;
			logger.warn("Tracked paths are kept in memory, up to 'cf.tracker.tracking.max-pending': {}",
					LogText.clean(message(ex)));
			logger.debug("Could not write tracked paths", ex);
		}
		Duration doubled = this.pause.multipliedBy(2);
		if (this.pause.compareTo(LONGEST_PAUSE) < 0) {
			this.pause = (doubled.compareTo(LONGEST_PAUSE) < 0) ? doubled : LONGEST_PAUSE;
		}
		logLosses();
	}

	private void logLosses() {
		long overflowed = this.recorder.overflowed();
		if (overflowed > this.overflowedLogged) {
			logger.warn(
					"{} paths are tracked as a wildcard of their folder, because more than "
							+ "'cf.tracker.tracking.max-pending' paths were not written yet",
					overflowed - this.overflowedLogged);
			this.overflowedLogged = overflowed;
		}
		long dropped = this.recorder.dropped();
		if (dropped > this.droppedLogged) {
			logger.warn("{} paths were not tracked, because more than 'cf.tracker.tracking.max-pending' paths were not "
					+ "written yet, or 'cf.tracker.tracking.max-variants' or 'cf.tracker.tracking.max-paths' was "
					+ "reached, or a route had more than {} paths that CloudFront does not accept as they are",
					dropped - this.droppedLogged, PathLimiter.MAX_WIDENED);
			this.droppedLogged = dropped;
		}
	}

	private static @Nullable String message(Throwable ex) {
		return (ex.getMessage() != null) ? ex.getMessage() : ex.toString();
	}

}
