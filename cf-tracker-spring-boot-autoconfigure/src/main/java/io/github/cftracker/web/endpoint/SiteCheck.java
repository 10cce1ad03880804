package io.github.cftracker.web.endpoint;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.util.ForwardedHeaderUtils;

/**
 * Refuses what a page of another site makes an operator's browser send. Browsers mark
 * such requests, and no page can change these headers. Clients that are not browsers send
 * none of them.
 */
public final class SiteCheck {

	private static final String FETCH_SITE = "Sec-Fetch-Site";

	private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

	private final @Nullable CorsConfiguration cors;

	/**
	 * Create a check.
	 * @param cors the configuration of the endpoints, {@code null} if no other origin is
	 * allowed
	 */
	public SiteCheck(@Nullable CorsConfiguration cors) {
		this.cors = cors;
	}

	/**
	 * Check a request.
	 * @throws RefusedRequestException if it comes from another origin that is not allowed
	 */
	void check(HttpRequest request) {
		String site = request.getHeaders().getFirst(FETCH_SITE);
		String origin = request.getHeaders().getOrigin();
		boolean own = (site != null) ? OWN_SITE.contains(site) : origin == null || isOwn(origin, request);
		if (!own && !isAllowed(origin)) {
			throw new RefusedRequestException(HttpStatus.FORBIDDEN,
					"A page of another origin sent this request (%s). If this is intended, add the origin to 'management.endpoints.web.cors.allowed-origins'"
						.formatted((origin != null) ? "'Origin: %s'".formatted(LogText.clean(origin))
								: "'%s: %s'".formatted(FETCH_SITE, LogText.clean(site))));
		}
	}

	private boolean isAllowed(@Nullable String origin) {
		return origin != null && this.cors != null && this.cors.checkOrigin(origin) != null;
	}

	/**
	 * Behind a proxy, either of what it requests and what was requested from it counts. A
	 * page cannot set the headers that tell the latter without permission.
	 */
	private static boolean isOwn(String origin, HttpRequest request) {
		try {
			URI page = URI.create(origin);
			HttpHeaders headers = request.getHeaders();
			return isSame(page, request.getURI()) || isSame(page,
					ForwardedHeaderUtils.adaptFromForwardedHeaders(request.getURI(), headers).build().toUri());
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static boolean isSame(URI page, URI requested) {
		return page.getScheme() != null && page.getScheme().equalsIgnoreCase(requested.getScheme())
				&& page.getHost() != null && page.getHost().equalsIgnoreCase(requested.getHost())
				&& port(page) == port(requested);
	}

	private static int port(URI uri) {
		if (uri.getPort() != -1) {
			return uri.getPort();
		}
		return "https".equals(uri.getScheme().toLowerCase(Locale.ROOT)) ? 443 : 80;
	}

}
