package io.github.cftracker.autoconfigure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.actuate.AllArgumentsAdvisor;
import io.github.cftracker.actuate.CfInvalidateEndpoint;
import io.github.cftracker.actuate.CfPathsEndpoint;
import io.github.cftracker.actuate.RunBodies;
import io.github.cftracker.actuate.TrackerState;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.run.RunPlanner;
import io.github.cftracker.run.SelectionHints;
import io.github.cftracker.run.TimeLimitedStore;
import io.github.cftracker.web.ManagementPaths;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration for the actuator endpoints.
 */
@AutoConfiguration(after = CfTrackerAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass({ WebEndpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnActivation
public final class CfTrackerActuateAutoConfiguration {

	@Bean
	@ConditionalOnAvailableEndpoint
	CfInvalidateEndpoint cfInvalidateEndpoint(CloudFrontInvalidator invalidator, RunLedger ledger,
			TimeLimitedStore store, ObjectProvider<PathRecorder> recorder, DistributionDoctor doctor,
			SelectionHints hints, RunPlanner planner, CfTrackerProperties properties) {
		return new CfInvalidateEndpoint(invalidator, new TrackerState(store, ledger, recorder.getIfAvailable()),
				new RunBodies(hints, planner.pricing()), properties.requiredDistributionId(), doctor);
	}

	@Bean
	AllArgumentsAdvisor cfTrackerAllArgumentsAdvisor(ObjectProvider<CfInvalidateEndpoint> endpoint) {
		return new AllArgumentsAdvisor(endpoint);
	}

	@Bean
	@ConditionalOnAvailableEndpoint
	CfPathsEndpoint cfPathsEndpoint(TimeLimitedStore store, ObjectProvider<PathRecorder> recorder) {
		return new CfPathsEndpoint(store, recorder.getIfAvailable());
	}

	@Bean
	ManagementPaths cfTrackerManagementPaths(Environment environment, ObjectProvider<PathMappedEndpoints> endpoints) {
		return () -> patterns(environment, endpoints.getIfAvailable());
	}

	private static Collection<String> patterns(Environment environment, @Nullable PathMappedEndpoints endpoints) {
		List<String> roots = new ArrayList<>();
		if (endpoints != null) {
			endpoints.stream()
				.flatMap((endpoint) -> endpoint.getAdditionalPaths(WebServerNamespace.SERVER).stream())
				.forEach((path) -> roots.add(path.startsWith("/") ? path : "/" + path));
		}
		if (ManagementPortType.get(environment) == ManagementPortType.SAME) {
			String basePath = environment.getProperty("management.endpoints.web.base-path", "/actuator");
			if (!basePath.isEmpty() && !"/".equals(basePath)) {
				roots.add(basePath);
			}
			else if (endpoints != null) {
				roots.addAll(endpoints.getAllPaths());
			}
		}
		String servletPath = StringUtils.trimTrailingCharacter(environment.getProperty("spring.mvc.servlet.path", ""),
				'/');
		return roots.stream()
			.flatMap((root) -> Stream.of(root, servletPath + root))
			.distinct()
			.map((root) -> StringUtils.trimTrailingCharacter(root, '/') + "/**")
			.toList();
	}

}
