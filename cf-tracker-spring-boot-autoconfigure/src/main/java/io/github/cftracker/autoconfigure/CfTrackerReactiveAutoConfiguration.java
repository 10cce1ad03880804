package io.github.cftracker.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;

/**
 * Auto-configuration for the warning of a WebFlux application that its requests are not
 * tracked.
 */
@AutoConfiguration(after = CfTrackerAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnActivation
@ConditionalOnBooleanProperty(name = "cf.tracker.tracking.enabled", matchIfMissing = true)
public final class CfTrackerReactiveAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger("io.github.cftracker");

	@Bean
	@Lazy(false)
	SmartInitializingSingleton cfTrackerReactiveNotice() {
		return () -> logger.warn("Requests are not tracked automatically because this is a WebFlux application. "
				+ "Track paths with a UrlTracker; the endpoint, the schedule and the Java API work. "
				+ "Set 'cf.tracker.tracking.enabled=false' to disable this warning");
	}

}
