package io.github.cftracker.run;

import java.time.Duration;
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
	 * @param request the request
	 * @return the run that carries the request out, empty if any node has made a request
	 * with the same {@linkplain InvalidationRequest#once() name} before
	 * @throws java.util.concurrent.RejectedExecutionException if {@link #MAX_WAITING}
	 * runs wait already
	 */
	Optional<Run> request(String id, InvalidationRequest request);

	/**
	 * Find a run.
	 * @param id its id
	 * @return the run, empty if unknown
	 * @throws UnreadableRunException if it exists and cannot be read
	 */
	Optional<Run> find(String id);

	/**
	 * List runs. Runs for commits that had nothing to send are not listed, and failed
	 * ones are the last to leave the list.
	 * @param finished maximum number of finished runs, and of failed ones as many. The
	 * newest run is listed in any case. The ledger may keep fewer
	 * @return the unfinished and the last finished runs; an implementation may leave out
	 * their batches and rejected paths
	 */
	RunList list(int finished);

	/**
	 * Return what health shows, which is asked often.
	 * @return the newest and the oldest unfinished run
	 */
	default RunsInBrief brief() {
		return list(0).brief();
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
	 * Return the status, which nodes ask for every few seconds.
	 * @return the status
	 */
	LedgerStatus status();

	/**
	 * Acquire the lease, if no node that is alive has it. This node may acquire its own
	 * lease again.
	 * @return the lease, {@code null} if another node has it
	 */
	@Nullable Lease acquire();

	/**
	 * Write runs again that this node has requested or carried out recently and the store
	 * has forgotten. Does nothing if the store forgets nothing.
	 */
	default void restoreForgotten() {
	}

	/**
	 * Keep claims of batches without an outcome from expiring while no node has the
	 * lease. Does nothing if claims of the ledger never expire.
	 */
	default void renewClaims() {
	}

	/**
	 * End the runs that no other node carries out when this one stops. Does nothing if
	 * the ledger is shared.
	 */
	default void stopped() {
	}

}
