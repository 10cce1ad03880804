package io.github.cftracker.recording;

import io.github.cftracker.tracking.PathHash;

/**
 * Change of a path that waits to be written.
 *
 * @param path the path
 * @param change what to write
 * @param fingerprint the {@link PathHash} of the path
 */
record Pending(String path, PendingChange change, long fingerprint) {

	Pending(String path, PendingChange change) {
		this(path, change, PathHash.of(path));
	}

}
