package io.github.cftracker.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.UrlStore;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.DistributionMirror;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.recording.BufferedTracker;
import io.github.cftracker.recording.Flusher;
import io.github.cftracker.recording.IdleTracker;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.recording.WriteListener;
import io.github.cftracker.run.IdleInvalidator;
import io.github.cftracker.run.InvalidationClient;
import io.github.cftracker.run.MappingSource;
import io.github.cftracker.run.Mappings;
import io.github.cftracker.run.PathFlush;
import io.github.cftracker.run.QueuedInvalidator;
import io.github.cftracker.run.RunContext;
import io.github.cftracker.run.RunEvents;
import io.github.cftracker.run.RunFindings;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.run.RunObserver;
import io.github.cftracker.run.RunPlanner;
import io.github.cftracker.run.SelectionHints;
import io.github.cftracker.run.Selections;
import io.github.cftracker.run.StoreInspector;
import io.github.cftracker.run.StoreMonitor;
import io.github.cftracker.run.TimeLimitedStore;
import io.github.cftracker.scheduling.TrackerLifecycle;
import io.github.cftracker.tracking.LifetimePolicy;
import io.github.cftracker.tracking.TrackingRules;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for the tracker and the invalidator.
 */
@AutoConfiguration(after = { CfTrackerRedisAutoConfiguration.class, CfTrackerCloudFrontAutoConfiguration.class,
		CfTrackerDistributionAutoConfiguration.class })
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnActivation
@ConditionalOnMissingParentBean(DistributionDoctor.class)
@EnableConfigurationProperties(CfTrackerProperties.class)
public final class CfTrackerAutoConfiguration {

	private static final String INVALIDATOR = "cfTrackerInvalidator";

	/**
	 * How long a run waits for responses that wait for the distribution's settings.
	 */
	private static final Duration UNDECIDED_PATIENCE = Duration.ofSeconds(6);

	@Bean
	@ConditionalOnProperty(name = "cf.tracker.store", havingValue = "memory")
	@ConditionalOnMissingBean(UrlStore.class)
	UrlStore cfTrackerMemoryUrlStore(PathPatterns patterns, CfTrackerProperties properties) {
		return new MemoryUrlStore(Clock.systemUTC(), patterns, properties.getTags().getMaxEntries());
	}

	@Bean
	@ConditionalOnMissingBean(value = UrlTracker.class, ignored = IdleTracker.class)
	PathRecorder cfTrackerPathRecorder(UrlStore store, ObjectProvider<WriteListener> listener,
			CfTrackerProperties properties, TrackingRules rules, DistributionDoctor doctor) {
		return new PathRecorder(store, new SettingsMapper(properties).limits(), rules, doctor,
				listener.getIfAvailable(() -> (paths) -> {
				}));
	}

	@Bean
	@ConditionalOnMissingBean(ignored = IdleTracker.class)
	UrlTracker cfTrackerUrlTracker(PathRecorder recorder) {
		return new BufferedTracker(recorder);
	}

	@Bean
	LifetimePolicy cfTrackerLifetimePolicy(CfTrackerProperties properties) {
		return new SettingsMapper(properties).lifetimes();
	}

	@Bean
	@ConditionalOnBean(value = PathRecorder.class, search = SearchStrategy.CURRENT)
	TrackerLifecycle cfTrackerFlusherLifecycle(PathRecorder recorder, UrlStore store, TrackingRules rules,
			DistributionDoctor doctor, CfTrackerProperties properties) {
		Flusher flusher = new Flusher(recorder, store, properties.getTracking().getFlushInterval(), doctor);
		return new TrackerLifecycle(flusher::start, () -> {
			// What still waits for the distribution has to be flushed too
			rules.expectNothing();
			flusher.stop();
		});
	}

	@Bean
	@ConditionalOnMissingBean(RunLedger.class)
	MemoryRunLedger cfTrackerRunLedger(UrlStore store, CfTrackerProperties properties, PathPatterns patterns) {
		CfTrackerProperties.Invalidation invalidation = properties.getInvalidation();
		return new MemoryRunLedger(store, invalidation.getHistory(), invalidation.getFreshWindow(), patterns,
				Clock.systemUTC());
	}

