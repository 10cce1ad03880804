package io.github.cftracker.distribution;

import java.util.ArrayList;
import java.util.List;

import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Log lines and findings about the readings of the distribution's settings.
 */
public final class MirrorReport {

	// Operators filter by the logger of the mirror
	private static final Logger logger = LoggerFactory.getLogger(DistributionMirror.class);

	private static final String PART = "distribution";

	private static final String CURRENT = "current settings";

	/**
	 * Number of readings in a row that may fail without a finding. Single failures are
	 * common, and the settings rarely change.
	 */
	private static final int TOLERATED = 2;

	private final ExpectedSettings expectations;

	private final DistributionDoctor doctor;

	private final boolean demanded;

	private int failures;

	// Whether unreadable settings are a finding already
	private volatile boolean reported;

	/**
	 * Create a report.
	 * @param expectations what the properties say about the distribution
	 * @param doctor collects the findings
	 * @param demanded whether it is a finding already if the first reading fails
	 */
	public MirrorReport(ExpectedSettings expectations, DistributionDoctor doctor, boolean demanded) {
		this.expectations = expectations;
		this.doctor = doctor;
		this.demanded = demanded;
	}

	void known(Distribution read, @Nullable Distribution before) {
		String id = this.expectations.distributionId();
		if (!read.equals(before)) {
			logger.info("Read the settings of distribution '{}': {} cache behaviors", id, read.behaviors().size());
		}
		else if (this.failures > 0) {
			logger.info("Read the settings of distribution '{}' again, they have not changed", id);
		}
		this.failures = 0;
		this.reported = false;
	}

	/**
	 * Record that the current settings were read.
	 */
	void current() {
		this.doctor.note(CURRENT, null);
	}

	/**
	 * Replace the findings by those of the settings that were read.
	 */
	void examine(Distribution read) {
		this.doctor.settings(read);
		this.doctor.diagnosed(PART, Diagnosis.of(read, this.expectations));
	}

	/**
	 * Report that the settings have changed while this node was not running.
	 */
	void changed() {
		SettingsChange.reportUnknown(this.doctor);
	}

	void failed(UnreadableDistributionException ex, @Nullable Distribution last) {
		String id = this.expectations.distributionId();
		String answer = LogText.sentence(ex.getMessage());
		switch (ex.reason()) {
			case DENIED -> find(last, FindingType.SETTINGS_UNREADABLE,
					"The settings of distribution '%s' cannot be read, so %s: %s".formatted(id, inEffect(last), answer),
					fix(ex, "Grant 'cloudfront:GetDistributionConfig'")
							+ ", or set 'cf.tracker.distribution.mirror=false'.");
			case UNKNOWN -> find(last, FindingType.DISTRIBUTION_NOT_FOUND,
					"Distribution '%s' does not exist: %s".formatted(id, answer),
					fix(ex, "Check 'cf.tracker.distribution-id'") + ".");
			case UNSUPPORTED -> find(last, FindingType.SDK_TOO_OLD,
					"The settings of distribution '%s' cannot be read, so %s: %s".formatted(id, inEffect(last), answer),
					"Use the version of 'software.amazon.awssdk:cloudfront' that the starter brings, or a newer one.");
			case TEMPORARY -> notYet(last, answer);
		}
		this.failures++;
	}

	void broken(Throwable ex, @Nullable Distribution last) {
		logger.debug("Could not read the settings", ex);
		notYet(last, LogText.sentence(ex.toString()));
		this.failures++;
	}

	/**
	 * Report that a run did not get the current settings.
	 */
	void notCurrent(@Nullable Distribution last) {
		if (this.reported) {
			return;
		}
		this.doctor.note(CURRENT, new Problem(FindingType.SETTINGS_UNREADABLE, "run",
				"The settings of distribution '%s' could not be read when a run started, so %s."
					.formatted(this.expectations.distributionId(), inEffect(last)),
				"Check the connection to CloudFront and the other findings. The settings are read again when the next run starts."));
	}

	private void notYet(@Nullable Distribution last, String answer) {
		String id = this.expectations.distributionId();
		logger.atLevel((this.failures > 0) ? Level.DEBUG : Level.INFO)
			.log("Could not read the settings of distribution '{}' yet: {} Retrying", id, answer);
		if ((this.demanded && last == null) || this.failures >= TOLERATED) {
			find(last, FindingType.SETTINGS_UNREADABLE,
					"The settings of distribution '%s' could not be read, so %s: %s".formatted(id, inEffect(last),
							answer),
					"Check the connection to CloudFront. The settings are read again automatically. Set "
							+ "'cf.tracker.distribution.mirror=false' to use the properties only.");
		}
	}

	private static String inEffect(@Nullable Distribution last) {
		return (last != null) ? "the last known settings are used" : "the properties are used";
	}

	/**
	 * Replace the findings with one about the reading. The problems of the settings that
	 * stay in effect remain.
	 */
	private void find(@Nullable Distribution last, FindingType type, String text, String fix) {
		List<Problem> problems = new ArrayList<>();
		problems.add(new Problem(type, text, fix));
		if (last != null) {
			problems.addAll(Diagnosis.of(last, this.expectations));
		}
		this.doctor.diagnosed(PART, problems);
		this.doctor.note(CURRENT, null);
		this.reported = true;
	}

	private static String fix(UnreadableDistributionException ex, String otherwise) {
		return (ex.fix() != null) ? ex.fix() : otherwise;
	}

}
