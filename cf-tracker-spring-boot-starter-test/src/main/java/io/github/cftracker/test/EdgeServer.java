package io.github.cftracker.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front of the edge: an HTTP/1.1 server on 127.0.0.1 with a daemon thread for each
 * connection. The JDK's own server changes header names and refuses request targets that
 * CloudFront passes on.
 * <p>
 * Beyond the limit a connection waits until another ends, and connections no longer
 * outlive their request.
 */
final class EdgeServer implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EdgeServer.class);

	static final int MAX_CONNECTIONS = 512;

	static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

	private static final String NAME = "edge";

	private final Set<ViewerConnection> connections = ConcurrentHashMap.newKeySet();

	private final ExecutorService executor = Executors.newCachedThreadPool(LoopbackServer.daemons(NAME));

	private final ServerSocket server;

	private final EdgeHandler handler;

	private final Duration idleTimeout;

	private final Semaphore free;

	private EdgeServer(ServerSocket server, EdgeHandler handler, Duration idleTimeout, int maxConnections) {
		this.server = server;
		this.handler = handler;
		this.idleTimeout = idleTimeout;
		this.free = new Semaphore(maxConnections);
	}

	static EdgeServer start(int port, EdgeHandler handler) {
		return start(port, handler, IDLE_TIMEOUT, MAX_CONNECTIONS);
	}

	static EdgeServer start(int port, EdgeHandler handler, Duration idleTimeout, int maxConnections) {
		try {
			ServerSocket socket = new ServerSocket(port, LoopbackServer.BACKLOG, LoopbackServer.address());
			EdgeServer server = new EdgeServer(socket, handler, idleTimeout, maxConnections);
			server.executor.execute(server::acceptAll);
			return server;
		}
		catch (IOException ex) {
			throw LoopbackServer.cannotListen(port, NAME, ex);
		}
	}

	private void acceptAll() {
		try {
			while (!this.server.isClosed()) {
				this.free.acquire();
				accept();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void accept() throws InterruptedException {
		try {
			Socket socket = this.server.accept();
			ViewerConnection connection = new ViewerConnection(socket, this.handler, this.idleTimeout,
					() -> this.free.availablePermits() > 0);
			this.connections.add(connection);
			if (this.server.isClosed()) {
				// Came in after close() had gone through the connections
				connection.close();
			}
			this.executor.execute(() -> serve(connection));
		}
		catch (IOException | RejectedExecutionException ex) {
			this.free.release();
			if (!this.server.isClosed()) {
				logger.warn("Could not accept a connection", ex);
				// Out of file descriptors, the next attempt would fail as well
				TimeUnit.MILLISECONDS.sleep(100);
			}
		}
	}

	private void serve(ViewerConnection connection) {
		try {
			connection.run();
		}
		finally {
			this.connections.remove(connection);
			this.free.release();
		}
	}

	URI uri() {
		return LoopbackServer.uri(this.server.getLocalPort());
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (ViewerConnection connection : this.connections) {
				connection.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.executor.shutdownNow();
		}
	}

}
