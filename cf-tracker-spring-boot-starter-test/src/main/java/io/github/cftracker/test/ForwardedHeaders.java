package io.github.cftracker.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Which headers pass the edge, and which it adds.
 */
final class ForwardedHeaders {

	private static final List<String> HOP_BY_HOP = List.of("Connection", "Keep-Alive", "Proxy-Authenticate",
			"Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade");

	private static final List<String> WRITTEN_BY_CLIENT = List.of("Content-Length", "Expect", "Host", "HTTP2-Settings");

	/**
	 * Not part of the cache key: forwarded, they would put one viewer's page into the
	 * cache for all.
	 */
	private static final List<String> PER_VIEWER = List.of("Accept-Encoding", "Authorization", "Cookie", "If-Match",
			"If-Modified-Since", "If-None-Match", "If-Range", "If-Unmodified-Since", "Range");

	private ForwardedHeaders() {
	}

	static Map<String, List<String>> ofAllViewers(Map<String, List<String>> headers) {
		Map<String, List<String>> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		kept.putAll(headers);
		PER_VIEWER.forEach(kept::remove);
		return kept;
	}

	static Map<String, List<String>> toOrigin(ViewerRequest request) {
		Map<String, List<String>> headers = endToEnd(request.headers());
		List<String> forwardedFor = new ArrayList<>(headers.getOrDefault("X-Forwarded-For", List.of()));
		forwardedFor.add(request.viewer());
		WRITTEN_BY_CLIENT.forEach(headers::remove);
		headers.put("User-Agent", List.of("Amazon CloudFront"));
		headers.put("Via", List.of("2.0 " + via()));
		headers.put("X-Amz-Cf-Id", List.of(requestId()));
		headers.put("X-Forwarded-For", List.of(String.join(", ", forwardedFor)));
		return headers;
	}

	static Map<String, List<String>> toViewer(Map<String, List<String>> origin, String method, int bodyLength) {
		Map<String, List<String>> headers = endToEnd(origin);
		if (!method.equals("HEAD")) {
			// For the HEAD that a cached GET answers: the origin may have sent chunks
			headers.put("Content-Length", List.of(String.valueOf(bodyLength)));
		}
		return headers;
	}

	static String via() {
		return UUID.randomUUID().toString().replace("-", "") + ".cloudfront.net (CloudFront)";
	}

	static String requestId() {
		return UUID.randomUUID().toString().replace("-", "") + "==";
	}

	private static Map<String, List<String>> endToEnd(Map<String, List<String>> headers) {
		Map<String, List<String>> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		kept.putAll(headers);
		for (String value : kept.getOrDefault("Connection", List.of())) {
			for (String name : value.split(",", -1)) {
				kept.remove(name.strip());
			}
		}
		HOP_BY_HOP.forEach(kept::remove);
		return kept;
	}

}
