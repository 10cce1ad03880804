package io.github.cftracker.distribution;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.cftracker.distribution.UnreadableDistributionException.Reason;
import io.github.cftracker.thread.Repeater;
import io.github.cftracker.thread.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the settings of the distribution at start, every hour, and when a run starts, on
 * a separate thread. While they cannot be read, the settings that were read last stay in
 * effect.
 */
public final class DistributionMirror {

	private static final Logger logger = LoggerFactory.getLogger(DistributionMirror.class);

	private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(1);

	private final DistributionClient client;

	private final SettingsUser user;

	private final SettingsHistory history;

	private final MirrorReport report;

	private final Intervals intervals;

	private final Repeater repeater;

	private boolean compared;

	private @Nullable String versionOfOthers;

	private final CountDownLatch tried = new CountDownLatch(1);

	private final Object monitor = new Object();

	private boolean hanging;

	private long due;

	private Duration retry;

	private long requested;

	private long answered;

	private Reading last = Reading.FAILED;

	private volatile boolean started;

	private volatile @Nullable Distribution distribution;

	/**
	 * Create a mirror.
	 * @param client reads the settings
	 * @param user uses the settings
	 * @param history what other nodes have read
	 * @param report reports what the settings and their readings mean
	 */
	public DistributionMirror(DistributionClient client, SettingsUser user, SettingsHistory history,
			MirrorReport report) {
		this(client, user, history, report, Intervals.DEFAULT);
	}

	DistributionMirror(DistributionClient client, SettingsUser user, SettingsHistory history, MirrorReport report,
			Intervals intervals) {
		this.client = client;
		this.user = user;
		this.history = history;
		this.report = report;
		this.intervals = intervals;
		this.retry = intervals.firstRetry();
		this.repeater = new Repeater("cf-tracker-mirror", intervals.check(), this::pass, Ticker.SYSTEM);
	}

	/**
	 * Return the settings as they were read last.
	 * @return the settings, {@code null} if they never were
	 */
	public @Nullable Distribution distribution() {
		return this.distribution;
	}