	@Bean
	TimeLimitedStore cfTrackerTimeLimitedStore(UrlStore store) {
		return new TimeLimitedStore(store);
	}

	@Bean
	@ConditionalOnMissingBean(value = CloudFrontInvalidator.class, ignored = IdleInvalidator.class)
	QueuedInvalidator cfTrackerQueuedInvalidator(RunLedger ledger, TimeLimitedStore store, InvalidationClient client,
			ObjectProvider<PathRecorder> recorder, TrackingRules rules, RunPlanner planner,
			ObjectProvider<RunObserver> observers, CfTrackerProperties properties) {
		PathFlush flush = () -> {
			// Responses of the first seconds wait for the distribution's settings
			rules.awaitDecisions(UNDECIDED_PATIENCE);
			recorder.ifAvailable(PathRecorder::flush);
		};
		return new QueuedInvalidator(new RunContext(ledger, client, flush, new SettingsMapper(properties).runs(),
				planner, RunObserver.of(observers.orderedStream().toList())), store);
	}

	@Bean(INVALIDATOR)
	@ConditionalOnMissingBean(ignored = IdleInvalidator.class)
	CloudFrontInvalidator cfTrackerInvalidator(QueuedInvalidator queue) {
		return queue.open();
	}

	@Bean
	RunFindings cfTrackerRunFindings(DistributionDoctor doctor) {
		return new RunFindings(doctor);
	}

	@Bean
	RunEvents cfTrackerRunEvents(ApplicationEventPublisher publisher) {
		return new RunEvents(publisher::publishEvent);
	}

	@Bean
	TrackerLifecycle cfTrackerRunEventsLifecycle(RunEvents events) {
		// After the invalidator, of which the last ones are
		return new TrackerLifecycle(TrackerLifecycle.DEFAULT_PHASE - 1, () -> {
		}, events::stop);
	}

	@Bean
	SelectionHints cfTrackerSelectionHints(ObjectProvider<MappingSource> mappings, Environment environment) {
		String contextPath = environment.getProperty("server.servlet.context-path", "");
		MappingSource unknown = () -> new Mappings(Set.of(), contextPath, "");
		return new SelectionHints(() -> mappings.getIfAvailable(() -> unknown).mappings());
	}

	@Bean
	RunPlanner cfTrackerRunPlanner(UrlStore store, RunLedger ledger, PathPatterns patterns, TrackingRules rules,
			ObjectProvider<DistributionMirror> mirror, CfTrackerProperties properties, SelectionHints hints,
			DistributionDoctor doctor) {
		MirroredDistribution distribution = new MirroredDistribution(mirror.getIfAvailable(), rules,
				properties.getTags().name(), doctor);
		return new RunPlanner(store, new Selections(store, patterns, distribution, hints), distribution, ledger,
				new SettingsMapper(properties).runs());
	}

	@Bean
	@ConditionalOnBean(value = QueuedInvalidator.class, search = SearchStrategy.CURRENT)
	@DependsOn(INVALIDATOR)
	TrackerLifecycle cfTrackerInvalidatorLifecycle(QueuedInvalidator queue) {
		return new TrackerLifecycle(() -> {
			// With a mock in place of the invalidator nothing is sent
			if (queue.isOpen()) {
				queue.start();
			}
		}, queue::stop);
	}

	@Bean
	@ConditionalOnBean(value = StoreInspector.class, search = SearchStrategy.CURRENT)
	StoreMonitor cfTrackerStoreMonitor(StoreInspector inspector) {
		return new StoreMonitor(inspector, Clock.systemUTC());
	}

	@Bean
	@ConditionalOnBean(value = StoreMonitor.class, search = SearchStrategy.CURRENT)
	TrackerLifecycle cfTrackerStoreMonitorLifecycle(StoreMonitor monitor) {
		return new TrackerLifecycle(monitor::start, monitor::stop);
	}

}
