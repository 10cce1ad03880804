package io.github.cftracker.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import io.github.cftracker.benchmarks.measure.HttpConnection;
import io.github.cftracker.benchmarks.measure.Pause;
import org.HdrHistogram.Histogram;

/**
 * The load on one application. Each run goes on with the requests where the last one
 * ended.
 */
final class Load {

	/**
	 * Enough to keep two processors busy, and few enough that requests do not queue for
	 * long.
	 */
	static final int CLOSED_LOOP_CONNECTIONS = 8;

	/**
	 * So many requests may be late at once before one is sent later than it was due.
	 */
	static final int OPEN_LOOP_CONNECTIONS = 32;

	private static final Duration CONNECTING = Duration.ofMillis(50);

	private static final int DIGITS = 3;

	private final AtomicLong next = new AtomicLong();

	private final int port;

	private final Requests requests;

	Load(int port, Requests requests) {
		this.port = port;
		this.requests = requests;
	}

	/**
	 * As many requests as it can answer.
	 */
	LoadResult atFullSpeed(Duration time) throws InterruptedException, ExecutionException {
		return run(CLOSED_LOOP_CONNECTIONS, Pace.FULL_SPEED, time);
	}

	/**
	 * So many requests a second.
	 */
	LoadResult atRate(double perSecond, Duration time) throws InterruptedException, ExecutionException {
		return run(OPEN_LOOP_CONNECTIONS, Pace.perSecond(perSecond), time);
	}

	private LoadResult run(int connections, Pace pace, Duration time) throws InterruptedException, ExecutionException {
		Run run = new Run(pace, System.nanoTime() + CONNECTING.toNanos(), time);
		ExecutorService threads = Executors.newFixedThreadPool(connections);
		try {
			Histogram latencies = new Histogram(DIGITS);
			Callable<Histogram> work = run::work;
			for (Future<Histogram> part : threads.invokeAll(Collections.nCopies(connections, work))) {
				latencies.add(part.get());
			}
			return new LoadResult(latencies, Duration.ofNanos(Math.max(System.nanoTime(), run.end) - run.start));
		}
		finally {
			threads.shutdownNow();
		}
	}

	private final class Run {

		private final long first = Load.this.next.get();

		private final Pace pace;

		private final long start;

		private final long end;

		Run(Pace pace, long start, Duration time) {
			this.pace = pace;
			this.start = start;
			this.end = start + time.toNanos();
		}

		private Histogram work() throws IOException {
			Histogram latencies = new Histogram(DIGITS);
			try (HttpConnection connection = new HttpConnection(Load.this.port)) {
				Pause.until(this.start);
				while (true) {
					long number = Load.this.next.getAndIncrement();
					long due = this.pace.due(this.start, number - this.first);
					if (due - this.end >= 0) {
						return latencies;
					}
					Pause.until(due);
					connection.exchange(Load.this.requests.get(number));
					latencies.recordValue(System.nanoTime() - due);
				}
			}
		}

	}

}
