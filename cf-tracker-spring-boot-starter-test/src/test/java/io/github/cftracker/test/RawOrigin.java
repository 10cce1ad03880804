package io.github.cftracker.test;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An origin that remembers the bytes it was sent and answers given bytes, one character
 * each. An answer that begins with "close" ends the connection, with "hang" it stays
 * silent.
 */
final class RawOrigin implements AutoCloseable {

	static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

	private final ServerSocket server = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final List<String> asked = new CopyOnWriteArrayList<>();

	private final AtomicInteger next = new AtomicInteger();

	private final List<String> answers;

	/**
	 * The last answer is given again and again.
	 */
	RawOrigin(String... answers) throws IOException {
		this.answers = List.of(answers);
		this.executor.execute(() -> {
			try {
				while (true) {
					Socket socket = this.server.accept();
					this.sockets.add(socket);
					this.executor.execute(() -> serve(socket));
				}
			}
			catch (IOException ex) {
				// Closed
			}
		});
	}

	URI uri() {
		return URI.create("http://127.0.0.1:" + this.server.getLocalPort());
	}

	/**
	 * Heads and bodies.
	 */
	List<String> asked() {
		return List.copyOf(this.asked);
	}

	List<String> requestLines() {
		return this.asked.stream().map((request) -> request.substring(0, request.indexOf('\r'))).toList();
	}

	int connections() {
		return this.sockets.size();
	}

	private void serve(Socket socket) {
		try (socket) {
			InputStream in = new BufferedInputStream(socket.getInputStream());
			for (String request = read(in); request != null; request = read(in)) {
				this.asked.add(request);
				String answer = this.answers.get(Math.min(this.next.getAndIncrement(), this.answers.size() - 1));
				if (answer.equals("hang")) {
					continue;
				}
				boolean closes = answer.startsWith("close");
				socket.getOutputStream()
					.write((closes ? answer.substring(5) : answer).getBytes(StandardCharsets.ISO_8859_1));
				if (closes) {
					return;
				}
			}
		}
		catch (IOException ex) {
			// The edge has gone
		}
	}

	private static String read(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			if (next < 0) {
				return null;
			}
			head.append((char) next);
		}
		String length = head.toString().replaceAll("(?s).*\r\nContent-Length: (\\d+)\r\n.*", "$1");
		int bytes = (length.length() < head.length()) ? Integer.parseInt(length) : 0;
		return head + new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
		this.executor.shutdownNow();
	}

}
