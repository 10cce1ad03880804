package io.github.cftracker.web;

import java.util.Collection;

import io.github.cftracker.tracking.Decision;
import io.github.cftracker.tracking.NotFoundHandler;
import io.github.cftracker.tracking.ResponseRecorder;
import io.github.cftracker.tracking.TrackingPolicy;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * What was requested and when, copied before the container reuses its request. Its
 * response is recorded again only where an error page has changed the status.
 */
final class TrackedRequest {

	private final String uri;

	private final @Nullable String query;

	private final String contextPath;

	private final long startedAt = System.nanoTime();

	private int recordedStatus;

	/**
	 * Create a request.
	 * @param uri the raw path
	 * @param query the raw query string
	 * @param contextPath the raw context path
	 */
	TrackedRequest(String uri, @Nullable String query, String contextPath) {
		this.uri = uri;
		this.query = query;
		this.contextPath = contextPath;
	}

	String path() {
		return (this.query != null) ? this.uri + '?' + this.query : this.uri;
	}

	void record(HttpServletResponse response, boolean returned, TrackedPaths paths, TrackingPolicy policy,
			ResponseRecorder recorder, NotFoundHandler notFoundHandler) {
		int status = status(response, returned);
		if (status == this.recordedStatus || !paths.contain(this.uri, this.contextPath)) {
			return;
		}
		this.recordedStatus = status;
		Decision decision = policy.decide(status, cacheControl(response), response.getHeader("Expires"),
				response.getHeader("Date"));
		switch (decision.action()) {
			case TRACK -> recorder.track(path(), decision.lifetime(), this.startedAt);
			case NOT_FOUND -> notFoundHandler.handle(path());
			case IGNORE -> {
			}
		}
	}

	private static int status(HttpServletResponse response, boolean returned) {
		// An exception that escapes becomes a 500 later, unless the status is out already
		return (returned || response.isCommitted()) ? response.getStatus()
				: HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
	}

	private static @Nullable String cacheControl(HttpServletResponse response) {
		Collection<String> values = response.getHeaders("Cache-Control");
		return switch (values.size()) {
			case 0 -> null;
			case 1 -> values.iterator().next();
			default -> String.join(",", values);
		};
	}

}
