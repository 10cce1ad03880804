package io.github.cftracker.run;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.Run;
import io.github.cftracker.Selection;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * Where runs are written down, for all nodes that share it. Every method may throw
 * {@link StoreUnavailableException}.
 */
public interface RunLedger {

	/**
	 * How many runs may wait for their turn.
	 */
	int MAX_WAITING = 100;

	/**
	 * Queues a run. A request for everything joins one that still waits.
	 * @param id the id of the run, if it becomes one
	 * @param selection what it covers
	 * @param trigger what asks for it
	 * @param requestedBy the name of the principal, {@code null} if unknown
	 * @return the run that carries the request out
	 * @throws java.util.concurrent.RejectedExecutionException if {@link #MAX_WAITING}
	 * runs wait already
	 */
	Run request(String id, Selection selection, Trigger trigger, @Nullable String requestedBy);

	/**
	 * Queues a scheduled run for everything, unless that was done under the same name
	 * before, on whichever node.
	 * @param id the id of the run, if it becomes one
	 * @param name what happens once
	 * @param remembered for how long
	 * @return the run that carries the request out, empty if it was requested before
	 * @throws java.util.concurrent.RejectedExecutionException if {@link #MAX_WAITING}
	 * runs wait already
	 */
	Optional<Run> requestOnce(String id, String name, Duration remembered);

	/**
	 * Finds a run.
	 * @param id its id
	 * @return the run, empty if unknown
	 */
	Optional<Run> find(String id);

	/**
	 * Lists runs.
	 * @return unfinished ones and the last finished ones, newest first; an implementation
	 * may leave out their batches and rejected paths
	 */
	List<Run> latest();

	/**
	 * Finds the run that was requested last.
	 * @return the run, empty if there is none; an implementation may leave out its
	 * batches and rejected paths
	 */
	default Optional<Run> newest() {
		return latest().stream().findFirst();
	}

	/**
	 * Lists the runs that are not finished.
	 * @return the runs, newest first; an implementation may leave out their batches and
	 * rejected paths
	 */
	default List<Run> unfinished() {
		return latest().stream().filter((run) -> !run.state().isFinal()).toList();
	}

	/**
	 * Whether a holder of the lease would have anything to do.
	 * @return whether a run is unfinished or waits, or late paths have come in
	 */
	boolean hasWork();

	/**
	 * Takes the lease, if nobody has it who is alive. This node may take its own again.
	 * @return the lease, {@code null} if another node has it
	 */
	@Nullable Lease acquire();

	/**
	 * Tells which recorded paths the store has taken, and how old their responses are.
	 * Not needed where the store sees to late paths itself.
	 * @param paths the paths
	 */
	default void recorded(Collection<PathLifetime> paths) {
	}

	/**
	 * Looks whether the store has forgotten runs that this node has requested or carried
	 * on lately, and writes them down again. Not needed where a store forgets nothing.
	 */
	default void restoreForgotten() {
	}

	/**
	 * Says that claims of batches without an outcome are alive, while nobody has the
	 * lease. Not needed where claims of the ledger are never given up.
	 */
	default void renewClaims() {
	}

	/**
	 * How many items CloudFront has accepted this month, in UTC, as far as the ledger
	 * knows. AWS bills per account, so this is an estimate.
	 * @return the number
	 */
	long billedThisMonth();

	/**
	 * Why CloudFront refuses everything, from a refusal until a batch is accepted.
	 * @return its message and what to mend, {@code null} if it accepts
	 */
	@Nullable String refusal();

}
