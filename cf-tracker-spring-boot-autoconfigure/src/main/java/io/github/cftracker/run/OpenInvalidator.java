package io.github.cftracker.run;

import java.util.Optional;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationPlan;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.RunHandle;

/**
 * Part of a {@link QueuedInvalidator} that applications use, and may replace with a mock
 * or a proxy. No method calls another, so that a spy sees each request once.
 */
class OpenInvalidator implements CloudFrontInvalidator {

	private final QueuedInvalidator queue;

	OpenInvalidator(QueuedInvalidator queue) {
		this.queue = queue;
	}

	@Override
	public RunHandle invalidateAll() {
		return this.queue.invalidateAll();
	}

	@Override
	public RunHandle invalidate(InvalidationRequest request) {
		return this.queue.invalidate(request);
	}

	@Override
	public InvalidationPlan plan(InvalidationRequest request) {
		return this.queue.plan(request);
	}

	@Override
	public Optional<Run> find(String id) {
		return this.queue.find(id);
	}

}
