package io.github.cftracker.autoconfigure;

import io.github.cftracker.actuate.CfTrackerMetrics;
import io.github.cftracker.tracking.PathRecorder;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;

/**
 * Metrics, where the application has Micrometer.
 */
@AutoConfiguration(after = CfTrackerAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBooleanProperty(name = "cf.tracker.enabled", matchIfMissing = true)
public final class CfTrackerMetricsAutoConfiguration {

	@Bean
	@ConditionalOnBean(value = PathRecorder.class, search = SearchStrategy.CURRENT)
	@ConditionalOnMissingBean
	CfTrackerMetrics cfTrackerMetrics(PathRecorder recorder) {
		return new CfTrackerMetrics(recorder);
	}

}
