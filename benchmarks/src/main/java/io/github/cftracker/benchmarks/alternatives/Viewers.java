package io.github.cftracker.benchmarks.alternatives;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.cftracker.benchmarks.PathSamples;
import io.github.cftracker.benchmarks.measure.HttpConnection;

/**
 * The viewers in front of an edge and the origin behind it. They send one request after
 * the other, so that the same requests lead to the same misses. Times follow from their
 * number.
 */
final class Viewers implements AutoCloseable {

	/**
	 * Requests per second.
	 */
	static final int RATE = 1000;

	private static final int MINUTE = 60 * RATE;

	private static final int WINDOW = RATE;

	private static final int ALLOWED_MISSES = WINDOW / 100;

	private final AtomicLong originRequests = new AtomicLong();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer origin;

	private final int[] order;

	/**
	 * Create viewers.
	 * @param patience the number of requests after which they no longer wait for the edge
	 */
	Viewers(int patience) throws IOException {
		this.order = PathSamples.zipf(Pages.COUNT, patience);
		this.origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.origin.setExecutor(this.threads);
		this.origin.createContext("/", this::answer);
		this.origin.start();
	}

	private void answer(HttpExchange exchange) throws IOException {
		this.originRequests.incrementAndGet();
		exchange.getResponseHeaders().set("Cache-Control", "public, max-age=86400");
		// Header and body would be two writes, of which the second waits for 40 ms
		exchange.sendResponseHeaders(200, -1);
		exchange.close();
	}

	URI originAddress() {
		return URI.create("http://127.0.0.1:" + this.origin.getAddress().getPort());
	}

	/**
	 * Request each page once.
	 */
	void fill(URI edge) throws IOException {
		try (HttpConnection connection = new HttpConnection(edge.getPort())) {
			for (int page = 0; page < Pages.COUNT; page++) {
				connection.exchange(request(page));
			}
		}
	}

	/**
	 * Send requests by Zipf's law until 99 % of a second are hits, and for a minute at
	 * least.
	 */
	Warming warm(URI edge) throws IOException {
		long before = this.originRequests.get();
		long inMinute = 0;
		int warmAfter = -1;
		boolean[] missed = new boolean[this.order.length];
		int misses = 0;
		try (HttpConnection connection = new HttpConnection(edge.getPort())) {
			for (int i = 0; i < this.order.length && (i < MINUTE || warmAfter < 0); i++) {
				long origin = this.originRequests.get();
				connection.exchange(request(this.order[i]));
				missed[i] = this.originRequests.get() > origin;
				misses += missed[i] ? 1 : 0;
				misses -= (i >= WINDOW && missed[i - WINDOW]) ? 1 : 0;
				if (warmAfter < 0 && i >= WINDOW - 1 && misses <= ALLOWED_MISSES) {
					warmAfter = i + 1 - WINDOW;
				}
				inMinute = (i < MINUTE) ? this.originRequests.get() - before : inMinute;
			}
		}
		return new Warming(inMinute, warmAfter / (double) RATE);
	}

	private static byte[] request(int page) {
		return "GET %s HTTP/1.1\r\nHost: www.example.org\r\n\r\n".formatted(Pages.path(page))
			.getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public void close() {
		this.origin.stop(0);
		this.threads.shutdownNow();
	}

	/**
	 * How the edge became warm again.
	 *
	 * @param originRequests requests that reached the origin in the first minute
	 * @param seconds time until 99 % of the requests of a second were hits, negative if
	 * that did not happen
	 */
	record Warming(long originRequests, double seconds) {

	}

}
