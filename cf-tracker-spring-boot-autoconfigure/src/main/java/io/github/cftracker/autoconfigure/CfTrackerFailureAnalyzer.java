package io.github.cftracker.autoconfigure;

import java.util.List;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Analyzer of {@link CfTrackerConfigurationException}.
 */
class CfTrackerFailureAnalyzer extends AbstractFailureAnalyzer<CfTrackerConfigurationException> {

	private final Environment environment;

	CfTrackerFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, CfTrackerConfigurationException cause) {
		List<String> unknown = UnknownProperties.describe(this.environment);
		String description = unknown.isEmpty() ? cause.getMessage()
				: cause.getMessage() + System.lineSeparator() + String.join(System.lineSeparator(), unknown);
		return new FailureAnalysis(description, cause.action(), cause);
	}

}
