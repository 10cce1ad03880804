package io.github.cftracker.autoconfigure;

import java.time.Clock;

import io.github.cftracker.actuate.CfTrackerHealthIndicator;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.run.StoreMonitor;
import io.github.cftracker.run.TimeLimitedStore;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * Auto-configuration for the health component {@code cfTracker}.
 */
@AutoConfiguration(after = CfTrackerAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnActivation
@ConditionalOnEnabledHealthIndicator("cf-tracker")
public final class CfTrackerHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "cfTrackerHealthIndicator")
	CfTrackerHealthIndicator cfTrackerHealthIndicator(RunLedger ledger, TimeLimitedStore store,
			ObjectProvider<StoreMonitor> monitor, DistributionDoctor doctor) {
		return new CfTrackerHealthIndicator(ledger, store, monitor.getIfAvailable(), doctor, Clock.systemUTC());
	}

}
