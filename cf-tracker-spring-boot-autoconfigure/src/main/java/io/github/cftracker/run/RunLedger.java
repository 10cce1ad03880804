package io.github.cftracker.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.Run.State;
import io.github.cftracker.Selection;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * Ledger of runs for all nodes that share it. Every method may throw
 * {@link StoreUnavailableException}.
 */
public interface RunLedger {

	/**
	 * Maximum number of runs that wait for their turn.
	 */
	int MAX_WAITING = 1000;

	/**
	 * Maximum number of values of a selection that is compared or merged with others.
	 */
	int MAX_MERGED = 1000;

	/**
	 * How long a run for commits waits for further commits.
	 */
	Duration GATHERING = Duration.ofSeconds(1);

	/**
	 * Maximum time that a run waits while runs for commits go first.
	 */
	Duration MAX_PRECEDED = Duration.ofSeconds(10);

	/**
	 * How long a run can be found by its id after late paths no longer belong to it.
	 */
	Duration FOUND_LONGER = Duration.ofMinutes(1);

	/**
	 * Queue a run, unless a waiting run already covers the request: a request joins the
	 * first run that {@linkplain Selection#covers covers} it. A request with the trigger
	 * {@link Trigger#COMMIT} is otherwise merged into a run with this trigger, as long as
	 * both have at most {@link #MAX_MERGED} values together.
	 * @param id the id of the run, if it becomes one
	 * @param selection selection of the run
	 * @param trigger origin of the request
	 * @param requestedBy name of the principal, {@code null} if unknown
	 * @return the run that carries the request out
	 * @throws java.util.concurrent.RejectedExecutionException if {@link #MAX_WAITING}
	 * runs wait already
	 */
	Run request(String id, Selection selection, Trigger trigger, @Nullable String requestedBy);

	/**
	 * Queue a run as {@link #request} does, unless any node has queued one under the same
	 * name before.
	 * @param id the id of the run, if it becomes one
	 * @param selection selection of the run
	 * @param trigger origin of the request
	 * @param requestedBy name of the principal, {@code null} if unknown
	 * @param once name of the request, and how long to remember it
	 * @return the run that carries the request out, empty if it was requested before
	 * @throws java.util.concurrent.RejectedExecutionException if {@link #MAX_WAITING}
	 * runs wait already
	 */
	Optional<Run> requestOnce(String id, Selection selection, Trigger trigger, @Nullable String requestedBy,
			InvalidationRequest.Once once);

	/**
	 * Find a run.
	 * @param id its id
	 * @return the run, empty if unknown
	 * @throws UnreadableRunException if it exists and cannot be read
	 */
	Optional<Run> find(String id);

	/**
	 * List runs, without those that cannot be read. Runs for commits that had nothing to
	 * send are not listed, and failed ones are the last to leave the list.
	 * @return the unfinished and the last finished runs, newest first; an implementation
	 * may leave out their batches, rejected paths, and all but the beginning of their
	 * selections
	 */
	List<Run> latest();

	/**
	 * Summarize the {@linkplain #latest() listed runs}.
	 * @return the runs, newest first
	 */
	default List<RunSummary> summaries() {
		return latest().stream().map(RunSummary::of).toList();
	}

	/**
	 * List runs that exist but could not be read by this node.
	 * @return their ids
	 */
	default List<String> unreadable() {
		return List.of();
	}

	/**
	 * Find the run that was requested last.
	 * @return the run, empty if there is no run; an implementation may leave out its
	 * batches and rejected paths
	 */
	default Optional<Run> newest() {
		return latest().stream().findFirst();
	}

	/**
	 * List the runs that are not finished.
	 * @return the runs, newest first; an implementation may leave out their batches and
	 * rejected paths
	 */
	default List<Run> unfinished() {
		return latest().stream().filter((run) -> !run.state().isFinal()).toList();
	}

	/**
	 * Return whether a run is not listed, because it was requested after a commit and had
	 * nothing to send. It can be found by its id as long as late paths may belong to it,
	 * and a minute longer.
	 * @param run the run
	 * @return whether its trigger is {@link Trigger#COMMIT} and its state
	 * {@link State#EMPTY}
	 */
	static boolean isEmptyCommit(Run run) {
		return run.trigger() == Trigger.COMMIT && run.state() == State.EMPTY;
	}

	/**
	 * Return whether a lease holder would have work.
	 * @return whether a run is unfinished or waits, or late paths were recorded
	 */
	boolean hasWork();

	/**
	 * Acquire the lease, if no node that is alive has it. This node may acquire its own
	 * lease again.
	 * @return the lease, {@code null} if another node has it
	 */
	@Nullable Lease acquire();

	/**
	 * Check whether the store has forgotten runs that this node has requested or carried
	 * out recently, and write them again. Does nothing if the store forgets nothing.
	 */
	default void restoreForgotten() {
	}

	/**
	 * End the runs that no other node carries out when this one stops. Does nothing if
	 * the ledger is shared.
	 */
	default void stopped() {
	}

	/**
	 * Keep claims of batches without an outcome from expiring while no node has the
	 * lease. Does nothing if claims of the ledger never expire.
	 */
	default void renewClaims() {
	}

	/**
	 * Return the number of items that CloudFront has accepted this month, in UTC,
	 * according to the ledger. AWS bills per account, so this is an estimate.
	 * @return the number
	 */
	long billedThisMonth();

	/**
	 * Return why CloudFront refuses everything, from a refusal until a batch is accepted.
	 * @return its message and the fix, {@code null} if it accepts
	 */
	@Nullable String refusal();

}
