package io.github.cftracker.autoconfigure;

import io.github.cftracker.NotFoundHandler;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.recording.ResponseRecorder;
import io.github.cftracker.recording.UntrackingNotFoundHandler;
import io.github.cftracker.tracking.RequestSource;
import io.github.cftracker.tracking.TrackingRules;
import io.github.cftracker.web.ManagementPaths;
import io.github.cftracker.web.ResponseTracker;
import io.github.cftracker.web.TagHeader;
import io.github.cftracker.web.TrackedPaths;
import io.github.cftracker.web.TrackingFilter;
import io.github.cftracker.web.TrackingFilterRegistration;
import jakarta.servlet.Filter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * Auto-configuration for the tracking filter of a servlet application.
 */
@AutoConfiguration(after = CfTrackerAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass({ Filter.class, PathPatternParser.class })
@ConditionalOnActivation
@ConditionalOnBooleanProperty(name = "cf.tracker.tracking.enabled", matchIfMissing = true)
public final class CfTrackerWebAutoConfiguration {

	static final String FILTER = "cfTrackerTrackingFilter";

	@Bean
	RequestSource cfTrackerRequestSource(CfTrackerProperties properties) {
		return new SettingsMapper(properties).source();
	}

	@Bean
	@ConditionalOnMissingBean
	NotFoundHandler cfTrackerNotFoundHandler(UrlTracker tracker, CfTrackerProperties properties) {
		return new UntrackingNotFoundHandler(tracker,
				properties.getTracking().getNotFound() == CfTrackerProperties.Tracking.NotFound.UNTRACK);
	}

	@Bean
	TrackedPaths cfTrackerTrackedPaths(CfTrackerProperties properties, ObjectProvider<ManagementPaths> management) {
		CfTrackerProperties.Tracking tracking = properties.getTracking();
		tracking.getInclude().forEach((pattern) -> check("include", pattern));
		tracking.getExclude().forEach((pattern) -> check("exclude", pattern));
		return new TrackedPaths(tracking.getInclude(), tracking.getExclude(), management);
	}

	private static void check(String property, String pattern) {
		try {
			PathPatternParser.defaultInstance.parse(pattern);
		}
		catch (PatternParseException ex) {
			throw new CfTrackerConfigurationException(
					"'cf.tracker.tracking.%s' contains '%s', which is not a Spring path pattern: %s".formatted(property,
							pattern, ex.getMessage()),
					"Use patterns such as '/products/**' or '/pages/{id}'.");
		}
	}

	@Bean(FILTER)
	FilterRegistrationBean<TrackingFilter> cfTrackerTrackingFilter(TrackingRules rules, RequestSource source,
			TrackedPaths paths, UrlTracker tracker, NotFoundHandler notFoundHandler, CfTrackerProperties properties,
			DistributionDoctor doctor) {
		String name = properties.getTags().name();
		TrackingFilter filter = new TrackingFilter(rules, source, properties.getTracking().getPathHeader(),
				(name != null) ? new TagHeader(name, rules) : null,
				new ResponseTracker(rules, paths, ResponseRecorder.of(tracker), notFoundHandler));
		return TrackingFilterRegistration.of(filter, properties.getTracking().getFilterOrder(), doctor);
	}

}
