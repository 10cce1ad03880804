package io.github.cftracker;

import java.util.Locale;

/**
 * Cause of a run. A request joins a waiting run that covers it, so a run may serve
 * requests with other triggers than its first.
 */
public enum Trigger {

	/**
	 * Java code of the application.
	 */
	API,

	/**
	 * A POST to the endpoint.
	 */
	ENDPOINT,

	/**
	 * The schedule of {@code cf.tracker.schedule.cron}.
	 */
	SCHEDULE,

	/**
	 * A start of the application with {@code cf.tracker.run-once}.
	 */
	RUN_ONCE,

	/**
	 * The commit of a transaction, or the end of an annotated method without one.
	 */
	COMMIT;

	/**
	 * Return the name for metrics, logs and the endpoint.
	 * @return the name in lower case, with hyphens
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
