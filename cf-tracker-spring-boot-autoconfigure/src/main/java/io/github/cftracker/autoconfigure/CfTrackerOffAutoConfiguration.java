package io.github.cftracker.autoconfigure;

import java.util.Map;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.actuate.CfTrackerInfoContributor;
import io.github.cftracker.recording.IdleTracker;
import io.github.cftracker.run.IdleInvalidator;
import io.github.cftracker.transaction.IdleAfterCommit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for an application in which the tracker is off. Its beans do
 * nothing, so that code that injects them needs no {@code ObjectProvider}.
 */
@AutoConfiguration
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnActivation({ Activation.DISABLED, Activation.BLANK_DISTRIBUTION, Activation.TEST })
public final class CfTrackerOffAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger("io.github.cftracker");

	private final Activation activation;

	// Not in the bean methods, because an application may replace each bean
	CfTrackerOffAutoConfiguration(Environment environment) {
		this.activation = Activation.of(environment);
		switch (this.activation) {
			case ACTIVE -> throw this.activation.changedFrom("off");
			case BLANK_DISTRIBUTION -> logger.warn(
					"cf-tracker is off because {}: nothing is tracked or invalidated. Set it to the id "
							+ "of the CloudFront distribution, or set 'cf.tracker.enabled=false'",
					this.activation.reason());
			case TEST -> logger.info(
					"cf-tracker is off because {}: nothing is tracked or invalidated. "
							+ "Add '@AutoConfigureLocalCloudFront', or set 'cf.tracker.endpoint'",
					this.activation.reason());
			case DISABLED -> {
			}
		}
	}

	// Not lazy: an active child context identifies these beans by their classes

	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean(CloudFrontInvalidator.class)
	CloudFrontInvalidator cfTrackerInvalidator() {
		return new IdleInvalidator("Nothing was sent because " + this.activation.reason());
	}

	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean(UrlTracker.class)
	UrlTracker cfTrackerUrlTracker() {
		return new IdleTracker();
	}

	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	AfterCommitInvalidator cfTrackerAfterCommitInvalidator() {
		return new IdleAfterCommit();
	}

	/**
	 * Configuration that delivers requests after commits in a test, which can verify them
	 * with a mock or a spy. The invalidator sends nothing.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnActivation(Activation.TEST)
	@Import({ CfTrackerTransactionAutoConfiguration.AfterCommitConfiguration.class,
			CfTrackerTransactionAutoConfiguration.AtOnceConfiguration.class,
			CfTrackerTransactionAutoConfiguration.DeliveryConfiguration.class,
			CfTrackerTransactionAutoConfiguration.AnnotationConfiguration.class })
	static class TestConfiguration {

	}

	/**
	 * Configuration that shows in {@code /actuator/info} that the distribution id is
	 * blank.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnActivation(Activation.BLANK_DISTRIBUTION)
	@ConditionalOnClass({ InfoContributor.class, ConditionalOnEnabledInfoContributor.class })
	static class InfoConfiguration {

		@Bean
		@ConditionalOnEnabledInfoContributor("cf-tracker")
		CfTrackerInfoContributor cfTrackerInfoContributor() {
			return new CfTrackerInfoContributor(
					Map.of("enabled", false, "reason", Activation.BLANK_DISTRIBUTION.reason()));
		}

	}

}
