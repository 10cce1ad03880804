package io.github.cftracker.autoconfigure;

import io.github.cftracker.UrlStore;
import io.github.cftracker.run.InvalidationClient;
import io.github.cftracker.run.QueuedInvalidator;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Check for a library that an application has excluded from the starter, but needs.
 */
final class DependencyCheck {

	private DependencyCheck() {
	}

	static void check(Environment environment, ConfigurableListableBeanFactory beanFactory) {
		String store = environment.getProperty("cf.tracker.store", "redis");
		if (store.equalsIgnoreCase("redis") && lacks(beanFactory, UrlStore.class, OptionalClassHints.LETTUCE)) {
			throw new CfTrackerConfigurationException(
					"'cf.tracker.store' is 'redis', but 'io.lettuce:lettuce-core' is not on the class path.",
					"Add the dependency 'io.lettuce:lettuce-core', or set 'cf.tracker.store=memory' for a single node.");
		}
		boolean sends = beanFactory.getBeanNamesForType(QueuedInvalidator.class, true, false).length > 0;
		if (sends && lacks(beanFactory, InvalidationClient.class, OptionalClassHints.CLOUDFRONT)) {
			throw new CfTrackerConfigurationException(
					"cf-tracker calls CloudFront with 'software.amazon.awssdk:cloudfront', which is not on the class path.",
					"Add the dependency 'software.amazon.awssdk:cloudfront', or set 'cf.tracker.enabled=false'.");
		}
	}

	private static boolean lacks(ConfigurableListableBeanFactory beanFactory, Class<?> bean, String library) {
		return !ClassUtils.isPresent(library, beanFactory.getBeanClassLoader())
				&& BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beanFactory, bean, true, false).length == 0;
	}

}
