package io.github.cftracker.web;

import java.util.Objects;
import java.util.Set;

import io.github.cftracker.recording.ResponseRecorder;
import io.github.cftracker.tracking.ObservedResponse;
import io.github.cftracker.tracking.OriginRequest;
import io.github.cftracker.tracking.TrackingRules;
import io.github.cftracker.tracking.TrackingRules.Correction;
import org.jspecify.annotations.Nullable;

/**
 * Decision about a request that is made again under changed settings. Many are kept for
 * an hour, so it has only what is needed. It equals a decision about the same response to
 * the same request, whenever that began.
 */
final class RepeatedDecision implements Runnable {

	private final TrackingRules rules;

	private final ResponseRecorder recorder;

	private final OriginRequest origin;

	private final String method;

	private final ObservedResponse response;

	private final long startedAt;

	private final @Nullable String route;

	private final Set<String> tags;

	RepeatedDecision(TrackingRules rules, ResponseRecorder recorder, TrackedRequest request, ObservedResponse response,
			Set<String> tags) {
		this.rules = rules;
		this.recorder = recorder;
		this.origin = request.origin();
		this.method = request.method();
		this.response = response;
		this.startedAt = request.startedAt();
		this.route = request.route();
		this.tags = tags;
	}

	@Override
	public void run() {
		Correction correction = this.rules.correct(this.origin, this.method, this.response);
		if (correction != null) {
			correction.missing()
				.forEach((path) -> this.recorder.track(path, correction.lifetime(), this.startedAt, this.route,
						this.tags));
			correction.wrong().forEach(this.recorder::untrack);
		}
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof RepeatedDecision that && this.origin.equals(that.origin)
				&& this.method.equals(that.method) && this.response.equals(that.response)
				&& Objects.equals(this.route, that.route) && this.tags.equals(that.tags);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.origin, this.method, this.response, this.route, this.tags);
	}

}
