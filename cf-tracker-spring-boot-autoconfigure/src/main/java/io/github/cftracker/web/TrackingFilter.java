package io.github.cftracker.web;

import java.io.IOException;

import io.github.cftracker.UrlTracker;
import io.github.cftracker.tracking.NotFoundHandler;
import io.github.cftracker.tracking.TrackingPolicy;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tracks a request after its response is complete.
 * <p>
 * To be registered for the {@code REQUEST} dispatch alone, before Spring Security, so
 * that it sees what finally goes out. What is tracked is the raw request target as the
 * container received it: a filter that understands forwarded headers changes it, and a
 * path that is decoded and encoded again is another path to CloudFront.
 */
public final class TrackingFilter extends OncePerRequestFilter {

	private final TrackingPolicy policy;

	private final TrackedPaths paths;

	private final UrlTracker tracker;

	private final NotFoundHandler notFoundHandler;

	/**
	 * Create a filter.
	 * @param policy decides about responses
	 * @param paths the paths to look at
	 * @param tracker what paths are tracked with
	 * @param notFoundHandler what is told about a 404
	 */
	public TrackingFilter(TrackingPolicy policy, TrackedPaths paths, UrlTracker tracker,
			NotFoundHandler notFoundHandler) {
		this.policy = policy;
		this.paths = paths;
		this.tracker = tracker;
		this.notFoundHandler = notFoundHandler;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpServletRequest received = asReceived(request);
		if (!this.policy.considers(received.getMethod())) {
			chain.doFilter(request, response);
			return;
		}
		FinishedResponse finished = new FinishedResponse(received.getRequestURI(), received.getQueryString(),
				received.getContextPath(), response);
		boolean returned = false;
		try {
			chain.doFilter(request, response);
			returned = true;
		}
		finally {
			if (returned && request.isAsyncStarted()) {
				request.getAsyncContext().addListener(new CompletionListener(() -> record(finished, true)));
			}
			else {
				record(finished, returned);
			}
		}
	}

	private static HttpServletRequest asReceived(HttpServletRequest request) {
		ServletRequest innermost = request;
		while (innermost instanceof ServletRequestWrapper wrapper) {
			innermost = wrapper.getRequest();
		}
		return (innermost instanceof HttpServletRequest received) ? received : request;
	}

	private void record(FinishedResponse finished, boolean returned) {
		try {
			if (this.paths.contain(finished.uri(), finished.contextPath())) {
				finished.record(returned, this.policy, this.tracker, this.notFoundHandler);
			}
		}
		catch (RuntimeException ex) {
			// The page is served already, and tracking it must not break it
			this.logger.warn("Not tracked: '" + finished.path() + "'", ex);
		}
	}

}
