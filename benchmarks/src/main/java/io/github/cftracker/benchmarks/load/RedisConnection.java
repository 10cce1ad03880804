package io.github.cftracker.benchmarks.load;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A connection to Redis for the few commands that measuring takes.
 */
final class RedisConnection implements Closeable {

	private final Socket socket;

	private final BufferedReader reader;

	RedisConnection(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.reader = new BufferedReader(
				new InputStreamReader(this.socket.getInputStream(), StandardCharsets.ISO_8859_1), 1 << 16);
	}

	/**
	 * Sends a command, of words without quotes.
	 */
	void send(String command) throws IOException {
		this.socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
	}

	String readLine() throws IOException {
		String line = this.reader.readLine();
		if (line == null || line.startsWith("-")) {
			throw new IOException("Redis returned the error '%s'".formatted(line));
		}
		return line;
	}

	long number(String command) throws IOException {
		send(command);
		return Long.parseLong(readLine().substring(1));
	}

	String text(String command) throws IOException {
		send(command);
		char[] text = new char[Integer.parseInt(readLine().substring(1)) + 2];
		int length = 0;
		while (length < text.length) {
			int read = this.reader.read(text, length, text.length - length);
			if (read == -1) {
				throw new IOException("Redis closed the connection while answering '%s'".formatted(command));
			}
			length += read;
		}
		return new String(text, 0, length - 2);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
