package io.github.cftracker.distribution;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.cftracker.distribution.UnreadableDistributionException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of the distribution at start and every hour, on a thread of its own.
 * What was read last stays in effect while they cannot be read.
 */
public final class DistributionMirror {

	private final DistributionClient client;

	private final Consumer<Distribution> user;

	private final Doctor doctor;

	private final MirrorReport report;

	private final Duration interval;

	private final Duration firstRetry;

	private CountDownLatch stopping = new CountDownLatch(1);

	private final CountDownLatch tried = new CountDownLatch(1);

	private volatile boolean started;

	private volatile @Nullable Distribution distribution;

	/**
	 * Create a mirror.
	 * @param client reads the settings
	 * @param expectations what the properties say of them
	 * @param user told the settings whenever they were read
	 * @param doctor told what is wrong with them
	 * @param demanded whether it is wrong already that CloudFront does not answer
	 */
	public DistributionMirror(DistributionClient client, Expectations expectations, Consumer<Distribution> user,
			Doctor doctor, boolean demanded) {
		this(client, expectations, user, doctor, demanded, Duration.ofHours(1), Duration.ofSeconds(5));
	}

	DistributionMirror(DistributionClient client, Expectations expectations, Consumer<Distribution> user, Doctor doctor,
			boolean demanded, Duration interval, Duration firstRetry) {
		this.client = client;
		this.user = user;
		this.doctor = doctor;
		this.report = new MirrorReport(expectations, doctor, demanded);
		this.interval = interval;
		this.firstRetry = firstRetry;
	}

	/**
	 * The settings as they were read last.
	 * @return the settings, {@code null} if they never were
	 */
	public @Nullable Distribution distribution() {
		return this.distribution;
	}

	/**
	 * The settings as they were read last, or as they are about to be read for the first
	 * time, if that is under way.
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
	 * Starts the thread.
	 */
	public synchronized void start() {
		this.started = true;
		CountDownLatch stopping = new CountDownLatch(1);
		Thread thread = new Thread(() -> mirror(stopping), "cf-tracker-mirror");
		thread.setDaemon(true);
		thread.start();
		this.stopping = stopping;
	}

	/**
	 * Tells the thread to end, and does not wait for it: it may be in a call.
	 */
	public synchronized void stop() {
		this.stopping.countDown();
	}

	private void mirror(CountDownLatch stopping) {
		Duration retry = this.firstRetry;
		Duration pause = Duration.ZERO;
		while (!isOver(stopping, pause)) {
			boolean settled = read(stopping);
			this.tried.countDown();
			pause = settled ? this.interval : retry;
			retry = settled ? this.firstRetry : shorter(retry.multipliedBy(2), this.interval);
		}
	}

	private static Duration shorter(Duration first, Duration second) {
		return (first.compareTo(second) < 0) ? first : second;
	}

	private static boolean isOver(CountDownLatch stopping, Duration pause) {
		try {
			return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			return true;
		}
	}

	/**
	 * Reads once.
	 * @return whether it makes no sense to try again soon
	 */
	private boolean read(CountDownLatch stopping) {
		try {
			use(this.client.read());
			return true;
		}
		catch (UnreadableDistributionException ex) {
			if (stopping.getCount() > 0) {
				this.report.failed(ex, this.distribution);
			}
			return ex.reason() != Reason.TEMPORARY;
		}
		catch (RuntimeException | Error ex) {
			if (stopping.getCount() == 0) {
				// The client was closed while it was in a call
				return true;
			}
			this.report.broken(ex, this.distribution);
			return false;
		}
	}

	private void use(Distribution read) {
		this.report.known(read, this.distribution);
		this.distribution = read;
		// Whatever is seen until then was seen under the old ones
		this.user.accept(read);
		this.doctor.settings(read);
		this.report.examine(read);
	}

}
