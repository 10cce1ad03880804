package io.github.cftracker.run;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationPlan;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.RunHandle;
import io.github.cftracker.Selection;
import io.github.cftracker.StoreUnavailableException;

/**
 * Invalidator that writes requests into the ledger. The node that has the lease carries
 * them out, one after the other.
 * <p>
 * Applications inject {@link #open() another object}, which they may replace with a mock
 * or a proxy.
 */
public final class QueuedInvalidator {

	private final RunContext context;

	private final TimeLimitedStore store;

	private final RunCompletions awaited;

	private final Runner runner;

	private volatile boolean open;

	/**
	 * Create an invalidator.
	 * @param context what runs are carried out with
	 * @param store limits how long callers wait for the ledger
	 */
	public QueuedInvalidator(RunContext context, TimeLimitedStore store) {
		this.store = store;
		this.awaited = new RunCompletions(context.ledger());
		this.context = context.observedBy(RunObserver.of(List.of(new RunLog(), context.observer(), this.awaited)));
		this.runner = new Runner(this.context);
	}

	/**
	 * Return the invalidator for the application.
	 * @return an invalidator that writes into the ledger
	 */
	public CloudFrontInvalidator open() {
		this.open = true;
		return new OpenInvalidator(this);
	}

	/**
	 * Return whether an application can request invalidations. If it has replaced the
	 * invalidator, for example by a mock, this node should not carry out runs.
	 * @return whether {@link #open()} was called
	 */
	public boolean isOpen() {
		return this.open;
	}

	/**
	 * Start to carry out runs, including those that this node or another has left
	 * unfinished.
	 */
	public void start() {
		this.runner.start(this.awaited::look);
	}

	RunHandle invalidateAll() {
		return invalidate(InvalidationRequest.ofEverything());
	}

	RunHandle invalidate(InvalidationRequest request) {
		checkRunning();
		Selection selection = this.context.planner().selections().check(request.selection());
		String id = UUID.randomUUID().toString();
		InvalidationRequest.Once once = request.once();
		InvalidationRequest checked = new InvalidationRequest(selection, request.trigger(), request.requestedBy(),
				once);
		return request(id, () -> this.context.ledger().request(id, checked)).map((run) -> handle(id, run))
			.orElseGet(() -> RunHandle.ofNothing(request, "Nothing was requested because '%s' was requested before"
				.formatted((once != null) ? once.name() : "")));
	}

	InvalidationPlan plan(InvalidationRequest request) {
		Selection selection = this.context.planner().selections().check(request.selection());
		return this.store.callPatiently(() -> {
			this.context.planner().distribution().refresh();
			this.context.flush().flush();
			return this.context.planner().dryRun(selection);
		});
	}

	private <T> T request(String id, Supplier<T> request) {
		try {
			return this.store.call(request);
		}
		catch (StoreBusyException ex) {
			throw new StoreUnavailableException(ex.getMessage() + ". Nothing was requested", ex);
		}
		catch (StoreUnavailableException ex) {
			throw new StoreUnavailableException(
					"%s. It is unknown whether run '%s' was requested. Look it up before you request it again"
						.formatted(ex.getMessage(), id),
					ex);
		}
	}

	private void checkRunning() {
		if (this.runner.isStopped()) {
			throw new RejectedExecutionException("The application is starting or stopping");
		}
	}

	private RunHandle handle(String id, Run run) {
		RunHandle handle = new RunHandle(run, this.awaited.await(run.id()));
		if (this.runner.isStopped()) {
			this.awaited.cancel();
		}
		if (run.id().equals(id)) {
			this.runner.wake();
		}
		return handle;
	}

	Optional<Run> find(String id) {
		return this.store.call(() -> this.context.ledger().find(id));
	}

	/**
	 * End the current call, leave the lease and end all threads. Return when that is
	 * done, or after ten seconds.
	 */
	public void stop() {
		this.runner.stop();
		this.context.ledger().stopped();
		this.awaited.cancel();
	}

}
