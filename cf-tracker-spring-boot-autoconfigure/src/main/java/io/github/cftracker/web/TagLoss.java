package io.github.cftracker.web;

/**
 * Reason why the header of a response lacks cache tags.
 */
enum TagLoss {

	/**
	 * They were added after the response was committed.
	 */
	LATE,

	/**
	 * There are too many of them.
	 */
	LARGE,

	/**
	 * The application has overwritten the header.
	 */
	REPLACED

}
