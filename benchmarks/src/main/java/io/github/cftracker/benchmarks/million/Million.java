package io.github.cftracker.benchmarks.million;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.cftracker.benchmarks.Report;
import io.github.cftracker.benchmarks.measure.ChildJvm;
import io.github.cftracker.benchmarks.measure.CloudFrontMain;
import io.github.cftracker.benchmarks.measure.Pause;
import io.github.cftracker.benchmarks.measure.RedisProbe;
import io.github.cftracker.benchmarks.measure.TrackedPaths;
import io.github.cftracker.benchmarks.million.Runs.Finished;
import io.github.cftracker.testing.TestRedis;

/**
 * Measures a million tracked paths: the memory they take, a run over all of them, and how
 * long others wait for Redis meanwhile.
 */
public final class Million {

	private static final int DEFAULT_BATCH = 1000;

	private static final int LARGEST_BATCH = 3000;

	private static final Duration IDLE = Duration.ofSeconds(3);

	private static final int HEAP_MEGABYTES = 256;

	private static final int TARGET_MEGABYTES = 64;

	/**
	 * Short, because what a batch needs is alive for a few dozen.
	 */
	private static final long INTERVAL_MILLIS = 20;

	private final MillionReport report;

	private final int count;

	private Million(Report report, int count) {
		this.report = new MillionReport(report);
		this.count = count;
	}

	/**
	 * Measures with {@code million.paths} paths.
	 * @param report told what was seen
	 * @throws IOException if it could not be measured
	 */
	public static void measure(Report report) throws IOException {
		measure(report, Integer.getInteger("million.paths", 1_000_000));
	}

	static void measure(Report report, int count) throws IOException {
		new Million(report, count).measure();
	}

	private void measure() throws IOException {
		List<Beside> waits = new ArrayList<>();
		try (TestRedis redis = TestRedis.startInstalled();
				RedisProbe probe = new RedisProbe(redis.url());
				TrackedPaths paths = new TrackedPaths(redis.url());
				ChildJvm cloudFront = CloudFrontMain.start()) {
			waits.add(Beside.during("nothing", redis, probe, () -> Pause.of(IDLE)));
			long before = probe.usedMemory();
			paths.track(this.count);
			long ours = probe.usedMemory() - before;
			waits.addAll(originalLayout(ours));
			List<StoreStep> steps = StoreStep.all(paths, redis, probe, this.count);
			waits.addAll(steps.stream().map(StoreStep::beside).toList());
			Runs runs = new Runs(redis, probe, paths, cloudFront);
			Finished usual = runs.run(this.count, DEFAULT_BATCH, HEAP_MEGABYTES, 0);
			Finished largest = runs.run(this.count, LARGEST_BATCH, HEAP_MEGABYTES, 0);
			waits.add(usual.beside());
			waits.add(largest.beside());
			int small = TARGET_MEGABYTES + (int) (usual.idle() >> 20) + 1;
			this.report.runs(List.of(usual, largest));
			this.report.heap(
					List.of(runs.run(this.count / 5, DEFAULT_BATCH, HEAP_MEGABYTES, INTERVAL_MILLIS),
							runs.run(this.count, DEFAULT_BATCH, HEAP_MEGABYTES, INTERVAL_MILLIS),
							runs.run(this.count, LARGEST_BATCH, HEAP_MEGABYTES, INTERVAL_MILLIS)),
					runs.run(this.count, DEFAULT_BATCH, small, 0));
			this.report.steps(steps);
		}
		this.report.waits(waits);
	}

	private List<Beside> originalLayout(long ours) throws IOException {
		try (TestRedis redis = TestRedis.startInstalled(); RedisProbe probe = new RedisProbe(redis.url())) {
			long before = probe.usedMemory();
			OriginalLayout.track(probe, this.count);
			this.report.memory(this.count, ours, probe.usedMemory() - before);
			return List.of(
					Beside.during("KEYS * on the original layout", redis, probe, () -> OriginalLayout.keys(probe)),
					Beside.during("FLUSHDB on the original layout", redis, probe, () -> OriginalLayout.flush(probe)));
		}
	}

}
