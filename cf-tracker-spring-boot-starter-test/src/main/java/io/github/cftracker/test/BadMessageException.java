package io.github.cftracker.test;

import java.io.IOException;

/**
 * Bytes that are no HTTP message. After it nobody knows where the next message begins, so
 * the connection cannot go on.
 */
final class BadMessageException extends IOException {

	private static final long serialVersionUID = 1L;

	private final int status;

	BadMessageException(int status, String message) {
		super(message);
		this.status = status;
	}

	/**
	 * What a viewer that sent it is answered.
	 */
	int status() {
		return this.status;
	}

}
