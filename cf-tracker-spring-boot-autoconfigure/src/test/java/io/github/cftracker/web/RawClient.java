package io.github.cftracker.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * Sends a request target byte for byte, which no HTTP client does.
 */
final class RawClient {

	private RawClient() {
	}

	/**
	 * A response, as far as it came.
	 */
	record Response(int status, String text) {

		String body() {
			return this.text.substring(this.text.indexOf("\r\n\r\n") + 4);
		}

	}

	static Response send(int port, String method, String target, String... headers) throws IOException {
		StringBuilder request = new StringBuilder();
		request.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
		request.append("Host: localhost\r\nConnection: close\r\n");
		for (String header : headers) {
			request.append(header).append("\r\n");
		}
		request.append("\r\n");
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
			String text = read(socket.getInputStream());
			return new Response(Integer.parseInt(text.split(" ", 3)[1]), text);
		}
	}

	private static String read(InputStream stream) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			stream.transferTo(bytes);
		}
		catch (SocketException ex) {
			// A response that is cut off counts as far as it came
		}
		return bytes.toString(StandardCharsets.ISO_8859_1);
	}

}
