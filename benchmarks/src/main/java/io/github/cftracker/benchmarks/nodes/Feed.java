package io.github.cftracker.benchmarks.nodes;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.cftracker.benchmarks.PathSamples;
import io.github.cftracker.benchmarks.measure.Pause;
import io.github.cftracker.recording.PathRecorder;

/**
 * Feeds responses to the nodes as their filters would, without HTTP. Each node has its
 * own requests, distributed by Zipf's law.
 */
final class Feed {

	private static final String ROUTE = "/shop/{category}/{product}/reviews-and-sizes";

	private static final Duration LIFETIME = Duration.ofHours(1);

	private static final long TICK_NANOS = 10_000_000;

	private final List<PathRecorder> nodes;

	private final String[] paths;

	private final int[] order;

	private long perNode;

	Feed(List<PathRecorder> nodes, int paths) {
		this.nodes = nodes;
		this.paths = IntStream.range(0, paths).mapToObj(PathSamples::path).toArray(String[]::new);
		this.order = PathSamples.zipf(paths, 1 << 22);
	}

	/**
	 * Feed each node at a rate, or more slowly if the machine cannot do that.
	 * @return how many responses there were on all nodes
	 */
	long run(double perSecond, long millis) {
		long start = System.nanoTime();
		long end = start + millis * 1_000_000;
		long fed = 0;
		for (long tick = start; System.nanoTime() - end < 0; tick += TICK_NANOS) {
			Pause.until(tick);
			long due = Math.round(perSecond * (tick + TICK_NANOS - start) / 1e9);
			for (int node = 0; node < this.nodes.size(); node++) {
				feed(node, fed, due);
			}
			fed = due;
		}
		this.perNode += fed;
		return fed * this.nodes.size();
	}

	private void feed(int node, long from, long to) {
		long startedAt = System.nanoTime();
		int offset = (int) ((long) this.order.length * node / this.nodes.size());
		PathRecorder recorder = this.nodes.get(node);
		for (long i = this.perNode + from; i < this.perNode + to; i++) {
			String path = this.paths[this.order[(int) ((offset + i) % this.order.length)]];
			recorder.track(path, LIFETIME, startedAt, ROUTE, Set.of());
		}
	}

}
