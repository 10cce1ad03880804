package io.github.cftracker.benchmarks.micro;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.cftracker.Claim;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.benchmarks.PathSamples;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.testing.TestRedis;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a path costs between the buffer and Redis, and on its way out of Redis into a run.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StoreBenchmark {

	private static final int PATHS = 20_000;

	private static final int CHUNK = 1000;

	/**
	 * Writes paths that are tracked already, as most are.
	 * @param buffer paths that wait
	 */
	@Benchmark
	@OperationsPerInvocation(PATHS)
	public void flush(Buffer buffer) {
		buffer.recorder.flush();
	}

	/**
	 * Claims everything and reads it in chunks, as a run does.
	 * @param tracked paths that are tracked
	 * @return how many there were
	 */
	@Benchmark
	@OperationsPerInvocation(PATHS)
	public int claimAndDrain(Stored tracked) {
		Claim claim = tracked.store.claim(UUID.randomUUID().toString(), Selection.ofEverything());
		int drained = 0;
		List<TrackedPath> chunk = claim.next(CHUNK);
		while (!chunk.isEmpty()) {
			drained += chunk.size();
			claim.forget(chunk.stream().map(TrackedPath::path).toList());
			chunk = claim.next(CHUNK);
		}
		claim.close();
		return drained;
	}

	/**
	 * An application with the starter, and a Redis of its own.
	 */
	@State(Scope.Benchmark)
	public static class Store {

		private final TestRedis redis = TestRedis.startInstalled();

		private final TrackedApplication application = new TrackedApplication("cf.tracker.store=redis",
				"cf.tracker.redis-url=" + this.redis.url(), "cf.tracker.redis.timeout=10s");

		/**
		 * Stops it.
		 */
		@TearDown
		public void stop() {
			this.application.close();
			this.redis.close();
		}

		PathRecorder recorder() {
			return this.application.recorder();
		}

		void track() {
			IntStream.range(0, PATHS)
				.forEach((number) -> recorder().track(PathSamples.path(number), Duration.ofHours(1)));
		}

	}

	/**
	 * Paths that wait.
	 */
	@State(Scope.Benchmark)
	public static class Buffer {

		@SuppressWarnings("NullAway.Init")
		private PathRecorder recorder;

		/**
		 * Lets them wait.
		 * @param store the application
		 */
		@Setup(Level.Invocation)
		public void fill(Store store) {
			this.recorder = store.recorder();
			store.track();
		}

	}

	/**
	 * Paths that are tracked.
	 */
	@State(Scope.Benchmark)
	public static class Stored {

		@SuppressWarnings("NullAway.Init")
		private UrlStore store;

		/**
		 * Tracks them.
		 * @param store the application
		 */
		@Setup(Level.Invocation)
		public void fill(Store store) {
			this.store = store.application.store();
			store.track();
			store.recorder().flush();
		}

	}

}
