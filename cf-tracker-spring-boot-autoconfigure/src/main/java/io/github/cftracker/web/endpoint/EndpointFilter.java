package io.github.cftracker.web.endpoint;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.MediaType;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Filter that applies {@link EndpointRequests} in front of Spring MVC and Jersey.
 */
public final class EndpointFilter extends OncePerRequestFilter {

	/**
	 * The order, after Spring Security at -100.
	 */
	public static final int ORDER = -90;

	private final EndpointRequests requests;

	/**
	 * Create a filter.
	 * @param requests the rules
	 */
	public EndpointFilter(EndpointRequests requests) {
		this.requests = requests;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !this.requests.concern(request.getMethod(), request.getRequestURI());
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpServletRequest checked;
		try {
			checked = check(request);
		}
		catch (RefusedRequestException ex) {
			response.setStatus(ex.status().value());
			response.setContentType(MediaType.APPLICATION_JSON_VALUE);
			response.getOutputStream().write(ex.json());
			return;
		}
		chain.doFilter(checked, response);
	}

	private HttpServletRequest check(HttpServletRequest request) throws IOException {
		ServletServerHttpRequest received = new ServletServerHttpRequest(request);
		this.requests.check(received);
		if (!this.requests.hasBody(received)) {
			return request;
		}
		byte[] body = request.getInputStream().readNBytes(EndpointRequests.MAX_BODY + 1);
		return new JsonRequest(request, this.requests.json(received, body));
	}

}
