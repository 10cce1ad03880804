package io.github.cftracker.run;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.Run;
import io.github.cftracker.Run.State;
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
	 * Maximum number of runs that wait for their turn.
	 */
	int MAX_WAITING = 1000;

	/**
	 * Maximum number of values of a selection that is compared or merged with others.
	 */
	int MAX_MERGED = 1000;

	/**
	 * How long a run for commits waits for further ones.
	 */
	Duration GATHERING = Duration.ofSeconds(1);

	/**
	 * How long a run waits at most while runs for commits go first.
	 */
	Duration MAX_PRECEDED = Duration.ofSeconds(10);

	/**
	 * How long a run is found by its id after the last late path may belong to it.
	 */
	Duration FOUND_LONGER = Duration.ofMinutes(1);

	/**
	 * Queues a run, unless one that waits does what is requested: a request joins the
	 * first run that {@linkplain Selection#covers covers} it. A request with the trigger
	 * {@link Trigger#COMMIT} is otherwise merged into a run with this trigger, as long as
	 * both have at most {@link #MAX_MERGED} values together.
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
	 * Queue a run as {@link #request} does, unless that was done under the same name
	 * before, on any node.
	 * @param id the id of the run, if it becomes one
	 * @param selection what it covers
	 * @param trigger what asks for it
	 * @param requestedBy the name of the principal, {@code null} if unknown
	 * @param once the name, and how long it is remembered
	 * @return the run that carries the request out, empty if it was requested before
	 * @throws java.util.concurrent.RejectedExecutionException if {@link #MAX_WAITING}
	 * runs wait already
	 */
	Optional<Run> requestOnce(String id, Selection selection, Trigger trigger, @Nullable String requestedBy,
			InvalidationRequest.Once once);

	/**
	 * Finds a run.
	 * @param id its id
	 * @return the run, empty if unknown
	 * @throws UnreadableRunException if it exists and cannot be read
	 */
	Optional<Run> find(String id);

	/**
	 * Lists runs, without those that cannot be read. Runs for commits that had nothing to
	 * send are not listed, and failed ones are the last to leave the list.
	 * @return unfinished ones and the last finished ones, newest first; an implementation
	 * may leave out their batches, rejected paths, and all but the beginning of their
	 * selections
	 */
	List<Run> latest();

	/**
	 * Summarizes the {@linkplain #latest() listed runs}.
	 * @return the runs, newest first
	 */
	default List<RunSummary> summaries() {
		return latest().stream().map(RunSummary::of).toList();
	}

	/**
	 * Lists runs that exist and cannot be read, as far as this node has noticed.
	 * @return their ids
	 */
	default List<String> unreadable() {
		return List.of();
	}

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
	 * Whether a run is not listed: it came after a commit and had nothing to send. It is
	 * found by its id as long as late paths may belong to it, and a minute longer.
	 * @param run the run
	 * @return whether it was {@link Trigger#COMMIT} and is {@link State#EMPTY}
	 */
	static boolean isEmptyCommit(Run run) {
		return run.trigger() == Trigger.COMMIT && run.state() == State.EMPTY;
	}

	/**
	 * Whether a holder of the lease would have anything to do.
	 * @return whether a run is unfinished or waits, or late paths have come in
	 */
	boolean hasWork();

	/**
	 * Return the version of the distribution's settings that a node has read last.
	 * @return the version, {@code null} if there is none, or no other node
	 */
	default @Nullable String settingsVersion() {
		return null;
	}

	/**
	 * Set the version of the distribution's settings that this node has read.
	 * @param version the version
	 */
	default void settingsVersion(String version) {
	}

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
	 * Ends what no other node carries out when this one stops. Not needed where a ledger
	 * is shared.
	 */
	default void stopped() {
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
