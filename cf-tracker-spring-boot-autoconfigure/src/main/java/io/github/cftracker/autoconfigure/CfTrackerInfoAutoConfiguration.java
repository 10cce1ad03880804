package io.github.cftracker.autoconfigure;

import io.github.cftracker.UrlStore;
import io.github.cftracker.actuate.CfTrackerInfoContributor;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * Auto-configuration for {@code cfTracker} in {@code /actuator/info}.
 */
@AutoConfiguration(after = CfTrackerAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass({ InfoContributor.class, ConditionalOnEnabledInfoContributor.class })
@ConditionalOnActivation
@ConditionalOnEnabledInfoContributor("cf-tracker")
public final class CfTrackerInfoAutoConfiguration {

	@Bean
	@ConditionalOnBean(UrlStore.class)
	CfTrackerInfoContributor cfTrackerInfoContributor(CfTrackerProperties properties, UrlStore store,
			ListableBeanFactory beanFactory) {
		return new CfTrackerInfoContributor(new EffectiveSettings(properties, store, beanFactory).details());
	}

}
