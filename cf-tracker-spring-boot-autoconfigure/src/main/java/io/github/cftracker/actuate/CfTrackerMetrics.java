package io.github.cftracker.actuate;

import java.util.function.LongSupplier;

import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.tracking.PathRecorder;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * What the bound on tracked paths does, as metrics of this node.
 */
public final class CfTrackerMetrics implements MeterBinder {

	private final @Nullable PathRecorder recorder;

	private final LongSupplier billedThisMonth;

	/**
	 * Create metrics.
	 * @param recorder what counts, {@code null} if nothing is tracked with it
	 * @param billedThisMonth how many items were sent this month
	 */
	public CfTrackerMetrics(@Nullable PathRecorder recorder, LongSupplier billedThisMonth) {
		this.recorder = recorder;
		this.billedThisMonth = billedThisMonth;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("cf.tracker.items.month", this, CfTrackerMetrics::billed)
			.description("Items that this distribution's runs have sent this month (UTC), all nodes together")
			.register(registry);
		if (this.recorder == null) {
			return;
		}
		FunctionCounter.builder("cf.tracker.paths.folded", this.recorder, PathRecorder::folded)
			.description("How many times a wildcard was tracked in place of a path, because there were too many")
			.register(registry);
		FunctionCounter.builder("cf.tracker.paths.dropped", this.recorder, PathRecorder::dropped)
			.description("Paths that were not tracked, because there were too many or the store refused them")
			.register(registry);
	}

	private double billed() {
		try {
			return this.billedThisMonth.getAsLong();
		}
		catch (StoreUnavailableException ex) {
			return Double.NaN;
		}
	}

}
