package io.github.cftracker.actuate;

import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.run.RunList;
import io.github.cftracker.run.TimeLimitedStore;
import org.jspecify.annotations.Nullable;

/**
 * Tracked paths and runs across all nodes, and the paths that this node has not written
 * yet. Methods that call the store end in time, or throw
 * {@link StoreUnavailableException}.
 *
 * @param store the store of the paths
 * @param ledger the store of the runs
 * @param recorder the recorder, {@code null} if the application has its own tracker
 */
public record TrackerState(TimeLimitedStore store, RunLedger ledger, @Nullable PathRecorder recorder) {

	/**
	 * Return the number of recorded paths that are not written to the store yet.
	 */
	int pending() {
		return (this.recorder != null) ? this.recorder.pending() : 0;
	}

	/**
	 * Return the listed runs.
	 */
	RunList runs() {
		return this.store.call(() -> this.ledger.list(Integer.MAX_VALUE));
	}

	/**
	 * Return the number of items sent this month.
	 */
	long billedThisMonth() {
		return this.store.call(this.ledger::status).billedThisMonth();
	}

}
