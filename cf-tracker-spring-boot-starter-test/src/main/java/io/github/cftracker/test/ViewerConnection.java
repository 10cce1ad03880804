package io.github.cftracker.test;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.function.BooleanSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of one viewer, answered in the order they came.
 */
final class ViewerConnection implements Runnable, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ViewerConnection.class);

	private static final Duration PARTING = Duration.ofSeconds(2);

	private static final int PARTING_SILENCE_MILLIS = 500;

	private final Socket socket;

	private final EdgeHandler handler;

	private final BooleanSupplier mayStay;

	private final Duration idleTimeout;

	ViewerConnection(Socket socket, EdgeHandler handler, Duration idleTimeout, BooleanSupplier mayStay) {
		this.socket = socket;
		this.handler = handler;
		this.idleTimeout = idleTimeout;
		this.mayStay = mayStay;
	}

	@Override
	public void run() {
		try (this.socket) {
			this.socket.setTcpNoDelay(true);
			this.socket.setSoTimeout((int) this.idleTimeout.toMillis());
			MessageInput in = new MessageInput(this.socket.getInputStream());
			OutputStream out = new BufferedOutputStream(this.socket.getOutputStream(), 16_384);
			ViewerRequestReader requests = new ViewerRequestReader(in, out,
					this.socket.getInetAddress().getHostAddress());
			boolean stays = true;
			while (stays) {
				stays = answerNext(requests, out);
			}
			part(in);
		}
		catch (IOException ex) {
			// The viewer has gone, was silent for too long, or the edge closes
			logger.debug("A viewer connection was closed", ex);
		}
	}

	private boolean answerNext(ViewerRequestReader requests, OutputStream out) throws IOException {
		try {
			ViewerRequest request = requests.next();
			return request != null && answer(request, out);
		}
		catch (BadMessageException ex) {
			ViewerResponse refusal = this.handler.refuse(ex.status(), ex.getMessage());
			refusal.header("Connection", "close");
			refusal.write(out, true);
			return false;
		}
	}

	private boolean answer(ViewerRequest request, OutputStream out) throws IOException {
		ViewerResponse response = response(request);
		boolean stays = request.keepsAlive() && this.mayStay.getAsBoolean();
		if (!stays) {
			response.header("Connection", "close");
		}
		else if (request.isHttp10()) {
			response.header("Connection", "keep-alive");
		}
		response.write(out, !request.isHead());
		return stays;
	}

	private ViewerResponse response(ViewerRequest request) {
		try {
			return this.handler.handle(request);
		}
		catch (RuntimeException ex) {
			logger.error("Could not answer {} {}", request.method(), request.target(), ex);
			return this.handler.refuse(500, "The edge failed: " + ex);
		}
	}

	/**
	 * Closed with something unread, a connection is reset, and the viewer may lose the
	 * answer it has not read yet (RFC 9112, 9.6).
	 */
	private void part(MessageInput in) throws IOException {
		this.socket.shutdownOutput();
		this.socket.setSoTimeout(PARTING_SILENCE_MILLIS);
		in.skipToEnd(PARTING);
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			logger.debug("Could not close a viewer connection", ex);
		}
	}

}
