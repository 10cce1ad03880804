package io.github.cftracker;

import java.util.Locale;

/**
 * What has requested a run. A request joins a run that waits and covers it, so a run may
 * carry out requests of others than its first.
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
	 * The cron property.
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
	 * The name as metrics and logs have it.
	 * @return the name in lower case, with hyphens
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
