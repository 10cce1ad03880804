package io.github.cftracker.autoconfigure;

import java.util.stream.Stream;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;

/**
 * Everything that an application with the starter gets, apart from the web server, with
 * and without Spring Cloud AWS.
 */
final class TrackerAutoConfigurations {

	static final Class<?>[] OWN = { CfTrackerSelectionAutoConfiguration.class, CfTrackerRedisAutoConfiguration.class,
			CfTrackerCloudFrontAutoConfiguration.class, CfTrackerDistributionAutoConfiguration.class,
			CfTrackerAutoConfiguration.class, CfTrackerWebAutoConfiguration.class, CfTrackerMvcAutoConfiguration.class,
			CfTrackerReactiveAutoConfiguration.class, CfTrackerActuateAutoConfiguration.class,
			CfTrackerHealthAutoConfiguration.class, CfTrackerInfoAutoConfiguration.class,
			CfTrackerMetricsAutoConfiguration.class, CfTrackerSchedulingAutoConfiguration.class,
			CfTrackerSecretsAutoConfiguration.class, CfTrackerTransactionAutoConfiguration.class,
			CfTrackerOffAutoConfiguration.class, CfTrackerStartupAutoConfiguration.class };

	static final Class<?>[] ALL = Stream.concat(Stream.of(OWN), Stream.of(AwsAutoConfiguration.class,
			CredentialsProviderAutoConfiguration.class, RegionProviderAutoConfiguration.class))
		.toArray(Class<?>[]::new);

	private TrackerAutoConfigurations() {
	}

}
