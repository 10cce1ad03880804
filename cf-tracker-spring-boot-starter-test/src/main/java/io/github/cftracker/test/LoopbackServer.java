package io.github.cftracker.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server on 127.0.0.1 with its own daemon threads. The handler closes an exchange
 * when it is answered: one that it leaves open hangs until the server is closed, and uses
 * no thread.
 */
final class LoopbackServer implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(LoopbackServer.class);

	private static final String HOST = "127.0.0.1";

	private static final int MAX_THREADS = 64;

	static final int BACKLOG = 1_024;

	private static final String NO_DELAY = "sun.net.httpserver.nodelay";

	static {
		// Headers and body are two packets: with Nagle's algorithm an answer takes 40 ms.
		// Read once, when the first class of the server loads.
		if (System.getProperty(NO_DELAY) == null) {
			System.setProperty(NO_DELAY, "true");
		}
	}

	private final HttpServer server;

	private final ExecutorService executor;

	private LoopbackServer(HttpServer server, ExecutorService executor) {
		this.server = server;
		this.executor = executor;
	}

	static LoopbackServer start(String name, int port, HttpHandler handler) {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(address(), port), BACKLOG);
			ExecutorService executor = executor(name);
			server.setExecutor(executor);
			server.createContext("/", (exchange) -> handle(handler, exchange));
			server.start();
			return new LoopbackServer(server, executor);
		}
		catch (IOException ex) {
			throw cannotListen(port, name, ex);
		}
	}

	static InetAddress address() throws IOException {
		return InetAddress.getByAddress(HOST, new byte[] { 127, 0, 0, 1 });
	}

	static URI uri(int port) {
		return URI.create("http://" + HOST + ":" + port);
	}

	static UncheckedIOException cannotListen(int port, String name, IOException cause) {
		return new UncheckedIOException(
				("Could not listen on '%s:%d' for the %s: %s. Stop the process that uses port %d, or set another port with "
						+ "'%sPort' of LocalCloudFront.builder(), or 0 for a free one")
					.formatted(HOST, port, name, cause.getMessage(), port, name),
				cause);
	}

	static ThreadFactory daemons(String name) {
		return (task) -> {
			Thread thread = new Thread(task, "local-cloudfront-" + name);
			thread.setDaemon(true);
			return thread;
		};
	}

	private static void handle(HttpHandler handler, HttpExchange exchange) throws IOException {
		try {
			handler.handle(exchange);
		}
		catch (RuntimeException ex) {
			// The server would close the connection without a log line
			logger.error("Could not answer {} {}", exchange.getRequestMethod(), exchange.getRequestURI(), ex);
			exchange.close();
		}
	}

	private static ExecutorService executor(String name) {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(MAX_THREADS, MAX_THREADS, 10, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), daemons(name));
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	URI uri() {
		return uri(this.server.getAddress().getPort());
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

}
