package io.github.cftracker.staleness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Sends a request target byte for byte, to the edge or to the application.
 */
final class Viewer {

	private Viewer() {
	}

	static Response send(int port, String method, String target) {
		String request = "%s %s HTTP/1.1\r\nHost: app.example.org\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
			.formatted(method, target);
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return new Response(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A response as it came.
	 */
	record Response(String text) {

		int status() {
			return Integer.parseInt(this.text.split(" ", 3)[1]);
		}

		@Nullable String header(String name) {
			return this.text.lines()
				.takeWhile((line) -> !line.isEmpty())
				.filter((line) -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
				.map((line) -> line.substring(name.length() + 1).strip())
				.findFirst()
				.orElse(null);
		}

	}

}
