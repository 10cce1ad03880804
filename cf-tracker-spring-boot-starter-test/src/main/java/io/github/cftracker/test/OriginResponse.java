package io.github.cftracker.test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
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

	/**
	 * The value of a Cache-Control directive, empty where it has none, or {@code null}
	 * where the directive is missing.
	 */
	@Nullable String cacheDirective(String name) {
		String cacheControl = header("Cache-Control");
		for (String directive : ((cacheControl != null) ? cacheControl : "").split(",", -1)) {
			String[] parts = directive.split("=", 2);
			if (parts[0].strip().toLowerCase(Locale.ROOT).equals(name)) {
				return (parts.length > 1) ? parts[1].strip().replace("\"", "") : "";
			}
		}
		return null;
	}

	byte[] body() {
		return this.body;
	}

}
