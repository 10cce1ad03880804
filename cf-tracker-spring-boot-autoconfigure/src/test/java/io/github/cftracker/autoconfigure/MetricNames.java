package io.github.cftracker.autoconfigure;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.cftracker.actuate.CfTrackerMetrics;
import io.github.cftracker.actuate.RunMetrics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * The names of all metrics.
 */
final class MetricNames {

	private static final List<Meter.Id> IDS = read();

	private MetricNames() {
	}

	static Set<String> all() {
		return ids().stream().map(Meter.Id::getName).collect(Collectors.toSet());
	}

	/**
	 * Those of an application with our own recorder.
	 */
	static List<Meter.Id> ids() {
		return IDS;
	}

	private static List<Meter.Id> read() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		new RunMetrics(Clock.systemUTC()).bindTo(registry);
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
			.withPropertyValues("cf.tracker.store=memory", "cf.tracker.distribution-id=E123")
			.run((context) -> context.getBean(CfTrackerMetrics.class).bindTo(registry));
		return registry.getMeters().stream().map(Meter::getId).toList();
	}

}
