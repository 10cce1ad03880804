package io.github.cftracker.test;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application behind the edge. Its address is asked for at every request, so that it
 * may be known later, or change.
 */
final class Origin implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Origin.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final OriginConnections connections;

	private volatile @Nullable Supplier<URI> address;

	Origin() {
		this(TIMEOUT);
	}

	Origin(Duration timeout) {
		this.connections = new OriginConnections(timeout);
	}

	void address(@Nullable Supplier<URI> address) {
		this.address = address;
	}

	/**
	 * Forwards the request.
	 * @throws UnavailableException if there is no answer
	 */
	OriginResponse fetch(ViewerRequest request) throws UnavailableException {
		try {
			return this.connections.exchange(address(), request);
		}
		catch (IOException | RuntimeException ex) {
			if (!this.connections.isClosed()) {
				logger.warn("The origin did not answer {} {}: {}", request.method(), request.target(), ex.toString());
			}
			throw new UnavailableException((ex instanceof SocketTimeoutException) ? 504 : 502, ex);
		}
	}

	private OriginAddress address() {
		Supplier<URI> address = this.address;
		if (address == null) {
			throw new IllegalStateException("The edge has no origin. Set one with origin(URI).");
		}
		return OriginAddress.of(address.get());
	}

	@Override
	public void close() {
		this.connections.close();
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
