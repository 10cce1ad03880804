package io.github.cftracker.distribution;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.cftracker.distribution.UnreadableDistributionException.Reason;
import io.github.cftracker.thread.ThreadEnd;
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

	private static final Duration INTERVAL = Duration.ofHours(1);

	private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

	/**
	 * How often to look whether another node has read other settings, while requests
	 * depend on it.
	 */
	private static final Duration CHECK = Duration.ofSeconds(5);

	private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(1);

	private final DistributionClient client;

	private final SettingsUser user;

	private final DistributionDoctor doctor;

	private final MirrorReport report;

	private final Duration interval;

	private final Duration firstRetry;

	private final SettingsHistory history;

	private final Duration check;

	private boolean compared;

	private @Nullable String versionOfOthers;

	private final CountDownLatch tried = new CountDownLatch(1);

	private final Object monitor = new Object();

	private Stopping stopping = new Stopping();

	private @Nullable Thread thread;

	private boolean hanging;

	private long requested;

	private long answered;

	private Reading last = Reading.FAILED;

	private volatile boolean started;

	private volatile @Nullable Distribution distribution;

	/**
	 * Create a mirror.
	 * @param client reads the settings
	 * @param expectations what the properties say of them
	 * @param user uses the settings
	 * @param doctor collects the findings
	 * @param demanded whether it is a finding already if the first reading fails
	 * @param history what other nodes have read
	 */
	public DistributionMirror(DistributionClient client, ExpectedSettings expectations, SettingsUser user,
			DistributionDoctor doctor, boolean demanded, SettingsHistory history) {
		this(client, expectations, user, doctor, demanded, INTERVAL, FIRST_RETRY, history, CHECK);
	}

	DistributionMirror(DistributionClient client, ExpectedSettings expectations, SettingsUser user,
			DistributionDoctor doctor, boolean demanded, Duration interval, Duration firstRetry,
			SettingsHistory history, Duration check) {
		this.history = history;
		this.check = check;
		this.client = client;
		this.user = user;
		this.doctor = doctor;
		this.report = new MirrorReport(expectations, doctor, demanded);
		this.interval = interval;
		this.firstRetry = firstRetry;
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
		Stopping stopping = new Stopping();
		Thread thread = new Thread(() -> mirror(stopping), "cf-tracker-mirror");
		thread.setDaemon(true);
		synchronized (this.monitor) {
			this.stopping = stopping;
			this.started = true;
			this.thread = thread;
			thread.start();
		}
	}

	/**
	 * End the thread. A call of CloudFront is interrupted after one second. A client that
	 * ignores the interrupt ends the thread when the call ends.
	 */
	public void stop() {
		Thread thread;
		synchronized (this.monitor) {
			this.stopping.stopped = true;
			this.started = false;
			this.monitor.notifyAll();
			thread = this.thread;
		}
		ThreadEnd.await(thread, SHUTDOWN_TIMEOUT);
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
			this.monitor.notifyAll();
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

	private void mirror(Stopping stopping) {
		Duration retry = this.firstRetry;
		Duration pause = Duration.ZERO;
		while (awaitTurn(stopping, pause)) {
			long ticket;
			synchronized (this.monitor) {
				ticket = Math.max(this.requested, this.answered + 1);
				this.requested = ticket;
			}
			Reading reading = read(stopping);
			synchronized (this.monitor) {
				this.answered = Math.max(this.answered, ticket);
				this.last = reading;
				this.hanging = false;
				if (reading == Reading.DONE) {
					this.report.current();
				}
				this.monitor.notifyAll();
			}
			this.tried.countDown();
			boolean settled = reading != Reading.FAILED;
			pause = settled ? this.interval : retry;
			retry = settled ? this.firstRetry : shorter(retry.multipliedBy(2), shorter(this.interval, LONGEST_RETRY));
		}
	}

	private static Duration shorter(Duration first, Duration second) {
		return (first.compareTo(second) < 0) ? first : second;
	}

	/**
	 * Wait until the settings have to be read.
	 * @return whether to read them; the thread has to end otherwise
	 */
	private boolean awaitTurn(Stopping stopping, Duration pause) {
		long until = System.nanoTime() + pause.toNanos();
		boolean due = false;
		while (!due) {
			long next = Math.min(until, System.nanoTime() + this.check.toNanos());
			if (!awaitRequest(stopping, next)) {
				return false;
			}
			due = isRequested() || until - System.nanoTime() <= 0 || isOutdated();
		}
		return true;
	}

	private boolean awaitRequest(Stopping stopping, long until) {
		synchronized (this.monitor) {
			try {
				while (!stopping.stopped && !isRequested() && until - System.nanoTime() > 0) {
					TimeUnit.NANOSECONDS.timedWait(this.monitor, until - System.nanoTime());
				}
			}
			catch (InterruptedException ex) {
				return false;
			}
			return !stopping.stopped;
		}
	}

	private boolean isRequested() {
		synchronized (this.monitor) {
			return this.requested > this.answered;
		}
	}

	/**
	 * Whether another node has read other settings than this one, under which this one
	 * has tracked requests.
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

	private Reading read(Stopping stopping) {
		this.user.reading();
		try {
			Distribution read = this.client.read();
			if (isStopped(stopping)) {
				// Another thread may have begun
				return Reading.REFUSED;
			}
			use(read);
			return Reading.DONE;
		}
		catch (UnreadableDistributionException ex) {
			boolean soon = ex.reason() == Reason.TEMPORARY;
			this.user.unread(soon);
			if (!isStopped(stopping)) {
				this.report.failed(ex, this.distribution);
			}
			return soon ? Reading.FAILED : Reading.REFUSED;
		}
		catch (RuntimeException | Error ex) {
			this.user.unread(true);
			if (isStopped(stopping)) {
				// The client was closed while it was in a call
				return Reading.REFUSED;
			}
			this.report.broken(ex, this.distribution);
			return Reading.FAILED;
		}
	}

	private boolean isStopped(Stopping stopping) {
		synchronized (this.monitor) {
			return stopping.stopped;
		}
	}

	private void use(Distribution read) {
		this.report.known(read, this.distribution);
		this.distribution = read;
		// Whatever is seen until then was seen under the old ones
		this.user.use(read);
		this.doctor.settings(read);
		this.report.examine(read);
		compare(SettingsChange.version(read));
	}

	/**
	 * Find out once whether the settings have changed while this node was not running,
	 * and tell the other nodes which ones it has read.
	 */
	private void compare(String version) {
		try {
			String former = this.history.version();
			if (!this.compared && former != null && !former.equals(version)) {
				SettingsChange.reportUnknown(this.doctor);
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

	private static final class Stopping {

		private boolean stopped;

	}

}
