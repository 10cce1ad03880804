package io.github.cftracker.test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What the origin answered, without the headers that concern one connection only.
 */
final class OriginResponse {

	private final int status;

	private final Map<String, List<String>> headers;

	private final byte[] body;

	OriginResponse(int status, Map<String, List<String>> headers, byte[] body) {
		this.status = status;
		this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		this.headers.putAll(headers);
		this.body = body;
	}

	static OriginResponse text(int status, String text) {
		return new OriginResponse(status, Map.of("Content-Type", List.of("text/plain;charset=UTF-8")),
				(text + "\n").getBytes(StandardCharsets.UTF_8));
	}

	int status() {
		return this.status;
	}

	Map<String, List<String>> headers() {
		return this.headers;
	}

	@Nullable String header(String name) {
		List<String> values = this.headers.get(name);
		return (values != null) ? String.join(",", values) : null;
	}

	byte[] body() {
		return this.body;
	}

}
