package io.github.cftracker.benchmarks.measure;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import io.github.cftracker.testing.TestRedis;

/**
 * Each command that a Redis server handles, as {@code MONITOR} reports it. Lettuce has no
 * such command.
 */
public final class RedisMonitor implements Closeable {

	private static final int TIMEOUT_MILLIS = 60_000;

	private final Socket socket;

	private final BufferedReader lines;

	/**
	 * Begin to watch a server.
	 * @param redis the server
	 * @throws IOException if it does not answer
	 */
	public RedisMonitor(TestRedis redis) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), redis.port());
		this.socket.setSoTimeout(TIMEOUT_MILLIS);
		this.lines = new BufferedReader(
				new InputStreamReader(this.socket.getInputStream(), StandardCharsets.ISO_8859_1), 1 << 16);
		this.socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
		next();
	}

	/**
	 * Wait for the next command.
	 * @return its line, such as
	 * {@code +1339518083.107412 [0 127.0.0.1:60866] "get" "key"}, with {@code lua} for
	 * the address if a script has called it
	 * @throws IOException if the server has closed the connection
	 */
	public String next() throws IOException {
		String line = this.lines.readLine();
		if (line == null) {
			throw new EOFException("Redis closed the connection");
		}
		return line;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
