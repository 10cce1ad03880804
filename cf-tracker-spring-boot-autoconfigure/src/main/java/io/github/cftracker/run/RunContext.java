package io.github.cftracker.run;

/**
 * What runs are carried out with.
 *
 * @param ledger where runs are stored
 * @param client what invalidations are sent with
 * @param flush writes what this node has recorded
 * @param settings sizes and times
 * @param planner chooses what is sent
 * @param observer observer of all runs
 */
public record RunContext(RunLedger ledger, InvalidationClient client, PathFlush flush, RunSettings settings,
		RunPlanner planner, RunObserver observer) {

	RunContext observedBy(RunObserver observer) {
		return new RunContext(this.ledger, this.client, this.flush, this.settings, this.planner, observer);
	}

}