	/**
	 * Return the settings as they were read last, or as they are about to be read for the
	 * first time.
	 * @param patience how long to wait
	 * @return the settings, {@code null} if they are not known
	 */
	public @Nullable Distribution await(Duration patience) {
		if (this.started) {
			try {
				this.tried.await(patience.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		return this.distribution;
	}

	/**
	 * Start the thread.
	 */
	public void start() {
		synchronized (this.monitor) {
			this.started = true;
			this.due = System.nanoTime();
			this.retry = this.intervals.firstRetry();
		}
		this.repeater.start();
		this.repeater.wake();
	}

	/**
	 * End the thread. A call of CloudFront is interrupted after one second. A client that
	 * ignores the interrupt ends the thread when the call ends.
	 */
	public void stop() {
		synchronized (this.monitor) {
			this.started = false;
			this.monitor.notifyAll();
		}
		this.repeater.stop(SHUTDOWN_TIMEOUT);
	}

	/**
	 * Read the settings now and wait for them. If they are not read in time, or not at
	 * all, this is a finding until they are. While a reading hangs, only the first caller
	 * waits.
	 * @param patience how long to wait
	 */
	public void refresh(Duration patience) {
		synchronized (this.monitor) {
			if (!this.started) {
				return;
			}
			// The first reading is as good as one that begins now
			long ticket = (this.answered == 0) ? 1 : ++this.requested;
			this.repeater.wake();
			boolean inTime = await(ticket, this.hanging ? Duration.ZERO : patience);
			this.hanging = !inTime;
			// What was refused is reported already
			if (!inTime || this.last == Reading.FAILED) {
				this.report.notCurrent(this.distribution);
			}
		}
	}

	private boolean await(long ticket, Duration patience) {
		long until = System.nanoTime() + patience.toNanos();
		try {
			while (this.started && this.answered < ticket && until - System.nanoTime() > 0) {
				TimeUnit.NANOSECONDS.timedWait(this.monitor, until - System.nanoTime());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return this.answered >= ticket;
	}

	private Duration pass() {
		if (isDue() || isOutdated()) {
			mirror();
		}
		synchronized (this.monitor) {
			return shorter(this.intervals.check(), Duration.ofNanos(this.due - System.nanoTime()));
		}
	}

	private void mirror() {
		long ticket;
		synchronized (this.monitor) {
			ticket = Math.max(this.requested, this.answered + 1);
			this.requested = ticket;
		}
		Reading reading = read();
		synchronized (this.monitor) {
			if (!isStopped()) {
				answer(ticket, reading);
			}
		}
		this.tried.countDown();
	}

	private void answer(long ticket, Reading reading) {
		this.answered = Math.max(this.answered, ticket);
		this.last = reading;
		this.hanging = false;
		if (reading == Reading.DONE) {
			this.report.current();
		}
		this.monitor.notifyAll();
		Duration interval = this.intervals.regular();
		boolean settled = reading != Reading.FAILED;
		this.due = System.nanoTime() + (settled ? interval : this.retry).toNanos();
		this.retry = settled ? this.intervals.firstRetry()
				: shorter(this.retry.multipliedBy(2), shorter(interval, LONGEST_RETRY));
	}

	private static Duration shorter(Duration first, Duration second) {
		return (first.compareTo(second) < 0) ? first : second;
	}

	private boolean isDue() {
		synchronized (this.monitor) {
			return this.requested > this.answered || this.due - System.nanoTime() <= 0;
		}
	}

	/**
	 * Return whether another node has read other settings than this one, under which this
	 * one has tracked requests.
	 */
	private boolean isOutdated() {
		Distribution distribution = this.distribution;
		if (distribution == null || !this.user.dependsOnSettings()) {
			return false;
		}
		try {
			String version = this.history.version();
			if (version == null || version.equals(SettingsChange.version(distribution))) {
				return false;
			}
			// Once for each version: nodes with different permissions read different
			// settings, and would make each other read again and again
			boolean isNew = !version.equals(this.versionOfOthers);
			this.versionOfOthers = version;
			return isNew;
		}
		catch (RuntimeException ex) {
			logger.debug("Could not look for changed settings", ex);
			return false;
		}
	}

	private Reading read() {
		this.user.reading();
		try {
			Distribution read = this.client.read();
			if (isStopped()) {
				// Another thread may have begun
				return Reading.REFUSED;
			}
			use(read);
			return Reading.DONE;
		}
		catch (UnreadableDistributionException ex) {
			boolean soon = ex.reason() == Reason.TEMPORARY;
			this.user.unread(soon);
			if (!isStopped()) {
				this.report.failed(ex, this.distribution);
			}
			return soon ? Reading.FAILED : Reading.REFUSED;
		}
		catch (RuntimeException | Error ex) {
			this.user.unread(true);
			if (isStopped()) {
				// The client was closed while it was in a call
				return Reading.REFUSED;
			}
			this.report.broken(ex, this.distribution);
			return Reading.FAILED;
		}
	}

	private boolean isStopped() {
		return !this.repeater.isCurrent(Thread.currentThread());
	}

	private void use(Distribution read) {
		this.report.known(read, this.distribution);
		this.distribution = read;
		// Before the findings: until then, requests are seen under the former settings
		this.user.use(read);
		this.report.examine(read);
		compare(SettingsChange.version(read));
	}

	/**
	 * Report once whether the settings have changed while this node was not running, and
	 * write their version for the other nodes.
	 */
	private void compare(String version) {
		try {
			String former = this.history.version();
			if (!this.compared && former != null && !former.equals(version)) {
				this.report.changed();
			}
			this.compared = true;
			if (!version.equals(former)) {
				this.history.version(version);
			}
		}
		catch (RuntimeException ex) {
			logger.debug("Could not compare the settings with those of other nodes", ex);
		}
	}

	private enum Reading {

		DONE, REFUSED, FAILED

	}

	/**
	 * Intervals between readings and checks.
	 *
	 * @param regular between readings
	 * @param firstRetry before the first retry of a reading that failed
	 * @param check how often to check whether another node has read other settings, while
	 * requests depend on it
	 */
	record Intervals(Duration regular, Duration firstRetry, Duration check) {

		private static final Intervals DEFAULT = new Intervals(Duration.ofHours(1), Duration.ofSeconds(1),
				Duration.ofSeconds(5));

	}

}
