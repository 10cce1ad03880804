package io.github.cftracker.test;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a viewer asks. The target is path and query byte for byte, one character each.
 */
final class ViewerRequest {

	private final String method;

	private final String target;

	private final Map<String, List<String>> headers;

	private final byte[] body;

	private final String viewer;

	private final String version;

	ViewerRequest(String method, String target, String version, Map<String, List<String>> headers, byte[] body,
			String viewer) {
		this.method = method;
		this.target = target;
		this.version = version;
		this.headers = headers;
		this.body = body;
		this.viewer = viewer;
	}

	/**
	 * What the origin is asked. An answer that other viewers get as well must not depend
	 * on what belongs to one of them.
	 */
	ViewerRequest forward(String target, boolean shared, Map<String, String> custom) {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.putAll(shared ? ForwardedHeaders.ofAllViewers(this.headers) : this.headers);
		custom.keySet().forEach(headers::remove);
		custom.forEach((name, value) -> headers.put(name, List.of(value)));
		return new ViewerRequest(this.method, target, this.version, headers, this.body, this.viewer);
	}

	String method() {
		return this.method;
	}

	String target() {
		return this.target;
	}

	Map<String, List<String>> headers() {
		return this.headers;
	}

	byte[] body() {
		return this.body;
	}

	/**
	 * The IP address the request came from.
	 */
	String viewer() {
		return this.viewer;
	}

	boolean isHead() {
		return this.method.equals("HEAD");
	}

	boolean isHttp10() {
		return this.version.equals("HTTP/1.0");
	}

	boolean keepsAlive() {
		if (HeaderReader.lists(this.headers, "Connection", "close")) {
			return false;
		}
		return !isHttp10() || HeaderReader.lists(this.headers, "Connection", "keep-alive");
	}

}
