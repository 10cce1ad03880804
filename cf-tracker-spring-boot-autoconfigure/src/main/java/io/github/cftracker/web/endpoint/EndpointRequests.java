package io.github.cftracker.web.endpoint;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.json.JsonWriter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.PathContainer.PathSegment;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The rules for requests that invalidate or untrack, alike for every web stack. Spring
 * Boot itself drops a body that it does not expect, and treats {@code null} like no body:
 * both would then invalidate everything.
 */
public final class EndpointRequests {

	/**
	 * Maximum size of a body in bytes.
	 */
	static final int MAX_BODY = 20_000_000;

	private static final MediaType OTHER_JSON = new MediaType("application", "*+json");

	private final Supplier<Map<String, String>> paths;

	private final SiteCheck sites;

	/**
	 * Create the rules.
	 * @param paths the path of the endpoint for each HTTP method that changes something,
	 * asked for at the first request; a missing one is not exposed
	 * @param sites decides about requests of other sites
	 */
	public EndpointRequests(Supplier<Map<String, String>> paths, SiteCheck sites) {
		this.paths = paths;
		this.sites = sites;
	}

	/**
	 * Return whether a request changes something at one of the endpoints.
	 * @param method the HTTP method
	 * @param path the raw path, with whatever the server has in front of the endpoint's
	 */
	boolean concern(String method, String path) {
		if (!HttpMethod.POST.matches(method) && !HttpMethod.DELETE.matches(method)) {
			return false;
		}
		String endpoint = this.paths.get().get(method);
		return endpoint != null && decoded(path).endsWith(endpoint);
	}

	/**
	 * A slash at the end is ignored, as Jersey does.
	 */
	private static String decoded(String path) {
		try {
			return PathContainer.parsePath(path)
				.elements()
				.stream()
				.filter(PathSegment.class::isInstance)
				.map((segment) -> "/" + ((PathSegment) segment).valueToMatch())
				.collect(Collectors.joining());
		}
		catch (IllegalArgumentException ex) {
			// A percent sign that encodes nothing: no endpoint has such a path
			return "";
		}
	}

	/**
	 * Check what is known of a request before its body is read.
	 * @throws RefusedRequestException if it comes from another site, or its body is
	 * another media type
	 */
	void check(HttpRequest request) {
		this.sites.check(request);
		if (hasBody(request)) {
			checkMediaType(request.getHeaders());
		}
	}

	/**
	 * Return whether a request has a body that is read.
	 */
	boolean hasBody(HttpRequest request) {
		return HttpMethod.POST.equals(request.getMethod());
	}

	private static void checkMediaType(HttpHeaders headers) {
		String given = headers.getFirst(HttpHeaders.CONTENT_TYPE);
		if (given == null) {
			return;
		}
		MediaType type = contentType(headers);
		if (type == null || !(MediaType.APPLICATION_JSON.includes(type) || OTHER_JSON.includes(type))) {
			throw unsupported("'%s' is not JSON"
				.formatted(LogText.clean((type != null) ? type.getType() + "/" + type.getSubtype() : given)));
		}
	}

	private static @Nullable MediaType contentType(HttpHeaders headers) {
		try {
			return headers.getContentType();
		}
		catch (InvalidMediaTypeException ex) {
			return null;
		}
	}

	private static RefusedRequestException unsupported(String problem) {
		return new RefusedRequestException(HttpStatus.UNSUPPORTED_MEDIA_TYPE,
				problem + ": use 'Content-Type: application/json', or no body and no content type");
	}

	/**
	 * Return the JSON that every web stack reads alike.
	 * @param request the request
	 * @param body what was sent
	 * @return a JSON object of texts, empty if there was no body
	 * @throws RefusedRequestException if the body is anything but a JSON object
	 */
	byte[] json(HttpRequest request, byte[] body) {
		HttpHeaders headers = request.getHeaders();
		if (body.length == 0) {
			return "{}".getBytes(StandardCharsets.UTF_8);
		}
		if (body.length > MAX_BODY) {
			throw tooLarge();
		}
		MediaType type = contentType(headers);
		if (type == null) {
			throw unsupported("The content type of the body is missing");
		}
		Charset charset = (type.getCharset() != null) ? type.getCharset() : StandardCharsets.UTF_8;
		Set<String> parameters = UriComponentsBuilder.fromUri(request.getURI()).build().getQueryParams().keySet();
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		JsonFields.read(new String(body, charset)).forEach((name, value) -> {
			if (parameters.contains(name)) {
				throw RefusedRequestException.badRequest(name,
						"'%s' is set in the query and in the body: use one of them".formatted(name));
			}
			fields.put(name, (value instanceof List<?> values) ? joined(name, values) : value);
		});
		return JsonWriter.<Map<String, @Nullable Object>>standard().write(fields).toByteArray();
	}

	private static String joined(String name, List<?> values) {
		for (Object value : values) {
			if (String.valueOf(value).isEmpty() || String.valueOf(value).chars().anyMatch(Character::isWhitespace)) {
				throw RefusedRequestException.badRequest(name,
						"'%s' contains '%s', which is empty or contains white space: percent-encode a space as '%%20'"
							.formatted(name, LogText.clean(String.valueOf(value))));
			}
		}
		return values.stream().map(String::valueOf).collect(Collectors.joining(" "));
	}

	static RefusedRequestException tooLarge() {
		return new RefusedRequestException(HttpStatus.CONTENT_TOO_LARGE,
				"The body is larger than %,d bytes: send several requests, or use a wildcard".formatted(MAX_BODY));
	}

}
