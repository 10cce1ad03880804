package io.github.cftracker.autoconfigure;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

import io.github.cftracker.distribution.FindingType;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.util.ClassUtils;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.StringUtils;

/**
 * Check of bound properties. {@code @Validated} has no effect without a validator on the
 * class path.
 */
final class PropertiesCheck {

	private static final List<String> PLACES_OF_VARIABLES = List.of("distribution-id", "redis-url", "access-key",
			"secret-key", "session-token", "role-arn", "endpoint");

	private static final int MAX_BATCH_SIZE = 3000;

	private static final double MIN_CALLS_PER_SECOND = 0.001;

	private static final int MAX_PORT = 65535;

	private static final String TEMPORARY_KEY = "ASIA";

	private PropertiesCheck() {
	}

	/**
	 * Check the properties before their bean exists.
	 */
	static void check(Environment environment) {
		boolean processing = environment.getProperty(AbstractAotProcessor.AOT_PROCESSING, Boolean.class, false);
		// What is missing at build time may be there at run time
		if (!processing) {
			Activation activation = Activation.of(environment);
			if (activation != Activation.ACTIVE) {
				throw activation.changedFrom("active");
			}
			checkPlaceholders(environment);
			check(Binder.get(environment).bindOrCreate(CfTrackerProperties.PREFIX, CfTrackerProperties.class));
		}
	}

	/**
	 * Report variables that are not set. The values are not shown: a URL may contain a
	 * password.
	 */
	static void checkPlaceholders(Environment environment) {
		for (String name : PLACES_OF_VARIABLES) {
			try {
				environment.getProperty("cf.tracker." + name);
			}
			catch (PlaceholderResolutionException ex) {
				String variable = ex.getPlaceholder();
				throw new CfTrackerConfigurationException(
						"'cf.tracker.%s' refers to '${%s}', and nothing sets '%s'.".formatted(name, variable, variable),
						name.equals("distribution-id")
								? "Set '%s' to the id of the CloudFront distribution in front of this application. To switch the tracker off where it is not set, give it a blank default: '${%s:}'."
									.formatted(variable, variable)
								: "Set '%s', or remove 'cf.tracker.%s'.".formatted(variable, name));
			}
		}
	}

	private static void check(CfTrackerProperties properties) {
		checkDistributionId(properties.getDistributionId());
		checkTracking(properties.getTracking());
		checkInvalidation(properties.getInvalidation());
		checkPricing(properties.getPricing());
		checkSchedule(properties.getSchedule());
		checkFindings(properties.getFindings());
		SourceCheck.checkHeaderName("tags.header", properties.getTags().name(), "Cache-Tag");
		checkPositive("tags.max-entries", properties.getTags().getMaxEntries());
		checkPositive("redis.timeout", properties.getRedis().getTimeout());
		checkNotNegative("redis.wait-replicas", properties.getRedis().getWaitReplicas());
		if (!StringUtils.hasText(properties.getKeyPrefix()) || properties.getKeyPrefix().matches(".*[{}].*")) {
			throw invalid("key-prefix", properties.getKeyPrefix(), "must not be blank or contain '{' or '}'",
					"cf-tracker");
		}
	}

	static void check(CloudFrontProperties properties, @Nullable ClassLoader classLoader) {
		checkKeys(properties);
		checkEndpoint(properties.getEndpoint());
		String roleArn = properties.getRoleArn();
		if (roleArn == null || !properties.hasRole()) {
			return;
		}
		if (!roleArn.startsWith("arn:") || !roleArn.contains(":role/")) {
			throw invalid("role-arn", roleArn, "must be the ARN of an IAM role", "arn:aws:iam::111122223333:role/cdn");
		}
		if (!ClassUtils.isPresent(OptionalClassHints.ASSUMED_ROLE, classLoader)) {
			throw new CfTrackerConfigurationException(
					"'cf.tracker.role-arn' is set, but 'software.amazon.awssdk:sts' is not on the class path.",
					"Add the dependency 'software.amazon.awssdk:sts' in the version of the other modules of the AWS SDK.");
		}
	}

	private static void checkEndpoint(@Nullable URI endpoint) {
		if (endpoint == null) {
			return;
		}
		boolean http = "http".equalsIgnoreCase(endpoint.getScheme()) || "https".equalsIgnoreCase(endpoint.getScheme());
		if (!http || endpoint.getHost() == null || endpoint.getUserInfo() != null || endpoint.getPort() > MAX_PORT) {
			throw invalid("endpoint", AwsEndpoint.withoutUser(endpoint),
					"must be an http or https URL with a valid host and port, and without a user",
					"http://localhost:4566");
		}
	}

