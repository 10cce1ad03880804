package io.github.cftracker.distribution;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be said about a reading of the distribution's settings.
 */
final class MirrorReport {

	// What an operator looks for is the mirror
	private static final Logger logger = LoggerFactory.getLogger(DistributionMirror.class);

	private static final String PART = "distribution";

	private final Expectations expectations;

	private final Doctor doctor;

	private final boolean demanded;

	MirrorReport(Expectations expectations, Doctor doctor, boolean demanded) {
		this.expectations = expectations;
		this.doctor = doctor;
		this.demanded = demanded;
	}

	void known(Distribution read, @Nullable Distribution before) {
		if (!read.equals(before)) {
			logger.info("The settings of distribution '{}' are known: {} cache behaviors",
					this.expectations.distributionId(), read.behaviors().size());
		}
	}

	void examine(Distribution read) {
		this.doctor.diagnosed(PART, Diagnosis.of(read, this.expectations));
	}

	void failed(UnreadableDistributionException ex, @Nullable Distribution last) {
		String id = this.expectations.distributionId();
		String said = sentence(ex.getMessage());
		switch (ex.reason()) {
			case DENIED -> find(last,
					"The settings of distribution '%s' cannot be read, so %s: %s".formatted(id, inEffect(last), said),
					fix(ex, "Grant 'cloudfront:GetDistributionConfig'")
							+ ", or set 'cf.tracker.distribution.mirror=false'.");
			case UNKNOWN -> find(last, "There is no distribution '%s': %s".formatted(id, said),
					fix(ex, "Check 'cf.tracker.distribution-id'") + ".");
			case TEMPORARY -> notYet(last, said);
		}
	}

	void broken(Throwable ex, @Nullable Distribution last) {
		logger.debug("The settings could not be read", ex);
		notYet(last, sentence(ex.toString()));
	}

	private void notYet(@Nullable Distribution last, String said) {
		String id = this.expectations.distributionId();
		logger.info("The settings of distribution '{}' could not be read yet: {}", id, said);
		if (this.demanded && last == null) {
			find(last, "The settings of distribution '%s' could not be read yet, so %s: %s".formatted(id,
					inEffect(last), said),
					"They are tried again; 'cf.tracker.distribution.mirror=auto' does not mind.");
		}
	}

	private static String inEffect(@Nullable Distribution last) {
		return (last != null) ? "those that were read last stay in effect" : "the properties decide";
	}

	/**
	 * What is wrong with the settings that stay in effect is so all the same.
	 */
	private void find(@Nullable Distribution last, String problem, String fix) {
		List<Finding> findings = new ArrayList<>();
		findings.add(new Finding(problem, fix));
		if (last != null) {
			findings.addAll(Diagnosis.of(last, this.expectations));
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
