package io.github.cftracker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A name whose address changes: it forwards connections to a server that can be replaced
 * by another, and leaves open those that there are.
 */
public final class Forwarder implements AutoCloseable {

	private final ServerSocket server;

	private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

	private final AtomicInteger connections = new AtomicInteger();

	private volatile int target;

	public Forwarder(int target) {
		this.target = target;
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	public int port() {
		return this.server.getLocalPort();
	}

	public void pointTo(int port) {
		this.target = port;
	}

	public int connections() {
		return this.connections.get();
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.server.accept();
			this.connections.incrementAndGet();
			Socket upstream = new Socket(InetAddress.getLoopbackAddress(), this.target);
			this.sockets.add(client);
			this.sockets.add(upstream);
			start(() -> copy(client, upstream));
			start(() -> copy(upstream, client));
		}
	}

	private static void copy(Socket from, Socket to) throws IOException {
		try (from; to) {
			from.getInputStream().transferTo(to.getOutputStream());
		}
	}

	private static void start(Loop loop) {
		Thread thread = new Thread(() -> {
			try {
				loop.run();
			}
			catch (IOException ex) {
				// One of both ends is closed
			}
		}, "forwarder");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	private interface Loop {

		void run() throws IOException;

	}

}
