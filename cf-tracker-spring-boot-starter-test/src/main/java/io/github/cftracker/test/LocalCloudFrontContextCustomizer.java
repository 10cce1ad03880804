package io.github.cftracker.test;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Starts the {@link LocalCloudFront} of one application context. A record, because the
 * test framework shares contexts whose customizers are equal.
 */
record LocalCloudFrontContextCustomizer(String distributionId, long completesAfterMillis) implements ContextCustomizer {

	private static final String NAME = "localCloudFront";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		ConfigurableEnvironment environment = context.getEnvironment();
		LocalCloudFront.Builder builder = LocalCloudFront.builder()
			.completesAfter(Duration.ofMillis(this.completesAfterMillis))
			.origin(() -> URI
				.create("http://127.0.0.1:" + environment.getRequiredProperty("local.server.port", Integer.class)));
		if (!this.distributionId.isEmpty()) {
			builder.distributionId(this.distributionId);
		}
		LocalCloudFront cloudFront = builder.start();
		DefaultSingletonBeanRegistry beans = (DefaultSingletonBeanRegistry) context.getBeanFactory();
		beans.registerSingleton(NAME, cloudFront);
		// Disposable beans go in reverse order: the first one in outlives those that
		// still send when they stop
		beans.registerDisposableBean(NAME, cloudFront::close);
		environment.getPropertySources().addFirst(new MapPropertySource(NAME, properties(cloudFront)));
	}

	private static Map<String, Object> properties(LocalCloudFront cloudFront) {
		Map<String, Object> properties = new HashMap<>();
		properties.put("cf.tracker.enabled", true);
		properties.put("cf.tracker.endpoint", cloudFront.endpoint().toString());
		properties.put("cf.tracker.region", cloudFront.region());
		properties.put("cf.tracker.access-key", cloudFront.accessKey());
		properties.put("cf.tracker.secret-key", cloudFront.secretKey());
		properties.put("cf.tracker.distribution-id", cloudFront.distributionId());
		// Those of the application would win over the keys
		properties.put("cf.tracker.session-token", "");
		properties.put("cf.tracker.role-arn", "");
		return properties;
	}

}
