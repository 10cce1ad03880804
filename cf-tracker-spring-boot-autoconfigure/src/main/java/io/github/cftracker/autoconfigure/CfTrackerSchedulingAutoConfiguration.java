package io.github.cftracker.autoconfigure;

import java.time.Clock;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.run.RunPlanner;
import io.github.cftracker.scheduling.FireTimes;
import io.github.cftracker.scheduling.RunOnce;
import io.github.cftracker.scheduling.ScheduledInvalidation;
import io.github.cftracker.scheduling.ScheduledInvalidationPostProcessor;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.scheduling.config.TaskManagementConfigUtils;

/**
 * Auto-configuration for the scheduled run and the single run from the command line.
 */
@AutoConfiguration(after = CfTrackerAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnActivation
public final class CfTrackerSchedulingAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "cf.tracker.run-once", havingValue = false, matchIfMissing = true)
	@ConditionalOnProperty("cf.tracker.schedule.cron")
	@ConditionalOnMissingParentBean(ScheduledInvalidation.class)
	static class CronConfiguration {

		@Bean
		@Lazy(false)
		ScheduledInvalidation cfTrackerScheduledInvalidation(CloudFrontInvalidator invalidator,
				CfTrackerProperties properties) {
			CfTrackerProperties.Schedule schedule = properties.getSchedule();
			return new ScheduledInvalidation(new FireTimes(schedule.getCron(), schedule.getZone(), Clock.systemUTC()),
					invalidator);
		}

		@Bean
		@ConditionalOnMissingBean(name = TaskManagementConfigUtils.SCHEDULED_ANNOTATION_PROCESSOR_BEAN_NAME)
		static ScheduledInvalidationPostProcessor cfTrackerScheduledInvalidationPostProcessor() {
			return new ScheduledInvalidationPostProcessor();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty("cf.tracker.run-once")
	static class RunOnceConfiguration {

		@Bean
		RunOnce cfTrackerRunOnce(CloudFrontInvalidator invalidator, ApplicationArguments arguments, RunPlanner planner,
				ConfigurableApplicationContext context) {
			return new RunOnce(invalidator, arguments, planner.pricing(),
					(code) -> System.exit(SpringApplication.exit(context, () -> code)));
		}

	}

}
