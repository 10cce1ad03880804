package io.github.cftracker.run;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationPlan;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.RunHandle;
import io.github.cftracker.Selection;
import io.github.cftracker.StoreUnavailableException;

/**
 * Writes requests into the ledger, from which whichever node has the lease carries them
 * out, one after the other.
 * <p>
 * What applications inject is {@link #open() another object}, which they may replace by a
 * mock or a proxy.
 */
public final class QueuedInvalidator {

	private final RunLedger ledger;

	private final TimeLimitedStore guard;

	private final PathFlush flush;

	private final RunCompletions awaited;

	private final RunPlanner planner;

	private final Runner runner;

	private volatile boolean open;

	/**
	 * Create an invalidator.
	 * @param ledger where to write runs down
	 * @param guard bounds the time that those wait who ask the ledger
	 * @param client what to send with
	 * @param flush writes what this node has recorded
	 * @param settings sizes and times
	 * @param planner chooses what is sent
	 */
	public QueuedInvalidator(RunLedger ledger, TimeLimitedStore guard, InvalidationClient client, PathFlush flush,
			InvalidationSettings settings, RunPlanner planner) {
		this(ledger, guard, client, flush, settings, planner, List.of());
	}

	/**
	 * Create an invalidator that others observe.
	 * @param ledger where to write runs down
	 * @param guard bounds the time that those wait who ask the ledger
	 * @param client what to send with
	 * @param flush writes what this node has recorded
	 * @param settings sizes and times
	 * @param planner chooses what is sent
	 * @param observers see what becomes of runs
	 */
	public QueuedInvalidator(RunLedger ledger, TimeLimitedStore guard, InvalidationClient client, PathFlush flush,
			InvalidationSettings settings, RunPlanner planner, List<RunObserver> observers) {
		this.planner = planner;
		this.ledger = ledger;
		this.flush = flush;
		this.guard = guard;
		this.awaited = new RunCompletions(ledger);
		RunObserver observer = new CompositeRunObserver(
				Stream.concat(Stream.concat(Stream.of(new RunLog()), observers.stream()), Stream.of(this.awaited))
					.toList());
		this.runner = new Runner(new RunContext(ledger, client, flush, settings, planner, observer));
	}

	/**
	 * Return what an application requests invalidations with.
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
	 * Starts to carry on runs, also those that were left behind by this node or another.
	 */
	public void start() {
		this.runner.start(this.awaited::look);
	}

	RunHandle invalidateAll() {
		return invalidate(InvalidationRequest.ofEverything());
	}

	RunHandle invalidate(InvalidationRequest request) {
		checkRunning();
		Selection selection = this.planner.check(request.selection());
		String id = UUID.randomUUID().toString();
		InvalidationRequest.Once once = request.once();
		if (once == null) {
			return handle(id,
					request(id, () -> this.ledger.request(id, selection, request.trigger(), request.requestedBy())));
		}
		return request(id, () -> this.ledger.requestOnce(id, selection, request.trigger(), request.requestedBy(), once))
			.map((run) -> handle(id, run))
			.orElseGet(() -> RunHandle.ofNothing(request,
					"Nothing was requested because '%s' was requested before".formatted(once.name())));
	}

	InvalidationPlan plan(InvalidationRequest request) {
		Selection selection = this.planner.check(request.selection());
		return this.guard.callPatiently(() -> {
			this.planner.distribution().refresh();
			this.flush.flush();
			return this.planner.dryRun(selection);
		});
	}

	private <T> T request(String id, Supplier<T> request) {
		try {
			return this.guard.call(request);
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
		return this.guard.call(() -> this.ledger.find(id));
	}

	/**
	 * Ends the call that is being made, leaves the lease and ends all threads. Returns
	 * when that is done, or after ten seconds.
	 */
	public void stop() {
		this.runner.stop();
		this.ledger.stopped();
		this.awaited.cancel();
	}

}
