package io.github.cftracker.web;

import java.io.IOException;
import java.util.Objects;

import io.github.cftracker.CacheTags;
import io.github.cftracker.ResponseTags;
import io.github.cftracker.tracking.OriginRequest;
import io.github.cftracker.tracking.RequestSource;
import io.github.cftracker.tracking.TrackingRules;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Filter that tracks a request after its response is complete.
 * <p>
 * {@link TrackingFilterRegistration} registers it for the {@code REQUEST} and
 * {@code ERROR} dispatches, by default as the outermost filter, so that responses of
 * other filters are tracked too. The tracked path is the raw request target as the
 * container received it. A filter that handles forwarded headers changes that target, and
 * a path that is decoded and encoded again is a different path to CloudFront.
 * <p>
 * Cache tags of the response are tracked with it, whether {@link CacheTags},
 * {@link ResponseTags} or the application itself has written them to the header.
 */
public final class TrackingFilter extends OncePerRequestFilter {

	// One name for all instances, so that a request is tracked once
	private static final String FILTERED = TrackingFilter.class.getName() + ALREADY_FILTERED_SUFFIX;

	private final TrackingRules rules;

	private final RequestSource source;

	private final @Nullable String pathHeader;

	private final @Nullable TagHeader tagHeader;

	private final ResponseTracker responses;

	/**
	 * Create a filter.
	 * @param rules decide which request methods are considered
	 * @param source decides whose requests are considered
	 * @param pathHeader the name of the header with the viewer's path, {@code null} if
	 * there is none
	 * @param tagHeader the response header with cache tags, {@code null} if there is none
	 * @param responses tracks responses when they are complete
	 */
	public TrackingFilter(TrackingRules rules, RequestSource source, @Nullable String pathHeader,
			@Nullable TagHeader tagHeader, ResponseTracker responses) {
		this.rules = rules;
		this.source = source;
		this.pathHeader = pathHeader;
		this.tagHeader = tagHeader;
		this.responses = responses;
	}

	@Override
	protected String getAlreadyFilteredAttributeName() {
		return FILTERED;
	}

	/**
	 * Filter error dispatches too, because an error page may change the status.
	 */
	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		TrackedRequest tracked = (request.getDispatcherType() == DispatcherType.ERROR) ? TrackedRequest.of(request)
				: begin(request);
		if (tracked != null) {
			track(tracked, request, response, chain);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private @Nullable TrackedRequest begin(HttpServletRequest request) {
		HttpServletRequest received = asReceived(request);
		if (!this.rules.considers(received.getMethod()) || !this.source.accepts(received::getHeader)) {
			return null;
		}
		TrackedRequest tracked = new TrackedRequest(origin(received), received.getMethod(), received.getContextPath(),
				new CollectedTags(this.tagHeader));
		tracked.attachTo(request);
		return tracked;
	}

	private static HttpServletRequest asReceived(HttpServletRequest request) {
		ServletRequest innermost = request;
		while (innermost instanceof ServletRequestWrapper wrapper) {
			innermost = wrapper.getRequest();
		}
		return (innermost instanceof HttpServletRequest received) ? received : request;
	}

	private OriginRequest origin(HttpServletRequest received) {
		boolean identify = this.rules.distinguishOrigins();
		return new OriginRequest(received.getRequestURI(), received.getQueryString(),
				identify ? received.getHeader("Host") : OriginRequest.ANY_HOST,
				(this.pathHeader != null) ? Objects.requireNonNullElse(received.getHeader(this.pathHeader), "") : null,
				identify && (this.source != RequestSource.ANY
						|| RequestSource.CLOUDFRONT.accepts(received::getHeader)));
	}

	private void track(TrackedRequest tracked, HttpServletRequest request, HttpServletResponse response,
			FilterChain chain) throws ServletException, IOException {
		tracked.tags().open(response);
		boolean returned = false;
		try {
			chain.doFilter(request, response);
			returned = true;
		}
		finally {
			tracked.leave(request);
			if (!(returned && isAwaited(request, tracked, response))) {
				this.responses.track(tracked, response, returned);
			}
		}
	}

	private boolean isAwaited(HttpServletRequest request, TrackedRequest tracked, HttpServletResponse response) {
		try {
			// The superclass knows only about asynchronous requests of Spring MVC
			if (request.isAsyncStarted()) {
				request.getAsyncContext().addListener(new CompletionListener(this.responses, tracked, response));
				return true;
			}
		}
		catch (IllegalStateException ex) {
			this.logger.debug("The request is already complete: '" + tracked + "'", ex);
		}
		return false;
	}

}
