package io.github.cftracker.autoconfigure;

import io.github.cftracker.PathPatterns;
import io.github.cftracker.web.SpringPathPatterns;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * Auto-configuration for the patterns that select tracked paths.
 */
@AutoConfiguration(before = { CfTrackerRedisAutoConfiguration.class, CfTrackerAutoConfiguration.class })
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnActivation
public final class CfTrackerSelectionAutoConfiguration {

	private static final String PATTERNS = "org.springframework.web.util.pattern.PathPatternParser";

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = PATTERNS)
	static class SpringWeb {

		@Bean
		@ConditionalOnMissingBean
		PathPatterns cfTrackerPathPatterns() {
			return new SpringPathPatterns();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass(PATTERNS)
	static class NoSpringWeb {

		@Bean
		@ConditionalOnMissingBean
		PathPatterns cfTrackerPathPatterns() {
			return PathPatterns.UNKNOWN;
		}

	}

}
