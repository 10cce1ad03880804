package io.github.cftracker.test;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import org.jspecify.annotations.Nullable;

/**
 * The edge: answers from the cache, or else asks the origin and keeps what may be kept.
 * <p>
 * Between the question and the answer of the origin nothing is locked, so an answer that
 * was under way when an invalidation came is cached after it. CloudFront promises nothing
 * better.
 */
final class EdgeHandler implements HttpHandler {

	private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE");

	private final Origin origin;

	private final EdgeCache cache;

	private final TimeToLive timeToLive;

	private final Clock clock;

	EdgeHandler(Origin origin, EdgeCache cache, TimeToLive timeToLive, Clock clock) {
		this.origin = origin;
		this.cache = cache;
		this.timeToLive = timeToLive;
		this.clock = clock;
	}

	static boolean isCacheable(String method) {
		return method.equals("GET") || method.equals("HEAD");
	}

	@Override
	public void handle(HttpExchange exchange) throws IOException {
		String method = exchange.getRequestMethod();
		String target = target(exchange);
		EdgeCache.CachedObject cached = isCacheable(method) ? this.cache.find(target, method) : null;
		if (cached != null) {
			send(exchange, cached.response(), Duration.between(cached.storedAt(), this.clock.instant()));
		}
		else if (METHODS.contains(method)) {
			send(exchange, fetch(exchange, method, target), null);
		}
		else {
			send(exchange, new OriginResponse(403, Map.of(), new byte[0]), null);
		}
	}

	private OriginResponse fetch(HttpExchange exchange, String method, String target) throws IOException {
		try {
			OriginResponse response = this.origin.fetch(exchange, target);
			if (isCacheable(method)) {
				Duration ttl = this.timeToLive.of(response);
				if (!ttl.isZero()) {
					this.cache.put(target, method, response, ttl);
				}
			}
			return response;
		}
		catch (Origin.UnavailableException ex) {
			return ex.response();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Closed while the origin was asked", ex);
		}
	}

	/**
	 * The request target byte for byte, except for a "?" with nothing behind it, which
	 * would not reach the origin. A path that begins with two slashes parses as an
	 * authority, so the parts of the URI cannot be relied on.
	 */
	private static String target(HttpExchange exchange) {
		URI uri = exchange.getRequestURI();
		String target = uri.toString();
		if (!target.startsWith("/")) {
			target = target.substring(target.indexOf(uri.getRawPath(), target.indexOf("//") + 2));
		}
		return (target.indexOf('?') == target.length() - 1) ? target.substring(0, target.length() - 1) : target;
	}

	private static void send(HttpExchange exchange, OriginResponse response, @Nullable Duration age)
			throws IOException {
		Headers headers = exchange.getResponseHeaders();
		response.headers().forEach((name, values) -> values.forEach((value) -> headers.add(name, value)));
		headers.add("Via", "1.1 " + ForwardedHeaders.via());
		headers.set("X-Amz-Cf-Id", ForwardedHeaders.requestId());
		headers.set("X-Cache", cacheState(response.status(), age != null) + " from cloudfront");
		if (age != null) {
			headers.set("Age", String.valueOf(age.toSeconds()));
		}
		byte[] body = response.body();
		if (exchange.getRequestMethod().equals("HEAD")) {
			if (body.length > 0) {
				headers.set("Content-Length", String.valueOf(body.length));
			}
			exchange.sendResponseHeaders(response.status(), -1);
			return;
		}
		// A length of 0 would mean chunked
		exchange.sendResponseHeaders(response.status(), (body.length > 0) ? body.length : -1);
		if (body.length > 0) {
			exchange.getResponseBody().write(body);
		}
	}

	private static String cacheState(int status, boolean hit) {
		if (status >= 400) {
			return "Error";
		}
		return hit ? "Hit" : "Miss";
	}

}
