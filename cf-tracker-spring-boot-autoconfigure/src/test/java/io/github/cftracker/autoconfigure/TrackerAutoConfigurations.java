package io.github.cftracker.autoconfigure;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;

/**
 * Everything that an application with the starter gets, apart from the web server.
 */
final class TrackerAutoConfigurations {

	static final Class<?>[] ALL = { CfTrackerSelectionAutoConfiguration.class, CfTrackerRedisAutoConfiguration.class,
			CfTrackerCloudFrontAutoConfiguration.class, CfTrackerDistributionAutoConfiguration.class,
			CfTrackerAutoConfiguration.class, CfTrackerWebAutoConfiguration.class, CfTrackerMvcAutoConfiguration.class,
			CfTrackerReactiveAutoConfiguration.class, CfTrackerActuateAutoConfiguration.class,
			CfTrackerHealthAutoConfiguration.class, CfTrackerInfoAutoConfiguration.class,
			CfTrackerMetricsAutoConfiguration.class, CfTrackerSchedulingAutoConfiguration.class,
			CfTrackerSecretsAutoConfiguration.class, CfTrackerTransactionAutoConfiguration.class,
			CfTrackerOffAutoConfiguration.class, AwsAutoConfiguration.class, CredentialsProviderAutoConfiguration.class,
			RegionProviderAutoConfiguration.class };

	private TrackerAutoConfigurations() {
	}

}
