package io.github.cftracker.test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Asks the origin whether an expired object is still current.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9111#section-4.3">RFC 9111, 4.3</a>
 */
final class Revalidation {

	/**
	 * Conditional request headers, by the validator they send back.
	 */
	private static final Map<String, String> CONDITIONS = Map.of("ETag", "If-None-Match", "Last-Modified",
			"If-Modified-Since");

	/**
	 * They belong to the body, which a 304 does not have.
	 */
	private static final Set<String> OF_BODY = Set.of("content-encoding", "content-length", "content-range");

	private Revalidation() {
	}

	static boolean isPossible(String method, OriginResponse response) {
		return EdgeHandler.isCacheable(method) && response.status() < 300
				&& CONDITIONS.keySet().stream().anyMatch((validator) -> response.header(validator) != null);
	}

	/**
	 * Return the request headers that make the origin answer 304 if the response is still
	 * current.
	 */
	static Map<String, String> conditions(OriginResponse stored) {
		Map<String, String> headers = new LinkedHashMap<>();
		CONDITIONS.forEach((validator, condition) -> {
			String value = stored.header(validator);
			if (value != null) {
				headers.put(condition, value);
			}
		});
		return headers;
	}

	/**
	 * Return the stored response with the headers that the 304 updates (RFC 9111, 4.3.4).
	 */
	static OriginResponse renew(OriginResponse stored, OriginResponse notModified) {
		OriginResponse renewed = new OriginResponse(stored.status(), stored.headers(), stored.body());
		notModified.headers().forEach((name, values) -> {
			if (!OF_BODY.contains(name.toLowerCase(Locale.ROOT))) {
				renewed.headers().put(name, List.copyOf(values));
			}
		});
		return renewed;
	}

}
