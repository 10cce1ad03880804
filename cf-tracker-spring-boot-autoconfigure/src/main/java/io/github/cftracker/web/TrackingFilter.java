package io.github.cftracker.web;

import java.io.IOException;
import java.util.function.BooleanSupplier;

import io.github.cftracker.CacheTags;
import io.github.cftracker.NotFoundHandler;
import io.github.cftracker.ResponseTags;
import io.github.cftracker.recording.ResponseRecorder;
import io.github.cftracker.text.LogText;
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
 * {@link ResponseTags} or the application itself has put them into the header.
 */
public final class TrackingFilter extends OncePerRequestFilter {

	// One name for all instances, so that a request is tracked once
	private static final String FILTERED = TrackingFilter.class.getName() + ALREADY_FILTERED_SUFFIX;

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
		this.tagHeader = (tagHeader != null) ? new TagHeader(tagHeader, tagsAreRead, new FlawReport(rules.responses()))
				: null;
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

	private void track(TrackedRequest tracked, HttpServletRequest request, HttpServletResponse response,
			FilterChain chain) throws ServletException, IOException {
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
			// The superclass knows only about asynchronous requests of Spring MVC
			if (request.isAsyncStarted()) {
				request.getAsyncContext().addListener(new CompletionListener(() -> record(tracked, response, true)));
				return true;
			}
		}
		catch (IllegalStateException ex) {
			this.logger.debug("The request is already complete: '" + tracked + "'", ex);
		}
		return false;
	}

	private @Nullable TrackedRequest begin(HttpServletRequest request) {
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
			this.logger.warn("Could not track '" + LogText.clean(tracked.toString()) + "'", ex);
		}
	}

}
