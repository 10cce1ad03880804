package io.github.cftracker.run;

/**
 * What every run is carried out with.
 *
 * @param ledger where runs are stored
 * @param client what invalidations are sent with
 * @param flush writes what this node has recorded
 * @param settings sizes and times
 * @param planner chooses what is sent
 * @param observer sees what becomes of runs
 */
record RunContext(RunLedger ledger, InvalidationClient client, PathFlush flush, InvalidationSettings settings,
		RunPlanner planner, RunObserver observer) {
}
