package io.github.cftracker.test;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import org.jspecify.annotations.Nullable;

/**
 * One request to the API. Path and query are raw, as the signature covers them.
 */
final class ApiRequest {

	private final String method;

	private final String path;

	private final SortedMap<String, String> rawQuery;

	private final Headers headers;

	private final byte[] body;

	ApiRequest(HttpExchange exchange) throws IOException {
		this.method = exchange.getRequestMethod();
		// The SDK signs two slashes, as around an empty id, but sends the second as %2F
		this.path = exchange.getRequestURI().getRawPath().replace("/%2F", "//");
		this.rawQuery = parse(exchange.getRequestURI().getRawQuery());
		this.headers = exchange.getRequestHeaders();
		this.body = exchange.getRequestBody().readAllBytes();
	}

	private static SortedMap<String, String> parse(@Nullable String query) {
		SortedMap<String, String> parsed = new TreeMap<>();
		for (String parameter : ((query != null) ? query : "").split("&", -1)) {
			int equals = parameter.indexOf('=');
			if (equals >= 0) {
				parsed.put(parameter.substring(0, equals), parameter.substring(equals + 1));
			}
			else if (!parameter.isEmpty()) {
				parsed.put(parameter, "");
			}
		}
		return Collections.unmodifiableSortedMap(parsed);
	}

	String method() {
		return this.method;
	}

	String path() {
		return this.path;
	}

	SortedMap<String, String> rawQuery() {
		return this.rawQuery;
	}

	@Nullable String parameter(String name) {
		String value = this.rawQuery.get(name);
		return (value != null) ? URLDecoder.decode(value, StandardCharsets.UTF_8) : null;
	}

	Headers headers() {
		return this.headers;
	}

	byte[] body() {
		return this.body;
	}

}
