package io.github.cftracker.testing;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/**
 * A server that speaks Redis' protocol and returns the answers of a test, for errors that
 * a real server returns only after hours, or in a cluster.
 */
public final class FakeRedis implements AutoCloseable {

	private final ServerSocket server;

	private final Queue<Socket> clients = new ConcurrentLinkedQueue<>();

	private volatile UnaryOperator<String> answers;

	/**
	 * Create a server.
	 * @param answers from the name of a command to the answer, in RESP 2
	 */
	public FakeRedis(UnaryOperator<String> answers) {
		this.answers = answers;
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		NewThread.EACH.execute(this::accept);
	}

	public void answer(UnaryOperator<String> answers) {
		this.answers = answers;
	}

	public int port() {
		return this.server.getLocalPort();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				this.clients.add(client);
				NewThread.EACH.execute(() -> serve(client));
			}
		}
		catch (IOException ex) {
			// Closed
		}
	}

	private void serve(Socket client) {
		try (client) {
			DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
			OutputStream out = client.getOutputStream();
			while (true) {
				String command = readCommand(in).get(0);
				out.write((this.answers.apply(command) + "\r\n").getBytes(StandardCharsets.UTF_8));
			}
		}
		catch (IOException ex) {
			// The client went
		}
	}

	private static List<String> readCommand(DataInputStream in) throws IOException {
		int words = Integer.parseInt(readLine(in).substring(1));
		List<String> command = new ArrayList<>();
		for (int i = 0; i < words; i++) {
			byte[] word = new byte[Integer.parseInt(readLine(in).substring(1))];
			in.readFully(word);
			readLine(in);
			command.add(new String(word, StandardCharsets.UTF_8));
		}
		return command;
	}

	private static String readLine(DataInputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int c = in.read(); c != '\n'; c = in.read()) {
			if (c == -1) {
				throw new EOFException();
			}
			line.append((char) c);
		}
		return line.toString().trim();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket client : this.clients) {
			client.close();
		}
	}

}
