package io.github.cftracker.web;

import java.io.IOException;
import java.util.function.BooleanSupplier;

import io.github.cftracker.tracking.NotFoundHandler;
import io.github.cftracker.tracking.OriginRequest;
import io.github.cftracker.tracking.RequestSource;
import io.github.cftracker.tracking.ResponseRecorder;
import io.github.cftracker.tracking.TrackingRules;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks a request after its response is complete.
 * <p>
 * To be registered for the {@code REQUEST} and {@code ERROR} dispatches, before Spring
 * Security, so that it sees what finally goes out. What is tracked is the raw request
 * target as the container received it: a filter that understands forwarded headers
 * changes it, and a path that is decoded and encoded again is another path to CloudFront.
 * <p>
 * Cache tags of the response are tracked with it, whether {@link CacheTags},
 * {@link ResponseTags} or the application itself has put them into the header.
 */
public final class TrackingFilter implements Filter {

	private static final Logger logger = LoggerFactory.getLogger(TrackingFilter.class);

	private final TrackingRules rules;

	private final RequestSource source;

	private final @Nullable String pathHeader;

	private final TrackedPaths paths;

	private final ResponseRecorder recorder;

	private final NotFoundHandler notFoundHandler;

	private final @Nullable TagHeader tagHeader;

	/**
	 * Create a filter.
	 * @param rules decide about responses
	 * @param source whose requests to look at
	 * @param pathHeader the name of the header with the viewer's path, {@code null} if
	 * there is none
	 * @param paths the paths to look at
	 * @param recorder what paths are tracked with
	 * @param notFoundHandler what is told about a 404
	 * @param tagHeader the name of the response header with cache tags, {@code null} if
	 * there is none
	 * @param tagsAreRead whether CloudFront is believed to read that header, asked for
	 * each response: what it has cached before it does has no tags for it
	 */
	public TrackingFilter(TrackingRules rules, RequestSource source, @Nullable String pathHeader, TrackedPaths paths,
			ResponseRecorder recorder, NotFoundHandler notFoundHandler, @Nullable String tagHeader,
			BooleanSupplier tagsAreRead) {
		this.rules = rules;
		this.source = source;
		this.pathHeader = pathHeader;
		this.paths = paths;
		this.recorder = recorder;
		this.notFoundHandler = notFoundHandler;
		this.tagHeader = (tagHeader != null) ? new TagHeader(tagHeader, tagsAreRead) : null;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (request instanceof HttpServletRequest httpRequest && response instanceof HttpServletResponse httpResponse) {
			TrackedRequest tracked = tracked(httpRequest);
			if (tracked != null) {
				track(tracked, httpRequest, httpResponse, chain);
				return;
			}
		}
		chain.doFilter(request, response);
	}

	private void track(TrackedRequest tracked, HttpServletRequest request, HttpServletResponse response,
			FilterChain chain) throws IOException, ServletException {
		tracked.open(response);
		boolean returned = false;
		try {
			chain.doFilter(request, response);
			returned = true;
		}
		finally {
			tracked.leave(request);
			if (!(returned && isAwaited(request, tracked, response))) {
				record(tracked, response, returned);
			}
		}
	}

	private boolean isAwaited(HttpServletRequest request, TrackedRequest tracked, HttpServletResponse response) {
		try {
			if (request.isAsyncStarted()) {
				request.getAsyncContext().addListener(new CompletionListener(() -> record(tracked, response, true)));
				return true;
			}
		}
		catch (IllegalStateException ex) {
			logger.debug("The request is already complete: '{}'", tracked, ex);
		}
		return false;
	}

	private @Nullable TrackedRequest tracked(HttpServletRequest request) {
		TrackedRequest begun = TrackedRequest.of(request);
		DispatcherType dispatch = request.getDispatcherType();
		if ((begun != null && begun.isOpen()) || dispatch == DispatcherType.ASYNC) {
			// Whoever has begun to look after it records it
			return null;
		}
		if (dispatch == DispatcherType.ERROR) {
			// An error page may turn the status into another one
			return begun;
		}
		HttpServletRequest received = asReceived(request);
		if (!this.rules.considers(received.getMethod()) || !this.source.accepts(received::getHeader)) {
			return null;
		}
		boolean identify = this.rules.distinguishOrigins();
		TrackedRequest tracked = new TrackedRequest(received,
				identify ? received.getHeader("Host") : OriginRequest.ANY_HOST, this.pathHeader,
				identify && (this.source != RequestSource.ANY || RequestSource.CLOUDFRONT.accepts(received::getHeader)),
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

	private void record(TrackedRequest tracked, HttpServletResponse response, boolean returned) {
		try {
			tracked.record(response, returned, this.paths, this.rules, this.recorder, this.notFoundHandler);
		}
		catch (RuntimeException ex) {
			// The page is served already, and tracking it must not break it
			logger.warn("Could not track '{}'", tracked, ex);
		}
	}

}
