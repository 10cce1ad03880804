package io.github.cftracker;

/**
 * Event of a run, for listeners of the application
 * ({@code @EventListener(RunEvent.Completed.class)}).
 * <p>
 * Each event is published once, on the node that executes the run, which may be another
 * node than the one that requested it. If that node is killed, or the store fails at that
 * moment, an event may be published again by the node that resumes the run, or be lost.
 * Batches for late responses after the end of a run publish no event.
 * <p>
 * Listeners are called one after the other on a separate thread, so they do not delay
 * runs or pages. An exception is logged, and the listeners after the one that throws do
 * not receive that event. If 10,000 events wait for a slow listener, further events are
 * dropped with a warning. Later versions may add types of events.
 */
public interface RunEvent {

	/**
	 * Return the run at the time of the event.
	 * @return the run
	 */
	Run run();

	/**
	 * Event of a run of which CloudFront has accepted everything that could be sent. It
	 * is the last event of a run whose completion is unknown.
	 *
	 * @param run the run, {@link Run.State#IN_PROGRESS}, or in a final state by now
	 */
	record Accepted(Run run) implements RunEvent {
	}

	/**
	 * Event of a run that CloudFront has completed, or that had nothing to send. A run
	 * that ends as {@link Run.State#ACCEPTED} has no such event.
	 *
	 * @param run the run, {@link Run.State#COMPLETED} or {@link Run.State#EMPTY}
	 */
	record Completed(Run run) implements RunEvent {
	}

	/**
	 * Event of a run of which something was not sent, or not completed in time.
	 *
	 * @param run the run, {@link Run.State#FAILED}; its error says why
	 */
	record Failed(Run run) implements RunEvent {
	}

	/**
	 * Event for each path that cannot be sent, including those beyond the 1,000 that a
	 * run keeps.
	 *
	 * @param run the run
	 * @param path the path, and why
	 */
	record PathRejected(Run run, Run.RejectedPath path) implements RunEvent {
	}

}
