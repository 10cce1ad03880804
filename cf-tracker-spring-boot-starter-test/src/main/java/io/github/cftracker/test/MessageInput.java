package io.github.cftracker.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What comes in on a connection, as lines and counted bytes. A character of a line is a
 * byte (ISO-8859-1), so that what is passed on is what came in.
 */
final class MessageInput {

	static final int MAX_BODY = Integer.MAX_VALUE - 8;

	private static final int MAX_CHUNK_LINE = 4_096;

	private final InputStream in;

	MessageInput(InputStream in) {
		this.in = new BufferedInputStream(in, 16_384);
	}

	/**
	 * The next line without its end, or {@code null} where the connection ended before
	 * it. RFC 9112, 2.2: a line may end with LF only, a CR elsewhere is an error.
	 */
	@Nullable String lineOrEnd(int limit, int statusBeyond) throws IOException {
		StringBuilder line = new StringBuilder(64);
		for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
			if (next < 0 && line.isEmpty()) {
				return null;
			}
			if (next < 0) {
				throw endedEarly();
			}
			if (next < '\t') {
				// Above all TLS, whose lines may never end
				throw new BadMessageException(400, "The message contains a control character");
			}
			if (line.length() > limit) {
				throw new BadMessageException(statusBeyond, "A line is longer than %,d bytes".formatted(limit));
			}
			line.append((char) next);
		}
		int last = line.length() - 1;
		if (last >= 0 && line.charAt(last) == '\r') {
			line.setLength(last);
		}
		if (line.indexOf("\r") >= 0) {
			throw new BadMessageException(400, "A line contains a carriage return");
		}
		return line.toString();
	}

	String line(int limit, int statusBeyond) throws IOException {
		String line = lineOrEnd(limit, statusBeyond);
		if (line == null) {
			throw endedEarly();
		}
		return line;
	}

	byte[] bytes(int length) throws IOException {
		byte[] bytes = this.in.readNBytes(length);
		if (bytes.length < length) {
			throw endedEarly();
		}
		return bytes;
	}

	byte[] chunks() throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		for (int size = chunkSize(); size > 0; size = chunkSize()) {
			if (size > MAX_BODY - body.size()) {
				throw new BadMessageException(413, "The chunks are too large in total");
			}
			body.writeBytes(bytes(size));
			if (!line(MAX_CHUNK_LINE, 400).isEmpty()) {
				throw new BadMessageException(400, "A chunk is longer than its size");
			}
		}
		HeaderReader.REQUEST.read(this);
		return body.toByteArray();
	}

	private int chunkSize() throws IOException {
		String size = line(MAX_CHUNK_LINE, 400).split(";", 2)[0].strip();
		if (!size.matches("[0-9a-fA-F]{1,15}")) {
			throw new BadMessageException(400, "Invalid chunk size '%s'".formatted(size));
		}
		return (int) Math.min(Long.parseLong(size, 16), Integer.MAX_VALUE);
	}

	byte[] untilEnd() throws IOException {
		return this.in.readAllBytes();
	}

	/**
	 * Whether something has come in that was not read yet.
	 */
	boolean hasMore() throws IOException {
		return this.in.available() > 0;
	}

	/**
	 * Reads and forgets until the end, a read timeout, or the limit.
	 */
	void skipToEnd(Duration limit) throws IOException {
		long start = System.nanoTime();
		byte[] skipped = new byte[16_384];
		int read = 0;
		while (read >= 0 && System.nanoTime() - start < limit.toNanos()) {
			read = this.in.read(skipped);
		}
	}

	private static BadMessageException endedEarly() {
		return new BadMessageException(400, "The connection was closed in the middle of a message");
	}

}
