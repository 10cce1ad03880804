package io.github.cftracker.test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An origin that remembers what it was asked and answers a numbered page, or what a test
 * has programmed.
 */
final class TestOrigin implements AutoCloseable {

	private final HttpServer server;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final List<Asked> asked = new CopyOnWriteArrayList<>();

	private final Map<String, Answer> answers = new ConcurrentHashMap<>();

	TestOrigin() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		this.server.setExecutor(this.executor);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	URI uri() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	void answer(String target, int status, String... headers) {
		answer(target, (exchange) -> {
			for (int i = 0; i < headers.length; i += 2) {
				exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
			}
			return status;
		});
	}

	void answer(String target, Answer answer) {
		this.answers.put(target, answer);
	}

	List<Asked> asked() {
		return List.copyOf(this.asked);
	}

	List<String> targets() {
		return this.asked.stream().map(Asked::target).toList();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String target = exchange.getRequestURI().toString();
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			Headers headers = new Headers();
			headers.putAll(exchange.getRequestHeaders());
			this.asked.add(new Asked(exchange.getRequestMethod(), target, headers, body));
			byte[] page = "page %d".formatted(this.asked.size()).getBytes(StandardCharsets.UTF_8);
			int status = this.answers.getOrDefault(target, (ignored) -> 200).answer(exchange);
			boolean bodiless = exchange.getRequestMethod().equals("HEAD") || status == 204 || status == 304;
			if (exchange.getRequestMethod().equals("HEAD")) {
				exchange.getResponseHeaders().set("Content-Length", String.valueOf(page.length));
			}
			exchange.sendResponseHeaders(status, bodiless ? -1 : page.length);
			if (!bodiless) {
				exchange.getResponseBody().write(page);
			}
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	record Asked(String method, String target, Headers headers, String body) {

	}

	@FunctionalInterface
	interface Answer {

		int answer(HttpExchange exchange) throws IOException;

	}

}
