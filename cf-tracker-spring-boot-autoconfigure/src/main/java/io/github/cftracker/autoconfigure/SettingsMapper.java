package io.github.cftracker.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.cftracker.Pricing;
import io.github.cftracker.autoconfigure.CfTrackerProperties.Tracking;
import io.github.cftracker.autoconfigure.CfTrackerProperties.Tracking.Source;
import io.github.cftracker.distribution.ExpectedSettings;
import io.github.cftracker.distribution.FindingType;
import io.github.cftracker.distribution.QueryStrings;
import io.github.cftracker.distribution.Ttls;
import io.github.cftracker.recording.PathLimits;
import io.github.cftracker.redis.LedgerSettings;
import io.github.cftracker.run.Backoff;
import io.github.cftracker.run.Budget;
import io.github.cftracker.run.PlanSettings;
import io.github.cftracker.run.Quotas;
import io.github.cftracker.run.RunSettings;
import io.github.cftracker.tracking.LifetimePolicy;
import io.github.cftracker.tracking.RequestSource;
import io.github.cftracker.tracking.TrackingSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Mapping of the properties to the settings of the other packages, one method for each
 * subject. Properties are valid: {@link PropertiesCheck} runs before.
 */
final class SettingsMapper {

	private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

	private final CfTrackerProperties properties;

	private final Tracking tracking;

	SettingsMapper(CfTrackerProperties properties) {
		this.properties = properties;
		this.tracking = properties.getTracking();
	}

	TrackingSettings tracking(LifetimePolicy lifetimes) {
		Set<String> methods = this.tracking.getMethods()
			.stream()
			.map((method) -> method.toUpperCase(Locale.ROOT))
			.collect(Collectors.toUnmodifiableSet());
		return new TrackingSettings(methods, lifetimes, queryStrings(), this.tracking.getOriginPath(), originId(),
				this.properties.getInvalidation().getProtectedPrefixes(), isSecretRequired());
	}

	LifetimePolicy lifetimes() {
		Tracking.Ttl ttl = this.tracking.getTtl();
		return new LifetimePolicy(ttl.getMode(), ttl.getDefault(),
				new Ttls(ttl.getMin(), ttl.getDefault(), ttl.getMax()), ttl.getGrace(), Clock.systemUTC());
	}

	PathLimits limits() {
		return new PathLimits(this.tracking.getMaxPending(), this.tracking.getMaxPaths(),
				this.tracking.getMaxVariants());
	}

	RunSettings runs() {
		CfTrackerProperties.Invalidation invalidation = this.properties.getInvalidation();
		CfTrackerProperties.Budget budget = invalidation.getBudget();
		Long itemsPerMonth = budget.getItemsPerMonth();
		PlanSettings plan = new PlanSettings(invalidation.getMaxPaths(),
				new Budget((itemsPerMonth != null) ? itemsPerMonth : 0, budget.getOnExcess()), pricing());
		Quotas quotas = new Quotas(invalidation.getItemsPerSecond(), invalidation.getWildcardsPerSecond(),
				invalidation.getItemsInProgress(), invalidation.getWildcardsInProgress(),
				invalidation.getCallsPerSecond());
		return new RunSettings(invalidation.getBatchSize(), this.tracking.getFlushInterval(), invalidation.getLease(),
				invalidation.getGiveUpAfter(), backoff(invalidation.getRetryBackoff()),
				backoff(invalidation.getBusyBackoff()), quotas, POLL_INTERVAL, plan);
	}

	LedgerSettings ledger() {
		CfTrackerProperties.Invalidation invalidation = this.properties.getInvalidation();
		return new LedgerSettings(invalidation.getLease(), invalidation.getFreshWindow(), invalidation.getHistory(),
				this.properties.getRedis().getWaitReplicas());
	}

	private static Backoff backoff(CfTrackerProperties.Waits waits) {
		return new Backoff(waits.getMin(), waits.getMax());
	}

	RequestSource source() {
		Tracking.SecretHeader header = this.tracking.getSecretHeader();
		return switch (this.tracking.getSource()) {
			case ANY -> RequestSource.ANY;
			case CLOUDFRONT -> RequestSource.CLOUDFRONT;
			case SECRET_HEADER -> RequestSource.secretHeader(String.valueOf(header.getName()), header.getValues());
		};
	}

	ExpectedSettings distribution() {
		return new ExpectedSettings(this.properties.requiredDistributionId(), originId(), this.tracking.getOriginPath(),
				queryStrings(), isSecretRequired() ? this.tracking.getSecretHeader().getName() : null,
				this.properties.getTags().name(), orNull(this.tracking.getPathHeader()));
	}

	Set<FindingType> ignoredFindings() {
		return this.properties.getFindings()
			.getIgnore()
			.stream()
			.map(FindingType::of)
			.filter(Objects::nonNull)
			.collect(Collectors.toUnmodifiableSet());
	}

	Pricing pricing() {
		CfTrackerProperties.Pricing pricing = this.properties.getPricing();
		return new Pricing(pricing.getUsdPerItem(), pricing.getFreeItems());
	}

	private boolean isSecretRequired() {
		return this.tracking.getSource() == Source.SECRET_HEADER;
	}

	private @Nullable String originId() {
		return orNull(this.properties.getDistribution().getOriginId());
	}

	private @Nullable QueryStrings queryStrings() {
		Tracking.QueryString queryString = this.tracking.getQueryString();
		return switch (queryString.getMode()) {
			case AUTO -> null;
			case ALL -> QueryStrings.ALL;
			case NONE -> QueryStrings.NONE;
			case INCLUDE -> new QueryStrings(QueryStrings.Mode.INCLUDE, queryString.getNames());
			case EXCLUDE -> new QueryStrings(QueryStrings.Mode.EXCLUDE, queryString.getNames());
		};
	}

	private static @Nullable String orNull(@Nullable String value) {
		return StringUtils.hasText(value) ? value : null;
	}

}
