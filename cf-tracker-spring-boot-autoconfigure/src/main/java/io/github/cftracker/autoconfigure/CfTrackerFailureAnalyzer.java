package io.github.cftracker.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells what to type where a setting stops the start.
 */
class CfTrackerFailureAnalyzer extends AbstractFailureAnalyzer<CfTrackerConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, CfTrackerConfigurationException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
	}

}
