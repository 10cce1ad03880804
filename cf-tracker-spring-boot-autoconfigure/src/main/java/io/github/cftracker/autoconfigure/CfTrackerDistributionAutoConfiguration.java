package io.github.cftracker.autoconfigure;

import java.time.Clock;

import io.github.cftracker.autoconfigure.CfTrackerProperties.Distribution.Mirror;
import io.github.cftracker.distribution.DistributionClient;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.DistributionMirror;
import io.github.cftracker.distribution.MirrorReport;
import io.github.cftracker.distribution.SettingsHistory;
import io.github.cftracker.scheduling.TrackerLifecycle;
import io.github.cftracker.tracking.LifetimePolicy;
import io.github.cftracker.tracking.TrackingRules;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * Auto-configuration for the settings of the distribution, and the rules that follow from
 * them.
 */
@AutoConfiguration(after = CfTrackerCloudFrontAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnActivation
@ConditionalOnMissingParentBean(DistributionDoctor.class)
@EnableConfigurationProperties(CfTrackerProperties.class)
public final class CfTrackerDistributionAutoConfiguration {

	@Bean
	DistributionDoctor cfTrackerDistributionDoctor(CfTrackerProperties properties) {
		return new DistributionDoctor(Clock.systemUTC(), new SettingsMapper(properties).ignoredFindings());
	}

	@Bean
	TrackingRules cfTrackerTrackingRules(CfTrackerProperties properties, LifetimePolicy lifetimes,
			DistributionDoctor doctor) {
		return new TrackingRules(new SettingsMapper(properties).tracking(lifetimes), doctor,
				properties.getTracking().getMaxPending());
	}

	@Bean
	@ConditionalOnBean(DistributionClient.class)
	DistributionMirror cfTrackerDistributionMirror(DistributionClient client, TrackingRules rules,
			DistributionDoctor doctor, CfTrackerProperties properties, ObjectProvider<SettingsHistory> history) {
		boolean demanded = properties.getDistribution().getMirror() == Mirror.TRUE;
		return new DistributionMirror(client, rules, history.getIfAvailable(() -> SettingsHistory.NONE),
				new MirrorReport(new SettingsMapper(properties).distribution(), doctor, demanded));
	}

	@Bean
	@ConditionalOnBean(value = DistributionMirror.class, search = SearchStrategy.CURRENT)
	TrackerLifecycle cfTrackerDistributionMirrorLifecycle(DistributionMirror mirror, TrackingRules rules,
			CfTrackerProperties properties) {
		boolean wanted = properties.getDistribution().getMirror() != Mirror.FALSE;
		return new TrackerLifecycle(() -> {
			if (wanted) {
				rules.expectDistribution();
				mirror.start();
			}
		}, () -> {
			mirror.stop();
			// Also if the application tracks paths itself
			rules.expectNothing();
		});
	}

}
