package io.github.cftracker.benchmarks.micro;

import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.github.cftracker.benchmarks.PathSamples;
import io.github.cftracker.benchmarks.micro.ServedRequest.Target;
import io.github.cftracker.web.TrackingFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a request is held up for: the whole filter, around a page that takes no time,
 * beside the least that anybody can do who wants to remember the path.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RequestPathBenchmark {

	private static final int PATHS = 100_000;

	/**
	 * The floor: build the path, and put it into a map with its expiry, which is made up.
	 * @param paths the paths
	 * @param served the request
	 * @return what the map held
	 */
	@Benchmark
	public Object floor(Paths paths, Served served) {
		Request request = served.next(paths);
		String query = request.getQueryString();
		String path = (query != null) ? request.getRequestURI() + '?' + query : request.getRequestURI();
		return paths.map.put(path, served.expiry());
	}

	/**
	 * The path alone.
	 * @param paths the paths
	 * @param served the request
	 * @return the path
	 */
	@Benchmark
	public Object path(Paths paths, Served served) {
		Request request = served.next(paths);
		String query = request.getQueryString();
		return (query != null) ? request.getRequestURI() + '?' + query : request.getRequestURI();
	}

	/**
	 * All that the starter does during a request.
	 * @param paths the paths
	 * @param tracked the application
	 * @param served the request
	 * @throws IOException never
	 * @throws ServletException never
	 */
	@Benchmark
	public void filter(Paths paths, Tracked tracked, Served served) throws IOException, ServletException {
		tracked.filter.doFilter(served.next(paths), served.served.response(), Served.PAGE);
	}

	/**
	 * The paths, each of which waits in the map already.
	 */
	@State(Scope.Benchmark)
	public static class Paths {

		private final Target[] targets = new Target[PATHS];

		private final int[] drawn = PathSamples.zipf(PATHS, 1 << 20);

		private final ConcurrentHashMap<String, Long> map = new ConcurrentHashMap<>();

		/**
		 * Fills the map.
		 */
		@Setup
		public void fill() {
			for (int i = 0; i < PATHS; i++) {
				String path = PathSamples.path(i);
				this.targets[i] = new Target(path);
				this.map.put(path, (long) i);
			}
		}

		Target target(int draw) {
			return this.targets[this.drawn[draw & (this.drawn.length - 1)]];
		}

	}

	/**
	 * An application with the starter.
	 */
	@State(Scope.Benchmark)
	public static class Tracked {

		private final TrackedApplication application = new TrackedApplication();

		private final TrackingFilter filter = this.application.filter();

		/**
		 * Lets each path wait.
		 */
		@Setup
		public void fill() {
			for (int i = 0; i < PATHS; i++) {
				this.application.recorder().track(PathSamples.path(i));
			}
		}

		/**
		 * Stops it.
		 */
		@TearDown
		public void stop() {
			this.application.close();
		}

	}

	/**
	 * What a thread serves.
	 */
	@State(Scope.Thread)
	public static class Served {

		private static final FilterChain PAGE = (request, response) -> {
		};

		private final ServedRequest served = new ServedRequest();

		private int draw = (int) (Thread.currentThread().getId() * 7919);

		Long expiry() {
			return (long) this.draw;
		}

		Request next(Paths paths) {
			this.served.target(paths.target(this.draw++));
			return this.served.request();
		}

	}

}
