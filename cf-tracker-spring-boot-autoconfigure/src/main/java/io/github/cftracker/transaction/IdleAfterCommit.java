package io.github.cftracker.transaction;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.InvalidationRequest;

/**
 * The {@link AfterCommitInvalidator} of an application in which the tracker is off.
 * Nothing is delivered.
 */
public class IdleAfterCommit implements AfterCommitInvalidator {

	@Override
	public void invalidateAll() {
	}

	@Override
	public void invalidate(InvalidationRequest request) {
		CheckedInvalidator.rejectOnce(request);
	}

}
