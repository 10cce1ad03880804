package io.github.cftracker.web;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.github.cftracker.NotFoundHandler;
import io.github.cftracker.ResponseTags;
import io.github.cftracker.recording.ResponseRecorder;
import io.github.cftracker.tracking.Decision;
import io.github.cftracker.tracking.ObservedResponse;
import io.github.cftracker.tracking.OriginRequest;
import io.github.cftracker.tracking.RequestRules;
import io.github.cftracker.tracking.TrackingRules;
import io.github.cftracker.tracking.TrackingRules.Correction;
import io.github.cftracker.web.CollectedTags.Labels;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * What was requested and when, copied before the container reuses its request. Its
 * response is recorded again only where an error page has changed the status.
 */
final class TrackedRequest implements ResponseTags.Collector {

	// HandlerMapping's, which only applications with Spring MVC have
	private static final String ROUTE = "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

	private final OriginRequest request;

	private final String method;

	private final String contextPath;

	private final long startedAt = System.nanoTime();

	private final CollectedTags tags;

	private @Nullable String route;

	private int recordedStatus;

	/**
	 * Create a request.
	 * @param received the request as the container has it
	 * @param host the {@code Host}, {@link OriginRequest#ANY_HOST} where it does not
	 * matter
	 * @param pathHeader the name of the header with the viewer's path, {@code null} if
	 * there is none
	 * @param fromCloudFront whether its headers say that CloudFront has sent it
	 * @param tags collects the tags of the response
	 */
	TrackedRequest(HttpServletRequest received, @Nullable String host, @Nullable String pathHeader,
			boolean fromCloudFront, CollectedTags tags) {
		this.request = new OriginRequest(received.getRequestURI(), received.getQueryString(), host,
				(pathHeader != null) ? Objects.requireNonNullElse(received.getHeader(pathHeader), "") : null,
				fromCloudFront);
		this.method = received.getMethod();
		this.contextPath = received.getContextPath();
		this.tags = tags;
	}

	static @Nullable TrackedRequest of(HttpServletRequest request) {
		return (request.getAttribute(ATTRIBUTE) instanceof TrackedRequest tracked) ? tracked : null;
	}

	/**
	 * What collects the tags of a response.
	 * @return the collector, {@code null} if the request is not tracked
	 */
	static @Nullable CollectedTags tags(HttpServletRequest request) {
		TrackedRequest tracked = of(request);
		return (tracked != null) ? tracked.tags : null;
	}

	void attachTo(HttpServletRequest request) {
		request.setAttribute(ATTRIBUTE, this);
	}

	@Override
	public void add(Collection<? extends @Nullable String> tags) {
		this.tags.add(tags);
	}

	/**
	 * Takes the tags of a response from now on.
	 */
	void open(HttpServletResponse response) {
		this.tags.open(response);
	}

	@Override
	public String toString() {
		return (this.request.query() != null) ? this.request.path() + '?' + this.request.query() : this.request.path();
	}

	/**
	 * Remembers which handler has taken the request. An error page's own is none.
	 */
	void leave(HttpServletRequest request) {
		if (this.route == null && request.getDispatcherType() != DispatcherType.ERROR
				&& request.getAttribute(ROUTE) instanceof String pattern) {
			this.route = pattern;
		}
	}

	void record(HttpServletResponse response, boolean returned, TrackedPaths paths, TrackingRules allRules,
			ResponseRecorder recorder, NotFoundHandler notFoundHandler) {
		Labels labels = this.tags.close();
		int status = status(response, returned);
		if (status == this.recordedStatus || !paths.contain(this.request.path(), this.contextPath)) {
			return;
		}
		this.recordedStatus = status;
		String expires = expires(response);
		ObservedResponse observed = new ObservedResponse(status, joined(response.getHeaders("Cache-Control")), expires,
				(expires != null) ? response.getHeader("Date") : null, response.getContentType(),
				allRules.responses().watchesCookies() && response.getHeader("Set-Cookie") != null);
		if (allRules.mayWait()) {
			allRules.whenKnown(() -> decide(observed, labels, allRules, recorder, notFoundHandler));
		}
		else {
			decide(observed, labels, allRules, recorder, notFoundHandler);
		}
	}

	private void decide(ObservedResponse response, Labels labels, TrackingRules allRules, ResponseRecorder recorder,
			NotFoundHandler notFoundHandler) {
		Object version = allRules.version();
		RequestRules rules = allRules.of(this.request);
		if (rules == null || !rules.considers(this.method)) {
			allRules.decided(Decision.Action.IGNORE);
			return;
		}
		Decision decision = allRules.decide(rules, response);
		allRules.responses().decided(rules, decision, response);
		switch (decision.action()) {
			case TRACK -> {
				List<String> cached = rules.cached();
				for (String path : cached) {
					recorder.track(path, decision.lifetime(), this.startedAt, this.route, labels.tags());
				}
				if (this.request.hasQuery()) {
					remember(version, response, labels.tags(), allRules, recorder);
				}
				allRules.responses().tracked(cached, response);
				if (labels.flaw() != null) {
					this.tags.examine(labels, this.route, toString());
				}
			}
			case NOT_FOUND -> rules.gone().forEach(notFoundHandler::handle);
			case IGNORE -> {
			}
		}
	}

	/**
	 * Let the request be tracked again under other settings. Holds on to no more than it
	 * needs, because many are remembered for an hour.
	 */
	private void remember(Object version, ObservedResponse response, Set<String> tags, TrackingRules allRules,
			ResponseRecorder recorder) {
		OriginRequest request = this.request;
		long startedAt = this.startedAt;
		String route = this.route;
		String method = this.method;
		allRules.remember(request, version, () -> {
			Correction correction = allRules.correct(request, method, response);
			if (correction != null) {
				correction.wrong().forEach(recorder::untrack);
				correction.missing()
					.forEach((path) -> recorder.track(path, correction.lifetime(), startedAt, route, tags));
			}
		});
	}

	private static int status(HttpServletResponse response, boolean returned) {
		// An exception that escapes becomes a 500 later, unless the status is out already
		return (returned || response.isCommitted()) ? response.getStatus()
				: HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
	}

	private static @Nullable String expires(HttpServletResponse response) {
		// Most responses have none, and a list of none is not free
		return (response.getHeader("Expires") != null) ? joined(response.getHeaders("Expires")) : null;
	}

	private static @Nullable String joined(Collection<String> values) {
		return switch (values.size()) {
			case 0 -> null;
			case 1 -> values.iterator().next();
			default -> String.join(",", values);
		};
	}

}
