package io.github.cftracker.actuate;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.github.cftracker.Pricing;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.recording.FlushStatistics;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.run.HeldRequests;
import io.github.cftracker.tracking.Decision;
import io.github.cftracker.tracking.TrackingRules;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of tracked paths and their cost. Those of the store are the same on every node,
 * the others are of this node.
 */
public final class CfTrackerMetrics implements MeterBinder {

	private static final Duration SCRAPE = Duration.ofSeconds(1);

	private final TrackingRules rules;

	private final TrackerState state;

	private final @Nullable HeldRequests held;

	private final Pricing pricing;

	private double billed;

	private long askedAt;

	/**
	 * Create metrics.
	 * @param rules decisions about requests
	 * @param state tracked paths and runs
	 * @param held requests after commits, {@code null} if there are none
	 * @param pricing what items cost
	 */
	public CfTrackerMetrics(TrackingRules rules, TrackerState state, @Nullable HeldRequests held, Pricing pricing) {
		this.rules = rules;
		this.state = state;
		this.held = held;
		this.pricing = pricing;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (Decision.Action action : Decision.Action.values()) {
			FunctionCounter.builder("cf.tracker.requests", this.rules, (rules) -> rules.decisions(action))
				.tag("decision", action.name().toLowerCase(Locale.ROOT).replace('_', '-'))
				.description("Responses, by the decision about their paths")
				.register(registry);
		}
		Gauge.builder("cf.tracker.paths.tracked", this, (metrics) -> ask(metrics::tracked))
			.description("Number of tracked paths, across all nodes")
			.register(registry);
		Gauge.builder("cf.tracker.items.month", this, CfTrackerMetrics::billed)
			.description("Number of items sent for this distribution this month (UTC), across all nodes")
			.register(registry);
		Gauge.builder("cf.tracker.cost.month", this, CfTrackerMetrics::cost)
			.baseUnit("usd")
			.description("Maximum cost of the items sent this month, without deducting the account's free items")
			.register(registry);
		Gauge.builder("cf.tracker.commits.waiting", this, CfTrackerMetrics::held)
			.description("1 while invalidation requests of committed transactions are held in memory, else 0")
			.register(registry);
		if (this.state.recorder() != null) {
			bindTo(registry, this.state.recorder());
		}
	}

	private static void bindTo(MeterRegistry registry, PathRecorder recorder) {
		Gauge.builder("cf.tracker.paths.pending", recorder, PathRecorder::pending)
			.description("Number of paths held in memory until they are written to the store")
			.register(registry);
		FunctionTimer
			.builder("cf.tracker.flushes", recorder.flushes(), FlushStatistics::count, FlushStatistics::nanos,
					TimeUnit.NANOSECONDS)
			.description("Writes of pending paths to the store, including failed ones")
			.register(registry);
		FunctionCounter.builder("cf.tracker.flushes.failed", recorder.flushes(), FlushStatistics::failures)
			.description("Writes that failed")
			.register(registry);
		FunctionCounter.builder("cf.tracker.paths.folded", recorder, PathRecorder::folded)
			.description("Paths that were replaced by a wildcard because a limit was reached")
			.register(registry);
		FunctionCounter.builder("cf.tracker.paths.dropped", recorder, PathRecorder::dropped)
			.description("Paths that were not tracked because a limit was reached or the store rejected them")
			.register(registry);
		FunctionCounter.builder("cf.tracker.paths.untracked", recorder, PathRecorder::untracked)
			.description("Paths that a 404 untracked although they had more than a minute to live")
			.register(registry);
		FunctionCounter.builder("cf.tracker.paths.replayed", recorder, PathRecorder::replayed)
			.description("Paths that were written again because the store had lost them")
			.register(registry);
	}

	/**
	 * Return a value that is cached for a moment, because a scrape reads it twice, and a
	 * store that hangs is slow.
	 */
	private synchronized double billed() {
		long now = System.nanoTime();
		if (this.askedAt == 0 || now - this.askedAt > SCRAPE.toNanos()) {
			this.billed = ask(this.state::billedThisMonth);
			this.askedAt = System.nanoTime();
		}
		return this.billed;
	}

	private double cost() {
		double billed = billed();
		return Double.isNaN(billed) ? billed : this.pricing.usd((long) billed).doubleValue();
	}

	private long tracked() {
		PathRecorder recorder = this.state.recorder();
		return (recorder != null) ? recorder.tracked() : this.state.store().count();
	}

	private int held() {
		return (this.held != null && this.held.isWaiting()) ? 1 : 0;
	}

	private static double ask(LongSupplier question) {
		try {
			long answer = question.getAsLong();
			return (answer >= 0) ? answer : Double.NaN;
		}
		catch (StoreUnavailableException ex) {
			return Double.NaN;
		}
	}

}