	private static void checkKeys(CloudFrontProperties properties) {
		String accessKey = properties.getAccessKey();
		boolean hasAccessKey = StringUtils.hasText(accessKey);
		boolean hasSecretKey = StringUtils.hasText(properties.getSecretKey());
		if (hasAccessKey != hasSecretKey) {
			String present = hasAccessKey ? "access-key" : "secret-key";
			String absent = hasAccessKey ? "secret-key" : "access-key";
			throw new CfTrackerConfigurationException(
					"'cf.tracker.%s' is set, but 'cf.tracker.%s' is not.".formatted(present, absent),
					"Set 'cf.tracker.%s' as well, or set neither to use the application's AWS credentials."
						.formatted(absent));
		}
		boolean hasToken = StringUtils.hasText(properties.getSessionToken());
		if (hasToken && !hasAccessKey) {
			throw new CfTrackerConfigurationException(
					"'cf.tracker.session-token' is set, but 'cf.tracker.access-key' and 'cf.tracker.secret-key' are not.",
					"Set both keys as well, or remove 'cf.tracker.session-token' to use the application's AWS credentials.");
		}
		if (!hasToken && accessKey != null && accessKey.startsWith(TEMPORARY_KEY)) {
			throw new CfTrackerConfigurationException(
					"'cf.tracker.access-key' begins with 'ASIA' and is temporary, but 'cf.tracker.session-token' is not set.",
					"Set 'cf.tracker.session-token' to the session token that was issued with the keys.");
		}
	}

	private static void checkDistributionId(@Nullable String distributionId) {
		String action = """
				Set 'cf.tracker.distribution-id' to the id of the CloudFront distribution in front of this \
				application, for example 'E2QWRUHAPOMQZL'. In profiles without a distribution, disable the tracker \
				with 'cf.tracker.enabled=false'.""";
		if (!StringUtils.hasText(distributionId)) {
			throw new CfTrackerConfigurationException("'cf.tracker.distribution-id' is not set.", action);
		}
		if (!distributionId.chars().allMatch(PropertiesCheck::isLetterOrDigit)) {
			throw new CfTrackerConfigurationException(
					"'cf.tracker.distribution-id' is '%s', but must contain only letters and digits."
						.formatted(distributionId),
					action);
		}
	}

	private static boolean isLetterOrDigit(int c) {
		return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
	}

	private static void checkTracking(CfTrackerProperties.Tracking tracking) {
		checkPositive("tracking.flush-interval", tracking.getFlushInterval());
		checkPositive("tracking.max-pending", tracking.getMaxPending());
		checkPositive("tracking.max-paths", tracking.getMaxPaths());
		checkPositive("tracking.max-variants", tracking.getMaxVariants());
		SourceCheck.check(tracking);
		CfTrackerProperties.Tracking.Ttl ttl = tracking.getTtl();
		checkPositive("tracking.ttl.default", ttl.getDefault());
		checkNotNegative("tracking.ttl.min", ttl.getMin());
		checkNotNegative("tracking.ttl.grace", ttl.getGrace());
		if (ttl.getMax().compareTo(ttl.getMin()) < 0) {
			throw invalid("tracking.ttl.max", ttl.getMax(), "must not be less than 'cf.tracker.tracking.ttl.min'",
					"365d");
		}
	}

	private static void checkFindings(CfTrackerProperties.Findings findings) {
		for (String id : findings.getIgnore()) {
			FindingType type = FindingType.of(id);
			if (type == null) {
				throw new CfTrackerConfigurationException(
						"'cf.tracker.findings.ignore' contains '%s', which is not the id of a finding.".formatted(id),
						"Use ids of this list: %s.".formatted(String.join(", ", FindingType.ignorableIds())));
			}
			if (!type.canBeIgnored()) {
				throw new CfTrackerConfigurationException(
						"'cf.tracker.findings.ignore' contains '%s', but such a finding means that the tracker does not work, so it is always shown."
							.formatted(id),
						"Remove '%s' from 'cf.tracker.findings.ignore', and fix the cause when it is reported."
							.formatted(id));
			}
		}
	}

