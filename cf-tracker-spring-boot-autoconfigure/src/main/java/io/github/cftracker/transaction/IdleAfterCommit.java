package io.github.cftracker.transaction;

import io.github.cftracker.AfterCommitInvalidator;

/**
 * The {@link AfterCommitInvalidator} of an application in which the tracker is off.
 * Nothing is delivered.
 */
public class IdleAfterCommit extends CheckedInvalidator {

	/**
	 * Create an invalidator that does nothing.
	 */
	public IdleAfterCommit() {
		super((request) -> {
		}, (selection) -> {
		});
	}

}
