package io.github.cftracker.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Those who look at the pages, all the time and at random.
 */
final class Viewers implements AutoCloseable {

	static final int PAGES = 2000;

	private static final int VIEWERS = 32;

	private static final int REQUESTS_PER_SECOND = 250;

	/**
	 * Longer than the forwarder tries.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final AtomicInteger requested = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	private final AtomicInteger unserved = new AtomicInteger();

	private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(VIEWERS);

	private final HttpClient http;

	private final URI edge;

	Viewers(URI edge, HttpClient http) {
		this.edge = edge;
		this.http = http;
		long interval = TimeUnit.SECONDS.toNanos(VIEWERS) / REQUESTS_PER_SECOND;
		for (int i = 0; i < VIEWERS; i++) {
			Future<?> unused = this.threads.scheduleWithFixedDelay(this::look, i * interval / VIEWERS, interval,
					TimeUnit.NANOSECONDS);
		}
	}

	private void look() {
		String path = "/p/" + ThreadLocalRandom.current().nextInt(PAGES);
		this.requested.incrementAndGet();
		try {
			HttpResponse<Void> response = this.http.send(
					HttpRequest.newBuilder(this.edge.resolve(path)).timeout(PATIENCE).build(),
					BodyHandlers.discarding());
			if (response.headers().firstValue(Forwarder.UNSERVED).isPresent()) {
				this.unserved.incrementAndGet();
			}
			else if (response.statusCode() != 200) {
				this.failed.incrementAndGet();
			}
		}
		catch (IOException ex) {
			this.failed.incrementAndGet();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	int requested() {
		return this.requested.get();
	}

	/**
	 * Those that found no node to ask, which is nobody's fault but ours.
	 */
	int unserved() {
		return this.unserved.get();
	}

	int failed() {
		return this.failed.get();
	}

	boolean stop() {
		this.threads.shutdown();
		return Wait.until(PATIENCE, this.threads::isTerminated);
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
