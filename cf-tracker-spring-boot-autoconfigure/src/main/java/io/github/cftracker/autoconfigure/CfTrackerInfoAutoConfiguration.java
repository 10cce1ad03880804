package io.github.cftracker.autoconfigure;

import io.github.cftracker.UrlStore;
import io.github.cftracker.actuate.CfTrackerInfoContributor;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * The part {@code cfTracker} of {@code /actuator/info}.
 */
@AutoConfiguration(after = CfTrackerAutoConfiguration.class)
@ConditionalOnClass({ InfoContributor.class, ConditionalOnEnabledInfoContributor.class })
@ConditionalOnBooleanProperty(name = "cf.tracker.enabled", matchIfMissing = true)
@ConditionalOnEnabledInfoContributor("cf-tracker")
public final class CfTrackerInfoAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(UrlStore.class)
	CfTrackerInfoContributor cfTrackerInfoContributor(CfTrackerProperties properties, UrlStore store,
			ListableBeanFactory beanFactory) {
		return new CfTrackerInfoContributor(new Setup(properties, store, beanFactory).details());
	}

}
