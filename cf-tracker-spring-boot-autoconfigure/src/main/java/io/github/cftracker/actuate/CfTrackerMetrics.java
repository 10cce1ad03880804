package io.github.cftracker.actuate;

import io.github.cftracker.tracking.PathRecorder;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * What the bound on tracked paths does, as metrics of this node.
 */
public final class CfTrackerMetrics implements MeterBinder {

	private final PathRecorder recorder;

	/**
	 * Create metrics.
	 * @param recorder what counts
	 */
	public CfTrackerMetrics(PathRecorder recorder) {
		this.recorder = recorder;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder("cf.tracker.paths.folded", this.recorder, PathRecorder::folded)
			.description("How many times a wildcard was tracked in place of a path, because there were too many")
			.register(registry);
		FunctionCounter.builder("cf.tracker.paths.dropped", this.recorder, PathRecorder::dropped)
			.description("Paths that were not tracked, because there were too many or the store refused them")
			.register(registry);
	}

}
