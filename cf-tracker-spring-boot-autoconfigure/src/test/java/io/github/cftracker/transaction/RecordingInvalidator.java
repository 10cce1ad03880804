package io.github.cftracker.transaction;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationPlan;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.RunHandle;
import io.github.cftracker.Selection;
import io.github.cftracker.Trigger;

/**
 * Writes down what is requested, after it has done what a test tells it to.
 */
final class RecordingInvalidator implements CloudFrontInvalidator {

	private final List<Selection> requested = new CopyOnWriteArrayList<>();

	private final List<String> requestedBy = new CopyOnWriteArrayList<>();

	private final AtomicInteger attempts = new AtomicInteger();

	private volatile Runnable beforeRequest = () -> {
	};

	private volatile Runnable beforeFind = () -> {
	};

	List<Selection> requested() {
		return this.requested;
	}

	/**
	 * Return the names of the requests that have one.
	 */
	List<String> requestedBy() {
		return this.requestedBy;
	}

	int attempts() {
		return this.attempts.get();
	}

	void beforeRequest(Runnable action) {
		this.beforeRequest = action;
	}

	void beforeFind(Runnable action) {
		this.beforeFind = action;
	}

	@Override
	public InvalidationPlan plan(InvalidationRequest request) {
		throw new UnsupportedOperationException();
	}

	@Override
	public RunHandle invalidateAll() {
		return invalidate(InvalidationRequest.ofEverything());
	}

	@Override
	public RunHandle invalidate(InvalidationRequest request) {
		this.attempts.incrementAndGet();
		this.beforeRequest.run();
		this.requested.add(request.selection());
		if (request.requestedBy() != null) {
			this.requestedBy.add(request.requestedBy());
		}
		return new RunHandle(Run.queued("1", request.selection(), Trigger.API, Instant.EPOCH),
				new CompletableFuture<>());
	}

	@Override
	public Optional<Run> find(String id) {
		this.beforeFind.run();
		return Optional.empty();
	}

}
