package io.github.cftracker.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * The load balancer between the edge and the nodes. A request that loses its node goes to
 * another one. Some are repeated at the node without a tracker, for comparison.
 */
final class Forwarder implements AutoCloseable {

	static final String UNSERVED = "X-Chaos-Unserved";

	private static final int ATTEMPTS = 4;

	private static final int COMPARE_ONE_IN = 4;

	private static final Duration PATIENCE = Duration.ofSeconds(15);

	private final Queue<PageRequest> requests = new ConcurrentLinkedQueue<>();

	private final AtomicInteger inFlight = new AtomicInteger();

	private final AtomicInteger count = new AtomicInteger();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Cluster cluster;

	private final HttpClient http;

	private final HttpServer server;

	Forwarder(Cluster cluster, HttpClient http) {
		this.cluster = cluster;
		this.http = http;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	URI uri() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	int inFlight() {
		return this.inFlight.get();
	}

	List<PageRequest> requests() {
		return List.copyOf(this.requests);
	}

	private void handle(HttpExchange exchange) throws IOException {
		this.inFlight.incrementAndGet();
		String target = exchange.getRequestURI().toString();
		try (exchange) {
			forward(exchange, target);
		}
		finally {
			this.inFlight.decrementAndGet();
		}
		if (this.count.incrementAndGet() % COMPARE_ONE_IN == 0) {
			ask(this.cluster.control(), target);
		}
	}

	private void forward(HttpExchange exchange, String target) throws IOException {
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			Optional<HttpResponse<byte[]>> response = this.cluster.choose().flatMap((node) -> ask(node, target));
			if (response.isPresent()) {
				send(exchange, response.get());
				return;
			}
		}
		exchange.getResponseHeaders().set(UNSERVED, "true");
		// Not cached by the edge, unlike 503
		exchange.sendResponseHeaders(429, -1);
	}

	private Optional<HttpResponse<byte[]>> ask(Node node, String target) {
		boolean warm = node.isWarm();
		Instant from = Instant.now();
		try {
			HttpResponse<byte[]> response = this.http
				.send(HttpRequest.newBuilder(node.uri(target)).timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
			Duration slept = Duration.ofMillis(response.headers().firstValueAsLong(ChaosNode.SLEPT).orElse(0));
			this.requests
				.add(new PageRequest(node.id(), target, from, Instant.now(), response.statusCode(), slept, warm));
			return Optional.of(response);
		}
		catch (IOException ex) {
			this.requests.add(new PageRequest(node.id(), target, from, Instant.now(), 0, Duration.ZERO, warm));
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
	}

	private static void send(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
		for (String name : List.of("Cache-Control", ChaosNode.VERSION, ChaosNode.NODE)) {
			response.headers().firstValue(name).ifPresent((value) -> exchange.getResponseHeaders().set(name, value));
		}
		exchange.sendResponseHeaders(response.statusCode(), response.body().length);
		exchange.getResponseBody().write(response.body());
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
