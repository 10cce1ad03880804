package io.github.cftracker.testing;

import java.util.List;

import io.github.cftracker.Run;
import io.github.cftracker.run.Lease;
import io.github.cftracker.run.RunItems;
import io.github.cftracker.run.Step;

/**
 * Claims of runs.
 */
public final class Claims {

	private Claims() {
	}

	/**
	 * Claim what a run selects.
	 */
	public static RunItems claim(Lease lease, Run run) {
		lease.apply(new Step.Claim(run, run.selection()));
		return lease.items(run);
	}

	/**
	 * Claim late paths for a run.
	 */
	public static RunItems claimLate(Lease lease, Run run, List<String> paths) {
		lease.apply(new Step.ClaimLate(run, paths));
		return lease.items(run);
	}

}
