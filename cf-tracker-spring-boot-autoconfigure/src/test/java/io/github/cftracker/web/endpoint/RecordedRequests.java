package io.github.cftracker.web.endpoint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationPlan;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.RunHandle;
import io.github.cftracker.Selection;
import io.github.cftracker.Trigger;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * An application that notes what is requested from it, and sends nothing.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class RecordedRequests implements CloudFrontInvalidator {

	private final List<String> requests = new ArrayList<>();

	/**
	 * Return what was requested since the last call.
	 */
	synchronized List<String> take() {
		List<String> taken = List.copyOf(this.requests);
		this.requests.clear();
		return taken;
	}

	private synchronized void add(String prefix, Selection selection) {
		this.requests.add(prefix + (selection.isEverything() ? "everything" : selection.paths()));
	}

	@Override
	public RunHandle invalidateAll() {
		return invalidate(InvalidationRequest.ofEverything());
	}

	@Override
	public RunHandle invalidate(InvalidationRequest request) {
		add("", request.selection());
		return new RunHandle(Run.queued("1", request.selection(), Trigger.ENDPOINT, Instant.EPOCH),
				new CompletableFuture<>());
	}

	@Override
	public InvalidationPlan plan(InvalidationRequest request) {
		add("plan of ", request.selection());
		return InvalidationPlan.ofNothing(request);
	}

	@Override
	public Optional<Run> find(String id) {
		return Optional.empty();
	}

}
