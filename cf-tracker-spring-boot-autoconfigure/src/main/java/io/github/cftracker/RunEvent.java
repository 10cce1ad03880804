package io.github.cftracker;

/**
 * What has become of a run, for listeners of the application
 * ({@code @EventListener(RunEvent.Completed.class)}).
 * <p>
 * Published once, on the node that carries the run out, which need not be the one that
 * was asked: as far as the store keeps what it has said. Where that node is killed, or
 * the store fails at that moment, an event may come again from whoever carries on, or be
 * lost. What follows a finished run, because responses were late, is no event.
 * <p>
 * Listeners are called one after the other on a thread of their own, so they hold up
 * neither runs nor pages, and whatever they throw is logged; as ever with Spring, those
 * behind one that throws do not hear of that event. Behind 10,000 events that wait for a
 * slow one, further events are left out, with a warning. There may be more kinds of
 * events some day.
 */
public interface RunEvent {

	/**
	 * The run.
	 * @return the run as it stood when this happened
	 */
	Run run();

	/**
	 * CloudFront has accepted everything that the run could send: edges forget it within
	 * seconds. The last event of a run whose completion cannot be known.
	 *
	 * @param run the run, {@link Run.State#IN_PROGRESS}, or in a final state by now
	 */
	record Accepted(Run run) implements RunEvent {
	}

	/**
	 * CloudFront has completed everything, or there was nothing to send. A run that ends
	 * as {@link Run.State#ACCEPTED} has no such event.
	 *
	 * @param run the run, {@link Run.State#COMPLETED} or {@link Run.State#EMPTY}
	 */
	record Completed(Run run) implements RunEvent {
	}

	/**
	 * Something was not sent, or was not completed in time.
	 *
	 * @param run the run, {@link Run.State#FAILED}; its error says why
	 */
	record Failed(Run run) implements RunEvent {
	}

	/**
	 * A path cannot be sent. Published for each, also beyond the 1,000 that a run keeps.
	 *
	 * @param run the run
	 * @param path the path, and why
	 */
	record PathRejected(Run run, Run.RejectedPath path) implements RunEvent {
	}

}
