package io.github.cftracker.run;

import java.time.Duration;
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
import io.github.cftracker.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * Writes requests into the ledger, from which whichever node has the lease carries them
 * out, one after the other.
 */
public final class QueuedInvalidator implements CloudFrontInvalidator {

	private final RunLedger ledger;

	private final StoreGuard guard;

	private final Runnable flush;

	private final AwaitedRuns awaited;

	private final RunPlanner planner;

	private final Runner runner;

	/**
	 * Create an invalidator.
	 * @param ledger where to write runs down
	 * @param guard bounds the time that those wait who ask the ledger
	 * @param client what to send with
	 * @param flush writes what this node has recorded
	 * @param settings sizes and times
	 * @param planner chooses what is sent
	 */
	public QueuedInvalidator(RunLedger ledger, StoreGuard guard, InvalidationClient client, Runnable flush,
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
	public QueuedInvalidator(RunLedger ledger, StoreGuard guard, InvalidationClient client, Runnable flush,
			InvalidationSettings settings, RunPlanner planner, List<RunObserver> observers) {
		this.planner = planner;
		this.ledger = ledger;
		this.flush = flush;
		this.guard = guard;
		this.awaited = new AwaitedRuns(ledger);
		RunObserver observer = new GuardedObserver(
				Stream.concat(Stream.concat(Stream.of(new RunLog()), observers.stream()), Stream.of(this.awaited))
					.toList());
		this.runner = new Runner(ledger, client, flush, settings, planner, observer);
	}

	/**
	 * Starts to carry on runs, also those that were left behind by this node or another.
	 */
	public void start() {
		this.runner.start(this.awaited::look);
	}

	@Override
	public RunHandle invalidateAll() {
		return invalidate(InvalidationRequest.ofEverything());
	}

	@Override
	public RunHandle invalidate(InvalidationRequest request) {
		return invalidate(request, Trigger.API, null);
	}

	/**
	 * Request an invalidation, and record its cause where the invalidator is ours.
	 * @param invalidator what to ask
	 * @param request what to invalidate
	 * @param trigger what asks for it
	 * @return the run, at once
	 */
	public static RunHandle invalidate(CloudFrontInvalidator invalidator, InvalidationRequest request,
			Trigger trigger) {
		return invalidate(invalidator, request, trigger, null);
	}

	/**
	 * Request an invalidation, and record its cause where the invalidator is ours.
	 * @param invalidator what to ask
	 * @param request what to invalidate
	 * @param trigger what asks for it
	 * @param requestedBy the name of the principal who asks for it, {@code null} if
	 * unknown
	 * @return the run, at once
	 */
	public static RunHandle invalidate(CloudFrontInvalidator invalidator, InvalidationRequest request, Trigger trigger,
			@Nullable String requestedBy) {
		return (invalidator instanceof QueuedInvalidator queued) ? queued.invalidate(request, trigger, requestedBy)
				: invalidator.invalidate(request);
	}

	private RunHandle invalidate(InvalidationRequest request, Trigger trigger, @Nullable String requestedBy) {
		checkRunning();
		Selection selection = this.planner.check(request.selection());
		String id = newId();
		return handle(id, request(id, () -> this.ledger.request(id, selection, trigger, requestedBy)));
	}

	@Override
	public InvalidationPlan plan(InvalidationRequest request) {
		Selection selection = this.planner.check(request.selection());
		return this.guard.callPatiently(() -> {
			this.planner.distribution().refresh();
			this.flush.run();
			return this.planner.dryRun(selection);
		});
	}

	/**
	 * Requests the invalidation of everything, unless any node has done so under the same
	 * name.
	 * @param name what happens once
	 * @param remembered for how long
	 * @return the run, empty if it was requested before
	 */
	public Optional<RunHandle> invalidateAllOnce(String name, Duration remembered) {
		checkRunning();
		String id = newId();
		return request(id, () -> this.ledger.requestOnce(id, name, remembered)).map((run) -> handle(id, run));
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

	private static String newId() {
		return UUID.randomUUID().toString();
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

	@Override
	public Optional<Run> find(String id) {
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