	private static void checkInvalidation(CfTrackerProperties.Invalidation invalidation) {
		int batchSize = invalidation.getBatchSize();
		if (batchSize < 1 || batchSize > MAX_BATCH_SIZE) {
			throw invalid("invalidation.batch-size", batchSize,
					"must be between 1 and %d, the maximum that CloudFront accepts in one invalidation"
						.formatted(MAX_BATCH_SIZE),
					"1000");
		}
		checkNotNegative("invalidation.max-paths", invalidation.getMaxPaths());
		Long itemsPerMonth = invalidation.getBudget().getItemsPerMonth();
		if (itemsPerMonth != null && itemsPerMonth < 1) {
			throw invalid("invalidation.budget.items-per-month", itemsPerMonth, "must be at least 1", "10000");
		}
		for (String prefix : invalidation.getProtectedPrefixes()) {
			if (!prefix.startsWith("/") || prefix.endsWith("*")) {
				throw invalid("invalidation.protected-prefixes", prefix, "must start with '/' and not end with '*'",
						"/checkout/");
			}
		}
		checkPositive("invalidation.history", invalidation.getHistory());
		checkPositive("invalidation.give-up-after", invalidation.getGiveUpAfter());
		checkNotNegative("invalidation.fresh-window", invalidation.getFreshWindow());
		checkNotNegative("invalidation.items-per-second", invalidation.getItemsPerSecond());
		checkNotNegative("invalidation.wildcards-per-second", invalidation.getWildcardsPerSecond());
		checkNotNegative("invalidation.items-in-progress", invalidation.getItemsInProgress());
		checkNotNegative("invalidation.wildcards-in-progress", invalidation.getWildcardsInProgress());
		if (!(invalidation.getCallsPerSecond() >= MIN_CALLS_PER_SECOND)) {
			throw invalid("invalidation.calls-per-second", invalidation.getCallsPerSecond(), "must be at least 0.001",
					"0.5");
		}
		checkWaits("invalidation.retry-backoff", invalidation.getRetryBackoff());
		checkWaits("invalidation.busy-backoff", invalidation.getBusyBackoff());
		if (invalidation.getLease().compareTo(Duration.ofSeconds(1)) < 0) {
			throw invalid("invalidation.lease", invalidation.getLease(), "must be at least one second", "30s");
		}
	}

	private static void checkWaits(String name, CfTrackerProperties.Waits waits) {
		checkPositive(name + ".min", waits.getMin());
		if (waits.getMax().compareTo(waits.getMin()) < 0) {
			throw invalid(name + ".max", waits.getMax(), "must not be less than 'cf.tracker.%s.min'".formatted(name),
					"15m");
		}
	}

	private static void checkPricing(CfTrackerProperties.Pricing pricing) {
		if (pricing.getUsdPerItem().signum() < 0) {
			throw invalid("pricing.usd-per-item", pricing.getUsdPerItem(), "must not be negative", "0.005");
		}
		if (pricing.getFreeItems() < 0) {
			throw invalid("pricing.free-items", pricing.getFreeItems(), "must not be negative", "1000");
		}
	}

	private static void checkSchedule(CfTrackerProperties.Schedule schedule) {
		String cron = schedule.getCron();
		if (!Scheduled.CRON_DISABLED.equals(cron) && !CronExpression.isValidExpression(cron)) {
			throw invalid("schedule.cron", cron,
					"must be a cron expression with six fields (second, minute, hour, day, month, weekday), or '-'",
					"0 0 3 * * *");
		}
		String zone = schedule.getZone();
		if (StringUtils.hasText(zone)) {
			try {
				ZoneId.of(zone);
			}
			catch (DateTimeException ex) {
				throw invalid("schedule.zone", zone, "must be a time zone", "Europe/Paris");
			}
		}
	}

	private static void checkPositive(String name, Duration value) {
		if (value.toMillis() < 1) {
			throw invalid(name, value, "must be at least one millisecond", "500ms");
		}
	}

	private static void checkNotNegative(String name, Duration value) {
		if (value.isNegative()) {
			throw invalid(name, value, "must not be negative", "1h");
		}
	}

	private static void checkNotNegative(String name, int value) {
		if (value < 0) {
			throw invalid(name, value, "must not be negative", "0");
		}
	}

	private static void checkPositive(String name, int value) {
		if (value < 1) {
			throw invalid(name, value, "must be at least 1", "100");
		}
	}

	static CfTrackerConfigurationException invalid(String name, Object value, String rule, String example) {
		return new CfTrackerConfigurationException("'cf.tracker.%s' is '%s', but %s.".formatted(name, value, rule),
				"For example, set 'cf.tracker.%s=%s'.".formatted(name, example));
	}

}
