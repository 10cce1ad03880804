package io.github.cftracker.autoconfigure;

import java.time.Clock;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.UrlStore;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.redis.TrackerRedis;
import io.github.cftracker.run.Backoff;
import io.github.cftracker.run.InvalidationClient;
import io.github.cftracker.run.InvalidationSettings;
import io.github.cftracker.run.QueuedInvalidator;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.run.StoreGuard;
import io.github.cftracker.scheduling.TrackerLifecycle;
import io.github.cftracker.tracking.Flusher;
import io.github.cftracker.tracking.LifetimePolicy;
import io.github.cftracker.tracking.PathRecorder;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * The tracker and the invalidator.
 */
@AutoConfiguration(after = { CfTrackerRedisAutoConfiguration.class, CfTrackerCloudFrontAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "cf.tracker.enabled", matchIfMissing = true)
@EnableConfigurationProperties(CfTrackerProperties.class)
public final class CfTrackerAutoConfiguration {

	CfTrackerAutoConfiguration(CfTrackerProperties properties, Environment environment) {
		UnsupportedProperties.check(environment);
	}

	@Bean
	@ConditionalOnProperty(name = "cf.tracker.store", havingValue = "memory")
	@ConditionalOnMissingBean(UrlStore.class)
	MemoryUrlStore cfTrackerMemoryUrlStore() {
		return new MemoryUrlStore(Clock.systemUTC());
	}

	@Bean
	@ConditionalOnMissingBean(UrlTracker.class)
	PathRecorder cfTrackerPathRecorder(UrlStore store, CfTrackerProperties properties, LifetimePolicy lifetimes) {
		return new PathRecorder(store, lifetimes, properties.getTracking().getMaxPending());
	}

	@Bean
	@ConditionalOnMissingBean
	LifetimePolicy cfTrackerLifetimePolicy(CfTrackerProperties properties) {
		CfTrackerProperties.Tracking.Ttl ttl = properties.getTracking().getTtl();
		return new LifetimePolicy(ttl.getMode(), ttl.getDefault(), ttl.getMin(), ttl.getMax(), ttl.getGrace(),
				Clock.systemUTC());
	}

	@Bean
	@ConditionalOnBean(value = PathRecorder.class, search = SearchStrategy.CURRENT)
	TrackerLifecycle cfTrackerFlusherLifecycle(PathRecorder recorder, UrlStore store, CfTrackerProperties properties) {
		Flusher flusher = new Flusher(recorder, store, properties.getTracking().getFlushInterval());
		return new TrackerLifecycle(flusher::start, flusher::stop);
	}

	@Bean
	@ConditionalOnMissingBean
	RunLedger cfTrackerRunLedger(CfTrackerProperties properties) {
		return new MemoryRunLedger(properties.getInvalidation().getHistory());
	}

	@Bean
	@ConditionalOnMissingBean
	StoreGuard cfTrackerStoreGuard(UrlStore store) {
		return new StoreGuard(store);
	}

	@Bean
	@ConditionalOnMissingBean(CloudFrontInvalidator.class)
	QueuedInvalidator cfTrackerInvalidator(UrlStore store, StoreGuard guard, RunLedger ledger,
			InvalidationClient client, ObjectProvider<PathRecorder> recorder, CfTrackerProperties properties) {
		CfTrackerProperties.Invalidation invalidation = properties.getInvalidation();
		InvalidationSettings settings = new InvalidationSettings(invalidation.getBatchSize(),
				properties.getTracking().getFlushInterval(), invalidation.getLease(), invalidation.getGiveUpAfter(),
				new Backoff(invalidation.getRetryBackoff().getMin(), invalidation.getRetryBackoff().getMax()),
				new Backoff(invalidation.getBusyBackoff().getMin(), invalidation.getBusyBackoff().getMax()));
		return new QueuedInvalidator(store, guard, ledger, client, () -> recorder.ifAvailable(PathRecorder::flush),
				settings, Clock.systemUTC());
	}

	@Bean
	@ConditionalOnBean(value = QueuedInvalidator.class, search = SearchStrategy.CURRENT)
	TrackerLifecycle cfTrackerInvalidatorLifecycle(QueuedInvalidator invalidator) {
		return new TrackerLifecycle(invalidator::start, invalidator::stop);
	}

	@Bean
	@Lazy(false)
	StartupReport cfTrackerStartupReport(CfTrackerProperties properties, UrlStore store,
			ObjectProvider<TrackerRedis> redis, BeanFactory beanFactory) {
		return new StartupReport(properties, store, redis.getIfAvailable(),
				beanFactory.containsBean(CfTrackerWebAutoConfiguration.FILTER));
	}

}
