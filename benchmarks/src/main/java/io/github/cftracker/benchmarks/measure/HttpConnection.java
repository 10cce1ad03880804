package io.github.cftracker.benchmarks.measure;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
public final class HttpConnection implements Closeable {

	private static final int TIMEOUT = 30_000;

	private static final String OK = "HTTP/1.1 200";

	private static final String CONTENT_LENGTH = "content-length:";

	private static final String CHUNKED = "transfer-encoding: chunked";

	private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private static final int CHUNKS = Integer.MAX_VALUE;

	private final Socket socket = new Socket();

	private final byte[] buffer = new byte[16 * 1024];

	/**
	 * Connect to a server on this machine.
	 * @param port where it listens
	 * @throws IOException if it cannot connect
	 */
	public HttpConnection(int port) throws IOException {
		this.socket.setTcpNoDelay(true);
		this.socket.setSoTimeout(TIMEOUT);
		this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT);
	}

	/**
	 * Send a request and read its response to the end.
	 * @param request the whole request
	 * @throws IOException if that is no page, or a page of more than 16 KB
	 */
	public void exchange(byte[] request) throws IOException {
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
			if (expected == CHUNKS) {
				expected = endsWithLastChunk(length) ? length : CHUNKS;
			}
		}
	}

	private boolean endsWithLastChunk(int length) {
		return Arrays.equals(this.buffer, length - LAST_CHUNK.length, length, LAST_CHUNK, 0, LAST_CHUNK.length);
	}

	/**
	 * The length of the whole response, or -1 as long as its header is not complete.
	 */
	private int expectedLength(int length) throws IOException {
		for (int i = 3; i < length; i++) {
			if (this.buffer[i] == '\n' && this.buffer[i - 2] == '\n') {
				int content = contentLength(new String(this.buffer, 0, i, StandardCharsets.ISO_8859_1));
				return (content != CHUNKS) ? i + 1 + content : CHUNKS;
			}
		}
		return -1;
	}

	private static int contentLength(String header) throws IOException {
		String lowerCase = header.toLowerCase(Locale.ROOT);
		if (header.startsWith(OK) && lowerCase.contains(CHUNKED)) {
			return CHUNKS;
		}
		int start = lowerCase.indexOf(CONTENT_LENGTH);
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
