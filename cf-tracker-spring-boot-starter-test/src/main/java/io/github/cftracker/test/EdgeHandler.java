package io.github.cftracker.test;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The edge: answers from the cache, or else asks the origin and keeps what may be kept.
 * <p>
 * Between the question and the answer of the origin nothing is locked, so an answer that
 * was under way when an invalidation came is cached after it. CloudFront promises nothing
 * better.
 */
final class EdgeHandler {

	private static final String HIT = "Hit";

	private static final String MISS = "Miss";

	private static final String REFRESH_HIT = "RefreshHit";

	private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE");

	/**
	 * RFC 9110, 5.6.7: unlike the JDK's RFC 1123, two digits for the day.
	 */
	private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter
		.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
		.withZone(ZoneOffset.UTC);

	private final Supplier<Distribution> distribution;

	private final Origins origins;

	private final EdgeCache cache;

	private final BooleanSupplier lenientHeaders;

	private final Clock clock;

	EdgeHandler(Supplier<Distribution> distribution, Origins origins, EdgeCache cache, BooleanSupplier lenientHeaders,
			Clock clock) {
		this.distribution = distribution;
		this.origins = origins;
		this.cache = cache;
		this.lenientHeaders = lenientHeaders;
		this.clock = clock;
	}

	static boolean isCacheable(String method) {
		return method.equals("GET") || method.equals("HEAD");
	}

	ViewerResponse handle(ViewerRequest request) {
		try {
			return answer(request);
		}
		catch (EdgeFunction.FailedException ex) {
			return respond(ex.response(), MISS, null);
		}
	}

	private ViewerResponse answer(ViewerRequest request) {
		String method = request.method();
		Route route = this.distribution.get().route(request.target());
		StoredObject cached = route.caches(method) ? this.cache.find(route.cacheKey(), method) : null;
		if (cached != null && !cached.isExpired(this.clock.instant())) {
			return respond(cached.response(), HIT, Duration.between(cached.storedAt(), this.clock.instant()));
		}
		if (METHODS.contains(method)) {
			return fetch(route, request, cached);
		}
		return respond(new OriginResponse(403, Map.of(), new byte[0]), MISS, null);
	}

	/**
	 * Answers what is no request, or could not be handled.
	 */
	ViewerResponse refuse(int status, @Nullable String reason) {
		return respond(OriginResponse.text(status, String.valueOf(reason)), MISS, null);
	}

	private ViewerResponse fetch(Route route, ViewerRequest request, @Nullable StoredObject expired) {
		OriginResponse stored = (expired != null) ? expired.response() : null;
		OriginResponse response;
		try {
			response = ask(route, request, (stored != null) ? Revalidation.conditions(stored) : Map.of());
		}
		catch (Origins.UnavailableException ex) {
			return respond(ex.response(), MISS, null);
		}
		response.headers().putIfAbsent("Date", List.of(now()));
		if (expired == null || stored == null) {
			keep(route, request.method(), response);
			return respond(response, MISS, null);
		}
		boolean current = response.status() == 304;
		OriginResponse answer = current ? Revalidation.renew(stored, response) : response;
		// A HEAD renews the answer to a GET too, and that has a body
		boolean kept = keep(route, (current && !expired.isHead()) ? "GET" : request.method(), answer);
		if (!kept) {
			this.cache.drop(expired, request.method());
		}
		return respond(answer, current ? REFRESH_HIT : MISS, null);
	}

	private boolean keep(Route route, String method, OriginResponse response) {
		Duration ttl = route.caches(method) ? timeToLive(route, response) : Duration.ZERO;
		if (!ttl.isZero()) {
			this.cache.put(route.cacheKey(), method, response, ttl);
		}
		return !ttl.isZero();
	}

	private OriginResponse ask(Route route, ViewerRequest request, Map<String, String> conditions)
			throws Origins.UnavailableException {
		OriginGroup group = OriginGroup.appliesTo(request.method()) ? route.originGroup() : null;
		if (group == null) {
			return ask(route.primaryOrigin(), route, request, conditions);
		}
		try {
			OriginResponse response = ask(route.primaryOrigin(), route, request, conditions);
			if (!group.failoverStatuses().contains(response.status())) {
				return response;
			}
		}
		catch (Origins.UnavailableException ex) {
			// Fails over as well, and the log has it
		}
		return ask(route.origin(group.secondaryOriginId()), route, request, conditions);
	}

	private OriginResponse ask(DistributionOrigin origin, Route route, ViewerRequest request,
			Map<String, String> conditions) throws Origins.UnavailableException {
		Map<String, String> headers = new LinkedHashMap<>(route.originHeaders(origin));
		headers.putAll(conditions);
		return this.origins.fetch(origin,
				request.forward(route.originTarget(origin), route.caches(request.method()), headers));
	}

	private Duration timeToLive(Route route, OriginResponse response) {
		return new TimeToLive(route.behavior().ttl(), route.distribution().errorTtls(),
				this.lenientHeaders.getAsBoolean(), this.clock)
			.of(response);
	}

	private ViewerResponse respond(OriginResponse origin, String state, @Nullable Duration age) {
		ViewerResponse response = new ViewerResponse(origin.status(), origin.headers(), origin.body());
		Map<String, List<String>> headers = response.headers();
		headers.putIfAbsent("Date", List.of(now()));
		headers.merge("Via", List.of("1.1 " + ForwardedHeaders.via()),
				(before, own) -> Stream.concat(before.stream(), own.stream()).toList());
		response.header("X-Amz-Cf-Id", ForwardedHeaders.requestId());
		response.header("X-Cache", ((origin.status() >= 400) ? "Error" : state) + " from cloudfront");
		if (age != null) {
			response.header("Age", String.valueOf(age.toSeconds()));
		}
		return response;
	}

	private String now() {
		return HTTP_DATE.format(this.clock.instant());
	}

}
