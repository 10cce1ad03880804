package io.github.cftracker.web;

import java.util.Collection;
import java.util.List;

import io.github.cftracker.NotFoundHandler;
import io.github.cftracker.recording.ResponseRecorder;
import io.github.cftracker.text.LogText;
import io.github.cftracker.tracking.Decision;
import io.github.cftracker.tracking.ObservedResponse;
import io.github.cftracker.tracking.RequestRules;
import io.github.cftracker.tracking.TrackingRules;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracker of complete responses. It decides about a response and passes its paths on to
 * the recorder.
 */
public final class ResponseTracker {

	private static final Logger logger = LoggerFactory.getLogger(ResponseTracker.class);

	private final TrackingRules rules;

	private final TrackedPaths paths;

	private final ResponseRecorder recorder;

	private final NotFoundHandler notFoundHandler;

	private final TagLossReport losses;

	/**
	 * Create a tracker.
	 * @param rules decide about responses
	 * @param paths the paths to track
	 * @param recorder records paths
	 * @param notFoundHandler notified of a 404
	 */
	public ResponseTracker(TrackingRules rules, TrackedPaths paths, ResponseRecorder recorder,
			NotFoundHandler notFoundHandler) {
		this.rules = rules;
		this.paths = paths;
		this.recorder = recorder;
		this.notFoundHandler = notFoundHandler;
		this.losses = new TagLossReport(rules.responses());
	}

	/**
	 * Track a complete response. The page is served already, so a failure is only logged.
	 * @param request the request
	 * @param response the response
	 * @param returned whether the application has returned without an exception
	 */
	void track(TrackedRequest request, HttpServletResponse response, boolean returned) {
		try {
			ResponseTagSet tags = request.tags().close();
			int status = status(response, returned);
			if (request.answered(status) && this.paths.contain(request.origin().path(), request.contextPath())) {
				ObservedResponse observed = observe(response, status);
				if (this.rules.mayWait()) {
					this.rules.whenKnown(() -> decide(request, observed, tags));
				}
				else {
					decide(request, observed, tags);
				}
			}
		}
		catch (RuntimeException | Error ex) {
			logger.warn("Could not track '{}'", LogText.clean(request.toString()), ex);
		}
	}

	private static int status(HttpServletResponse response, boolean returned) {
		// An exception that escapes becomes a 500 later, unless the status is out already
		return (returned || response.isCommitted()) ? response.getStatus()
				: HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
	}

	private ObservedResponse observe(HttpServletResponse response, int status) {
		String expires = header(response, "Expires");
		return new ObservedResponse(status, header(response, "Cache-Control"), expires,
				(expires != null) ? response.getHeader("Date") : null, response.getContentType(),
				this.rules.responses().watchesCookies() && response.getHeader("Set-Cookie") != null);
	}

	private static @Nullable String header(HttpServletResponse response, String name) {
		String first = response.getHeader(name);
		if (first == null) {
			// Even an empty collection of headers takes 100 bytes in Tomcat
			return null;
		}
		Collection<String> values = response.getHeaders(name);
		return (values.size() > 1) ? String.join(",", values) : first;
	}

	private void decide(TrackedRequest request, ObservedResponse response, ResponseTagSet tags) {
		Object version = this.rules.version();
		RequestRules rules = this.rules.of(request.origin());
		if (rules == null || !rules.considers(request.method())) {
			this.rules.decided(Decision.Action.IGNORE);
			return;
		}
		Decision decision = this.rules.decide(rules, response);
		this.rules.responses().decided(rules, decision, response);
		switch (decision.action()) {
			case TRACK -> {
				List<String> cached = rules.cached();
				for (int i = 0; i < cached.size(); i++) {
					this.recorder.track(cached.get(i), decision.lifetime(), request.startedAt(), request.route(),
							tags.tags());
				}
				if (request.origin().hasQuery()) {
					this.rules.remember(request.origin(), version,
							new RepeatedDecision(this.rules, this.recorder, request, response, tags.tags()));
				}
				this.rules.responses().tracked(cached, response);
				if (tags.loss() != null) {
					this.losses.report(tags.loss(), tags.count(), request.tags().header(), request.route(),
							request.toString());
				}
			}
			case NOT_FOUND -> rules.gone().forEach(this.notFoundHandler::handle);
			case IGNORE -> {
			}
		}
	}

}
