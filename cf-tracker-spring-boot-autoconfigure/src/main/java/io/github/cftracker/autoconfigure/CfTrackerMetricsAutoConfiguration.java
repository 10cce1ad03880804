package io.github.cftracker.autoconfigure;

import java.time.Clock;

import io.github.cftracker.actuate.CfTrackerMetrics;
import io.github.cftracker.actuate.RunMetrics;
import io.github.cftracker.actuate.TrackerState;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.run.HeldRequests;
import io.github.cftracker.run.QueuedInvalidator;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.run.RunPlanner;
import io.github.cftracker.run.TimeLimitedStore;
import io.github.cftracker.tracking.TrackingRules;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * Auto-configuration for metrics.
 */
@AutoConfiguration(after = CfTrackerAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnActivation
@ConditionalOnMissingParentBean(DistributionDoctor.class)
public final class CfTrackerMetricsAutoConfiguration {

	@Bean
	CfTrackerMetrics cfTrackerMetrics(TrackingRules rules, ObjectProvider<PathRecorder> recorder,
			TimeLimitedStore store, RunLedger ledger, ObjectProvider<HeldRequests> held, RunPlanner planner) {
		return new CfTrackerMetrics(rules, new TrackerState(store, ledger, recorder.getIfAvailable()),
				held.getIfAvailable(), planner.pricing());
	}

	@Bean
	@ConditionalOnBean(QueuedInvalidator.class)
	RunMetrics cfTrackerRunMetrics() {
		return new RunMetrics(Clock.systemUTC());
	}

}
