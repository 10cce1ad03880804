package io.github.cftracker.run;

import java.time.Duration;
import java.util.List;

import io.github.cftracker.Run;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.run.InvalidationException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Sees what becomes of the runs that this node carries out, for metrics and events of our
 * own; applications listen to {@link io.github.cftracker.RunEvent}. Called by the threads
 * that carry them out, so it must not wait; whatever it throws is logged.
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
	 * A run's turn has come.
	 * @param run the run
	 */
	default void started(Run run) {
	}

	/**
	 * A batch was held back so that a quota is kept. Told once for each quota, when the
	 * batch may go.
	 * @param quota the quota
	 * @param time for how long in all
	 */
	default void heldBack(Quota quota, Duration time) {
	}

	/**
	 * CloudFront did not do what it was asked, and is asked again: the same, or a part of
	 * it, or whether it knows the reference.
	 * @param run the run
	 * @param error what kind of error it was
	 */
	default void retried(Run run, Kind error) {
	}

	/**
	 * CloudFront has accepted a batch.
	 * @param run the run
	 * @param items the items of the batch
	 */
	default void accepted(Run run, List<String> items) {
	}

	/**
	 * Paths cannot be sent.
	 * @param run the run
	 * @param paths the paths
	 */
	default void rejected(Run run, List<RejectedPath> paths) {
	}

	/**
	 * Responses came late, and are invalidated again.
	 * @param run the run that they follow
	 * @param paths how many paths
	 */
	default void followedUp(Run run, long paths) {
	}

	/**
	 * A batch is sent again under another reference, although CloudFront may have
	 * accepted it.
	 * @param run the run
	 * @param items how many items
	 */
	default void possiblyBilledTwice(Run run, long items) {
	}

	/**
	 * CloudFront has accepted everything. Not told of a run that has failed by then.
	 * @param run the run
	 */
	default void sent(Run run) {
	}

	/**
	 * Whether CloudFront completes a run cannot be known.
	 * @param run the run
	 * @param reason why, and what to fix
	 */
	default void unknown(Run run, String reason) {
	}

	/**
	 * Runs are not processed, or are processed again.
	 * @param problem the reason, {@code null} if they are processed again
	 */
	default void stopped(@Nullable String problem) {
	}

	/**
	 * A run has reached a final state, for the first time.
	 * @param run the run
	 */
	default void finished(Run run) {
	}

	/**
	 * What a batch waits for.
	 */
	enum Quota {

		/**
		 * So many items, wildcards and calls in a time.
		 */
		RATE,

		/**
		 * So many items and wildcards in progress.
		 */
		IN_PROGRESS

	}

}
