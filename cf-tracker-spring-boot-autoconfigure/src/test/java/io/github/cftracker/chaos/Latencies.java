package io.github.cftracker.chaos;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long pages took, without the time they meant to take.
 *
 * @param count how many there were
 * @param p50 the median
 * @param p99 the 99th percentile
 * @param max the longest
 */
record Latencies(int count, Duration p50, Duration p99, Duration max) {

	static Latencies of(Stream<PageRequest> requests) {
		List<Duration> sorted = requests.map(PageRequest::latency).sorted().toList();
		return new Latencies(sorted.size(), at(sorted, 50), at(sorted, 99), at(sorted, 100));
	}

	private static Duration at(List<Duration> sorted, int percent) {
		return sorted.isEmpty() ? Duration.ZERO : sorted.get((sorted.size() - 1) * percent / 100);
	}

	@Override
	public String toString() {
		return "%.1f / %.1f".formatted(this.p50.toNanos() / 1e6, this.p99.toNanos() / 1e6);
	}

}
