package io.github.cftracker.run;

import java.time.Duration;
import java.util.List;

import io.github.cftracker.Run;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.run.InvalidationException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Observer of the runs that this node carries out, for the tracker's metrics and events;
 * applications listen to {@link io.github.cftracker.RunEvent}. Called by the threads that
 * carry out the runs, so it must not wait. Exceptions are logged.
 */
public interface RunObserver {

	/**
	 * Return an observer that notifies several others in their order. What one of them
	 * throws is logged, and the others are notified.
	 * @param observers the observers
	 * @return one observer
	 */
	static RunObserver of(List<RunObserver> observers) {
		return new CompositeRunObserver(observers);
	}

	/**
	 * Handle a run that has started.
	 * @param run the run
	 */
	default void started(Run run) {
	}

	/**
	 * Handle a batch that was held back to stay within a quota. Called once for each
	 * quota, when the batch may be sent.
	 * @param quota the quota
	 * @param time total time that it was held back
	 */
	default void heldBack(Quota quota, Duration time) {
	}

	/**
	 * Handle a call that failed and is followed by another: the same call, one with a
	 * part of the batch, or a search for the reference.
	 * @param run the run
	 * @param error kind of the error
	 */
	default void retried(Run run, Kind error) {
	}

	/**
	 * Handle a batch that CloudFront has accepted.
	 * @param run the run
	 * @param items the items of the batch
	 */
	default void accepted(Run run, List<String> items) {
	}

	/**
	 * Handle paths that cannot be sent.
	 * @param run the run
	 * @param paths the paths
	 */
	default void rejected(Run run, List<RejectedPath> paths) {
	}

	/**
	 * Handle late paths that are invalidated again.
	 * @param run the run that they belong to
	 * @param paths number of paths
	 */
	default void followedUp(Run run, long paths) {
	}

	/**
	 * Handle a batch that is sent again under another reference, although CloudFront may
	 * have accepted it.
	 * @param run the run
	 * @param items number of items
	 */
	default void possiblyBilledTwice(Run run, long items) {
	}

	/**
	 * Handle a run of which CloudFront has accepted everything. Not called for a run that
	 * has failed by then.
	 * @param run the run
	 */
	default void sent(Run run) {
	}

	/**
	 * Handle a run whose completion is unknown.
	 * @param run the run
	 * @param reason why, and what to fix
	 */
	default void unknown(Run run, String reason) {
	}

	/**
	 * Handle that runs are not processed, or are processed again.
	 * @param problem the reason, {@code null} if they are processed again
	 */
	default void stopped(@Nullable String problem) {
	}

	/**
	 * Handle a run that has reached a final state for the first time.
	 * @param run the run
	 */
	default void finished(Run run) {
	}

	/**
	 * Quota that a batch waits for.
	 */
	enum Quota {

		/**
		 * Items, wildcards and calls per second.
		 */
		RATE,

		/**
		 * Items and wildcards in progress.
		 */
		IN_PROGRESS

	}

}
