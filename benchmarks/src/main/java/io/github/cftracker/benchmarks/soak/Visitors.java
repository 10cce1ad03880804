package io.github.cftracker.benchmarks.soak;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

import io.github.cftracker.benchmarks.PathSamples;
import io.github.cftracker.benchmarks.measure.Pause;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Ask for pages at a fixed rate: nine in ten by Zipf's law, and one of those that were
 * not asked for lately, over and over. A request that is late counts from when it was
 * due.
 */
final class Visitors implements AutoCloseable {

	private static final int AT_ONCE = 64;

	private static final Set<Integer> EXPECTED = Set.of(200, 404);

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(10))
		.build();

	private final int[] drawn;

	private final Random random = new Random(42);

	private final Semaphore free = new Semaphore(AT_ONCE);

	private final Recorder micros = new Recorder(3);

	private final AtomicLong failed = new AtomicLong();

	private final String origin;

	private final int known;

	private final int pages;

	private final long intervalNanos;

	private final Thread thread = new Thread(this::ask, "visitors");

	private volatile boolean leaving;

	private int draw;

	private int fresh;

	Visitors(String origin, int pages, int perSecond) {
		this.known = pages / 5 * 4;
		this.pages = pages;
		this.drawn = PathSamples.zipf(this.known, 1 << 18);
		this.origin = origin;
		this.intervalNanos = 1_000_000_000 / perSecond;
		this.thread.setDaemon(true);
	}

	/**
	 * Ask once for each page, as fast as they are answered.
	 */
	void askForEverything() {
		for (int number = 0; number < this.pages; number++) {
			request(PathSamples.path(number), System.nanoTime());
		}
		this.free.acquireUninterruptibly(AT_ONCE);
		this.free.release(AT_ONCE);
	}

	void start() {
		this.thread.start();
	}

	private void ask() {
		long due = System.nanoTime();
		while (!this.leaving) {
			due += this.intervalNanos;
			Pause.until(due);
			request(nextPath(), due);
		}
	}

	private String nextPath() {
		if (this.random.nextInt(10) == 0) {
			return PathSamples.path(this.known + this.fresh++ % (this.pages - this.known));
		}
		return PathSamples.path(this.drawn[this.draw++ % this.drawn.length]);
	}

	private void request(String path, long due) {
		this.free.acquireUninterruptibly();
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.origin + path))
			.timeout(Duration.ofSeconds(30))
			.header("X-Amz-Cf-Id", "benchmark")
			.build();
		CompletableFuture<?> unused = this.client.sendAsync(request, BodyHandlers.discarding())
			.whenComplete((response, failure) -> answered(response, due));
	}

	private void answered(@Nullable HttpResponse<Void> response, long due) {
		this.free.release();
		this.micros.recordValue((System.nanoTime() - due) / 1000);
		if (response == null || !EXPECTED.contains(response.statusCode())) {
			this.failed.incrementAndGet();
		}
	}

	/**
	 * How long requests took since the last time it was asked for, in microseconds.
	 */
	Histogram takeMicros() {
		return this.micros.getIntervalHistogram();
	}

	long failed() {
		return this.failed.get();
	}

	@Override
	public void close() {
		this.leaving = true;
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
