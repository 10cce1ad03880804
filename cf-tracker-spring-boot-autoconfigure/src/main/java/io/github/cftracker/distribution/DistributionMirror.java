package io.github.cftracker.distribution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.cftracker.distribution.UnreadableDistributionException.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the settings of the distribution at start and every hour, on a thread of its own.
 * What was read last stays in effect while they cannot be read.
 */
public final class DistributionMirror {

	private static final Logger logger = LoggerFactory.getLogger(DistributionMirror.class);

	private static final String PART = "distribution";

	private final DistributionClient client;

	private final Expectations expectations;

	private final Consumer<Distribution> user;

	private final Doctor doctor;

	private final boolean demanded;

	private final Duration interval;

	private final Duration firstRetry;

	private CountDownLatch stopping = new CountDownLatch(1);

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
		this.expectations = expectations;
		this.user = user;
		this.doctor = doctor;
		this.demanded = demanded;
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
	 * Starts the thread.
	 */
	public synchronized void start() {
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
				failed(ex);
			}
			return ex.reason() != Reason.TEMPORARY;
		}
		catch (RuntimeException | Error ex) {
			if (stopping.getCount() == 0) {
				// The client was closed while it was in a call
				return true;
			}
			logger.debug("The settings could not be read", ex);
			notYet(sentence(ex.toString()));
			return false;
		}
	}

	private void use(Distribution read) {
		if (!read.equals(this.distribution)) {
			logger.info("The settings of distribution '{}' are known: {} cache behaviors",
					this.expectations.distributionId(), read.behaviors().size());
		}
		this.distribution = read;
		// Whatever is seen until then was seen under the old ones
		this.user.accept(read);
		this.doctor.settings(read);
		this.doctor.diagnosed(PART, Diagnosis.of(read, this.expectations));
	}

	private void failed(UnreadableDistributionException ex) {
		String id = this.expectations.distributionId();
		String said = sentence(ex.getMessage());
		switch (ex.reason()) {
			case DENIED ->
				find("The settings of distribution '%s' cannot be read, so %s: %s".formatted(id, inEffect(), said),
						fix(ex, "Grant 'cloudfront:GetDistributionConfig'")
								+ ", or set 'cf.tracker.distribution.mirror=false'.");
			case UNKNOWN -> find("There is no distribution '%s': %s".formatted(id, said),
					fix(ex, "Check 'cf.tracker.distribution-id'") + ".");
			case TEMPORARY -> notYet(said);
		}
	}

	private void notYet(String said) {
		String id = this.expectations.distributionId();
		logger.info("The settings of distribution '{}' could not be read yet: {}", id, said);
		if (this.demanded && this.distribution == null) {
			find("The settings of distribution '%s' could not be read yet, so %s: %s".formatted(id, inEffect(), said),
					"They are tried again; 'cf.tracker.distribution.mirror=auto' does not mind.");
		}
	}

	private String inEffect() {
		return (this.distribution != null) ? "those that were read last stay in effect" : "the properties decide";
	}

	/**
	 * What is wrong with the settings that stay in effect is so all the same.
	 */
	private void find(String problem, String fix) {
		List<Finding> findings = new ArrayList<>();
		findings.add(new Finding(problem, fix));
		if (this.distribution != null) {
			findings.addAll(Diagnosis.of(this.distribution, this.expectations));
		}
		this.doctor.diagnosed(PART, findings);
	}

	private static String fix(UnreadableDistributionException ex, String otherwise) {
		return (ex.fix() != null) ? ex.fix() : otherwise;
	}

	private static String sentence(@Nullable String message) {
		String text = String.valueOf(message);
		return text.endsWith(".") ? text : text + ".";
	}

}
