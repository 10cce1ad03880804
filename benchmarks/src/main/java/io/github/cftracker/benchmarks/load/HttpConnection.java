package io.github.cftracker.benchmarks.load;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A connection that is kept alive, and costs as little as one can: what the client uses
 * of the processor the application does not have.
 * <p>
 * Libraries cost too much for that. Eight connections to a trivial server on the same two
 * processors made 42,500 requests/s at 20 µs of processor time with this class, 23,600 at
 * 32 µs with the minimal client of Apache HttpClient 5, 16,300 at 61 µs with its usual
 * one, and 5,400 at 276 µs with the JDK's client (medians of three rounds by turns).
 */
final class HttpConnection implements Closeable {

	private static final int TIMEOUT = 30_000;

	private static final String OK = "HTTP/1.1 200";

	private static final String CONTENT_LENGTH = "content-length:";

	private final Socket socket = new Socket();

	private final byte[] buffer = new byte[16 * 1024];

	HttpConnection(int port) throws IOException {
		this.socket.setTcpNoDelay(true);
		this.socket.setSoTimeout(TIMEOUT);
		this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT);
	}

	/**
	 * Sends a request and reads its response to the end.
	 * @throws IOException if that is no page
	 */
	void exchange(byte[] request) throws IOException {
		this.socket.getOutputStream().write(request);
		int length = 0;
		int expected = -1;
		while (expected == -1 || length < expected) {
			int read = this.socket.getInputStream().read(this.buffer, length, this.buffer.length - length);
			if (read <= 0) {
				throw new EOFException("The response ended after %d of %d bytes".formatted(length, expected));
			}
			length += read;
			expected = (expected == -1) ? expectedLength(length) : expected;
		}
	}

	/**
	 * The length of the whole response, or -1 as long as its header is not complete.
	 */
	private int expectedLength(int length) throws IOException {
		for (int i = 3; i < length; i++) {
			if (this.buffer[i] == '\n' && this.buffer[i - 2] == '\n') {
				return i + 1 + contentLength(new String(this.buffer, 0, i, StandardCharsets.ISO_8859_1));
			}
		}
		return -1;
	}

	private static int contentLength(String header) throws IOException {
		int start = header.toLowerCase(Locale.ROOT).indexOf(CONTENT_LENGTH);
		if (!header.startsWith(OK) || start == -1) {
			throw new IOException("Unexpected response: " + header);
		}
		start += CONTENT_LENGTH.length();
		return Integer.parseInt(header.substring(start, header.indexOf('\r', start)).strip());
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
