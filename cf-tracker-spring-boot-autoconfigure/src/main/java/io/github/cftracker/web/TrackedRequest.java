package io.github.cftracker.web;

import java.util.Collection;

import io.github.cftracker.ResponseTags;
import io.github.cftracker.tracking.OriginRequest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Copy of a request, because the container reuses its own, with the tags of its response.
 */
final class TrackedRequest implements ResponseTags.Collector {

	// The constant of HandlerMapping, which only applications with Spring MVC have
	private static final String ROUTE = "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

	// Not the attribute of the collector, which the application may wrap
	private static final String TRACKED = TrackedRequest.class.getName();

	private final OriginRequest origin;

	private final String method;

	private final String contextPath;

	private final CollectedTags tags;

	private final long startedAt = System.nanoTime();

	private @Nullable String route;

	private int status;

	TrackedRequest(OriginRequest origin, String method, String contextPath, CollectedTags tags) {
		this.origin = origin;
		this.method = method;
		this.contextPath = contextPath;
		this.tags = tags;
	}

	static @Nullable TrackedRequest of(HttpServletRequest request) {
		return (request.getAttribute(TRACKED) instanceof TrackedRequest tracked) ? tracked : null;
	}

	/**
	 * Return what collects the tags of a response.
	 * @return the collector, {@code null} if the request is not tracked
	 */
	static @Nullable CollectedTags tags(HttpServletRequest request) {
		TrackedRequest tracked = of(request);
		return (tracked != null) ? tracked.tags : null;
	}

	void attachTo(HttpServletRequest request) {
		request.setAttribute(TRACKED, this);
		request.setAttribute(ATTRIBUTE, this);
	}

	@Override
	public void add(Collection<? extends @Nullable String> tags) {
		this.tags.add(tags);
	}

	/**
	 * Remember the route of the handler. The handler of an error page does not count.
	 */
	void leave(HttpServletRequest request) {
		if (this.route == null && request.getDispatcherType() != DispatcherType.ERROR
				&& request.getAttribute(ROUTE) instanceof String pattern) {
			this.route = pattern;
		}
	}

	/**
	 * Set the status of the response.
	 * @return whether it differs from that of a former response to this request, which an
	 * error page has replaced
	 */
	boolean answered(int status) {
		boolean changed = status != this.status;
		this.status = status;
		return changed;
	}

	OriginRequest origin() {
		return this.origin;
	}

	String method() {
		return this.method;
	}

	String contextPath() {
		return this.contextPath;
	}

	CollectedTags tags() {
		return this.tags;
	}

	/**
	 * Return {@link System#nanoTime()} at the start of the request.
	 */
	long startedAt() {
		return this.startedAt;
	}

	@Nullable String route() {
		return this.route;
	}

	@Override
	public String toString() {
		return (this.origin.query() != null) ? this.origin.path() + '?' + this.origin.query() : this.origin.path();
	}

}
