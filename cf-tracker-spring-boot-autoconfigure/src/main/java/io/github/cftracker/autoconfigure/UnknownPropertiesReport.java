package io.github.cftracker.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Report of misspelt properties, before a property that is missing because of one stops
 * the start.
 */
class UnknownPropertiesReport implements BeanFactoryPostProcessor {

	private static final Logger logger = LoggerFactory.getLogger("io.github.cftracker");

	private final Environment environment;

	UnknownPropertiesReport(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		UnknownProperties.describe(this.environment).forEach((unknown) -> logger.warn("{}", unknown));
	}

}
