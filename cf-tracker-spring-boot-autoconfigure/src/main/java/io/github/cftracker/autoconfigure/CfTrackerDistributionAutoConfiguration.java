package io.github.cftracker.autoconfigure;

import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.cftracker.autoconfigure.CfTrackerProperties.Distribution.Mirror;
import io.github.cftracker.autoconfigure.CfTrackerProperties.Tracking;
import io.github.cftracker.autoconfigure.CfTrackerProperties.Tracking.Source;
import io.github.cftracker.distribution.DistributionClient;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.DistributionMirror;
import io.github.cftracker.distribution.MirrorReport;
import io.github.cftracker.distribution.ExpectedSettings;
import io.github.cftracker.distribution.FindingType;
import io.github.cftracker.distribution.NativeTags;
import io.github.cftracker.distribution.QueryStrings;
import io.github.cftracker.distribution.SettingsHistory;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.scheduling.TrackerLifecycle;
import io.github.cftracker.tracking.LifetimePolicy;
import io.github.cftracker.tracking.TrackingRules;
import io.github.cftracker.tracking.TrackingSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.util.StringUtils;

/**
 * What is known of the distribution, and the rules that follow from it.
 */
@AutoConfiguration(after = CfTrackerCloudFrontAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnActivation
@ConditionalOnMissingParentBean(DistributionDoctor.class)
@EnableConfigurationProperties(CfTrackerProperties.class)
public final class CfTrackerDistributionAutoConfiguration {

	@Bean
	DistributionDoctor cfTrackerDoctor(CfTrackerProperties properties) {
		return new DistributionDoctor(Clock.systemUTC(),
				properties.getFindings()
					.getIgnore()
					.stream()
					.map(FindingType::of)
					.filter(Objects::nonNull)
					.collect(Collectors.toUnmodifiableSet()));
	}

	@Bean
	TrackingRules cfTrackerTrackingRules(CfTrackerProperties properties, LifetimePolicy lifetimes,
			DistributionDoctor doctor) {
		Tracking tracking = properties.getTracking();
		Set<String> methods = tracking.getMethods()
			.stream()
			.map((method) -> method.toUpperCase(Locale.ROOT))
			.collect(Collectors.toUnmodifiableSet());
		return new TrackingRules(new TrackingSettings(methods, lifetimes, queryStrings(tracking.getQueryString()),
				tracking.getOriginPath(), originId(properties), properties.getInvalidation().getProtectedPrefixes(),
				tracking.getSource() == Source.SECRET_HEADER), doctor, tracking.getMaxPending());
	}

	@Bean
	@ConditionalOnBean(DistributionClient.class)
	DistributionMirror cfTrackerDistributionMirror(DistributionClient client, TrackingRules rules,
			DistributionDoctor doctor, CfTrackerProperties properties, ObjectProvider<RunLedger> ledger) {
		Tracking tracking = properties.getTracking();
		ExpectedSettings expectations = new ExpectedSettings(properties.requiredDistributionId(), originId(properties),
				tracking.getOriginPath(), queryStrings(tracking.getQueryString()),
				(tracking.getSource() == Source.SECRET_HEADER) ? tracking.getSecretHeader().getName() : null,
				properties.getTags().name(),
				StringUtils.hasText(tracking.getPathHeader()) ? tracking.getPathHeader() : null);
		boolean demanded = properties.getDistribution().getMirror() == Mirror.TRUE;
		return new DistributionMirror(client, rules, new LedgerHistory(ledger),
				new MirrorReport(expectations, doctor, demanded));
	}

	@Bean
	NativeTags cfTrackerNativeTags(CfTrackerProperties properties, ObjectProvider<DistributionMirror> mirror) {
		return new NativeTags(properties.getTags().name(), () -> {
			DistributionMirror reader = mirror.getIfAvailable();
			return (reader != null) ? reader.await(MirroredDistribution.PATIENCE) : null;
		});
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
			// Also where the application tracks paths itself
			rules.expectNothing();
		});
	}

	private static @Nullable String originId(CfTrackerProperties properties) {
		String originId = properties.getDistribution().getOriginId();
		return StringUtils.hasText(originId) ? originId : null;
	}

	private static @Nullable QueryStrings queryStrings(Tracking.QueryString queryString) {
		return switch (queryString.getMode()) {
			case AUTO -> null;
			case ALL -> QueryStrings.ALL;
			case NONE -> QueryStrings.NONE;
			case INCLUDE -> new QueryStrings(QueryStrings.Mode.INCLUDE, queryString.getNames());
			case EXCLUDE -> new QueryStrings(QueryStrings.Mode.EXCLUDE, queryString.getNames());
		};
	}

	/**
	 * Keeps the version of the settings in the ledger, which nodes share.
	 */
	private record LedgerHistory(ObjectProvider<RunLedger> ledger) implements SettingsHistory {

		@Override
		public @Nullable String version() {
			return this.ledger.getObject().settingsVersion();
		}

		@Override
		public void version(String version) {
			this.ledger.getObject().settingsVersion(version);
		}

	}

}
