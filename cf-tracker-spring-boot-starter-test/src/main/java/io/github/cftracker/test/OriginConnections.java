package io.github.cftracker.test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import org.jspecify.annotations.Nullable;

/**
 * The connections to the origin. An idle one is used again for what may be sent twice:
 * the origin may be closing it at this moment.
 */
final class OriginConnections implements AutoCloseable {

	private static final int MAX_IDLE = 64;

	private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

	private final Set<OriginConnection> open = ConcurrentHashMap.newKeySet();

	private final Deque<OriginConnection> idle = new ConcurrentLinkedDeque<>();

	private final Duration timeout;

	/**
	 * A timer of the JDK would keep the context class loader of its first user.
	 */
	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
			LoopbackServer.daemons("timer"));

	private volatile boolean closed;

	OriginConnections(Duration timeout) {
		this.timeout = timeout;
		this.timer.setRemoveOnCancelPolicy(true);
	}

	OriginResponse exchange(OriginAddress address, ViewerRequest request) throws IOException {
		OriginConnection idle = idle(address);
		if (idle != null && EdgeHandler.isCacheable(request.method())) {
			try {
				return exchange(idle, request);
			}
			catch (SocketTimeoutException ex) {
				throw ex;
			}
			catch (IOException ex) {
				if (idle.isAnswering() || this.closed) {
					throw ex;
				}
			}
		}
		else if (idle != null) {
			// An origin with one thread would wait on it and not see the new one
			discard(idle);
		}
		return exchange(open(address), request);
	}

	private OriginResponse exchange(OriginConnection connection, ViewerRequest request) throws IOException {
		boolean kept = false;
		try {
			OriginResponse response = connection.exchange(request);
			kept = connection.isReusable() && this.idle.size() < MAX_IDLE;
			if (kept) {
				this.idle.push(connection);
			}
			return response;
		}
		finally {
			if (!kept) {
				discard(connection);
			}
		}
	}

	private @Nullable OriginConnection idle(OriginAddress address) {
		OriginConnection connection = this.idle.poll();
		while (connection != null && !connection.address().equals(address)) {
			discard(connection);
			connection = this.idle.poll();
		}
		return connection;
	}

	private OriginConnection open(OriginAddress address) throws IOException {
		Socket socket = new Socket();
		try {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout((int) this.timeout.toMillis());
			socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_TIMEOUT_MILLIS);
			Socket stream = address.secure() ? encrypted(socket, address) : socket;
			OriginConnection connection = new OriginConnection(address, this.timeout, socket, stream, this.timer);
			this.open.add(connection);
			if (this.closed) {
				discard(connection);
			}
			return connection;
		}
		catch (IOException | RuntimeException ex) {
			socket.close();
			throw ex;
		}
	}

	private static Socket encrypted(Socket socket, OriginAddress address) throws IOException {
		SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
		SSLSocket encrypted = (SSLSocket) factory.createSocket(socket, address.host(), address.port(), true);
		SSLParameters parameters = encrypted.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		encrypted.setSSLParameters(parameters);
		encrypted.startHandshake();
		return encrypted;
	}

	private void discard(OriginConnection connection) {
		this.open.remove(connection);
		connection.close();
	}

	@Override
	public void close() {
		this.closed = true;
		this.open.forEach(this::discard);
		this.timer.shutdownNow();
	}

}
