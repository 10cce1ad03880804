package io.github.cftracker.benchmarks.load;

import java.time.Duration;

import org.HdrHistogram.Histogram;

/**
 * What a load has seen.
 *
 * @param latencies in ns, from when requests were due
 * @param time from the first request to the last answer
 */
record LoadResult(Histogram latencies, Duration time) {

	long requests() {
		return this.latencies.getTotalCount();
	}

	double perSecond() {
		return requests() / (this.time.toNanos() / 1e9);
	}

	/**
	 * The latency, in ms, that so many percent do not exceed.
	 */
	double percentile(double percent) {
		return this.latencies.getValueAtPercentile(percent) / 1e6;
	}

}
