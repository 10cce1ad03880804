package io.github.cftracker.test;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The applications behind the edge. Their addresses are asked for at every request, so
 * that they may be known later, or change.
 */
final class Origins implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Origins.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final Map<String, OriginConnections> connections = new ConcurrentHashMap<>();

	private final Duration timeout;

	private volatile boolean closed;

	Origins() {
		this(TIMEOUT);
	}

	Origins(Duration timeout) {
		this.timeout = timeout;
	}

	/**
	 * Forwards the request.
	 * @throws UnavailableException if there is no answer
	 */
	OriginResponse fetch(DistributionOrigin origin, ViewerRequest request) throws UnavailableException {
		try {
			return connections(origin.id()).exchange(origin.resolve(), request);
		}
		catch (IOException | RuntimeException ex) {
			if (!this.closed) {
				logger.warn("The origin '{}' did not answer {} {}: {}", origin.id(), request.method(), request.target(),
						ex.toString());
			}
			throw new UnavailableException((ex instanceof SocketTimeoutException) ? 504 : 502, ex);
		}
	}

	private OriginConnections connections(String id) {
		OriginConnections connections = this.connections.computeIfAbsent(id,
				(ignored) -> new OriginConnections(this.timeout));
		if (this.closed) {
			connections.close();
		}
		return connections;
	}

	@Override
	public void close() {
		this.closed = true;
		this.connections.values().forEach(OriginConnections::close);
	}

	/**
	 * The origin gave no answer: what the viewer gets instead.
	 */
	static final class UnavailableException extends Exception {

		private static final long serialVersionUID = 1L;

		private final int status;

		UnavailableException(int status, Throwable cause) {
			super(cause);
			this.status = status;
		}

		OriginResponse response() {
			return OriginResponse.text(this.status, "The origin could not be reached: " + getCause());
		}

	}

}
