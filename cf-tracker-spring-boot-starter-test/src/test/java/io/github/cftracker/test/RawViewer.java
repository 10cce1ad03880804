package io.github.cftracker.test;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A viewer that writes and reads bytes, one character each.
 */
final class RawViewer implements AutoCloseable {

	private final Socket socket;

	private final InputStream in;

	RawViewer(URI edge) throws IOException {
		this.socket = new Socket(edge.getHost(), edge.getPort());
		this.socket.setSoTimeout(10_000);
		this.in = new BufferedInputStream(this.socket.getInputStream());
	}

	RawViewer send(String bytes) throws IOException {
		this.socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
		return this;
	}

	RawViewer get(String target) throws IOException {
		return send("GET " + target + " HTTP/1.1\r\nHost: example.org\r\n\r\n");
	}

	/**
	 * Status line and headers.
	 */
	String head() throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = this.in.read();
			if (next < 0) {
				throw new IOException("The connection ended after: " + head);
			}
			head.append((char) next);
		}
		return head.toString();
	}

	/**
	 * One response, as long as its Content-Length says.
	 */
	String response() throws IOException {
		String head = head();
		int length = Integer.parseInt(head.replaceAll("(?s).*\r\nContent-Length: (\\d+)\r\n.*", "$1"));
		return head + new String(this.in.readNBytes(length), StandardCharsets.ISO_8859_1);
	}

	String untilEnd() throws IOException {
		return new String(this.in.readAllBytes(), StandardCharsets.ISO_8859_1);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
