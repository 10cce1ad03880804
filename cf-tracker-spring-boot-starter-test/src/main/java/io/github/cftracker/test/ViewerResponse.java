package io.github.cftracker.test;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a viewer is answered, header names as they are given.
 */
final class ViewerResponse {

	private final int status;

	private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	private final byte[] body;

	ViewerResponse(int status, Map<String, List<String>> headers, byte[] body) {
		this.status = status;
		this.headers.putAll(headers);
		this.body = body;
	}

	Map<String, List<String>> headers() {
		return this.headers;
	}

	/**
	 * Replaces the header, its spelling included, which the map would keep.
	 */
	void header(String name, String value) {
		this.headers.remove(name);
		this.headers.put(name, List.of(value));
	}

	/**
	 * Writes the message. Without its body it still tells the length of it.
	 */
	void write(OutputStream out, boolean withBody) throws IOException {
		boolean allowsBody = Framing.allowsBody(this.status);
		List<String> ofOrigin = this.headers.remove("Content-Length");
		if (allowsBody && (withBody || this.body.length > 0)) {
			header("Content-Length", String.valueOf(this.body.length));
		}
		else if (allowsBody && ofOrigin != null) {
			header("Content-Length", ofOrigin.get(0));
		}
		StringBuilder head = new StringBuilder(512).append("HTTP/1.1 ")
			.append(this.status)
			.append(' ')
			.append(ReasonPhrase.of(this.status))
			.append("\r\n");
		this.headers.forEach((name, values) -> values
			.forEach((value) -> head.append(name).append(": ").append(value).append("\r\n")));
		out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
		if (allowsBody && withBody) {
			out.write(this.body);
		}
		out.flush();
	}

}
