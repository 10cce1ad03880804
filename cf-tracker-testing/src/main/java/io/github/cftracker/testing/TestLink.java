package io.github.cftracker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A connection between two processes that can be cut, or led to another server.
 */
public final class TestLink implements AutoCloseable {

	private final Collection<Socket> sockets = new ConcurrentLinkedQueue<>();

	private final AtomicInteger connections = new AtomicInteger();

	private final ServerSocket server;

	private volatile int target;

	private TestLink(int target) throws IOException {
		this.target = target;
		this.server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
	}

	public static TestLink to(TestRedis redis) {
		try {
			TestLink link = new TestLink(redis.port());
			start(link::accept);
			return link;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int port() {
		return this.server.getLocalPort();
	}

	public String url() {
		return "redis://127.0.0.1:" + port();
	}

	public int connections() {
		return this.connections.get();
	}

	/**
	 * End all connections, and lead new ones nowhere.
	 */
	public void cut() {
		this.target = 0;
		disconnect();
	}

	/**
	 * End all connections, and lead new ones to another server.
	 */
	public void lead(TestRedis redis) {
		leadNewOnes(redis);
		disconnect();
	}

	/**
	 * Lead new connections to another server, while the old ones stay.
	 */
	public void leadNewOnes(TestRedis redis) {
		this.target = redis.port();
	}

	private void disconnect() {
		this.sockets.forEach(TestLink::close);
		this.sockets.clear();
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				connect(this.server.accept());
			}
			catch (IOException ex) {
				// Closed
			}
		}
	}

	private void connect(Socket client) {
		this.connections.incrementAndGet();
		this.sockets.add(client);
		try {
			Socket upstream = new Socket(InetAddress.getLoopbackAddress(), this.target);
			this.sockets.add(upstream);
			start(() -> copy(client, upstream));
			start(() -> copy(upstream, client));
		}
		catch (IOException ex) {
			// Cut
			close(client);
		}
	}

	private static void copy(Socket from, Socket to) {
		try {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// Cut
		}
		finally {
			close(from);
			close(to);
		}
	}

	private static void start(Runnable work) {
		Thread thread = new Thread(work, "test-link");
		thread.setDaemon(true);
		thread.start();
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.server.close();
			disconnect();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
