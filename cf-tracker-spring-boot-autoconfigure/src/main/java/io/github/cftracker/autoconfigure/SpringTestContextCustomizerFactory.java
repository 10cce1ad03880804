package io.github.cftracker.autoconfigure;

import java.util.List;
import java.util.Map;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Factory of a customizer that keeps the tests of an application from invalidating its
 * distribution: a test with the distribution's id and AWS credentials would send what its
 * transactions invalidate.
 */
class SpringTestContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		return new SpringTestContextCustomizer();
	}

	/**
	 * Customizer that marks the context of a test. A record, because contexts are shared
	 * by tests whose customizers are equal.
	 */
	record SpringTestContextCustomizer() implements ContextCustomizer {

		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
			context.getEnvironment()
				.getPropertySources()
				.addLast(new MapPropertySource("cfTrackerSpringTest", Map.of(Activation.TEST_PROPERTY, "true")));
		}

	}

}
