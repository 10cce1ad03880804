package io.github.cftracker.test;

/**
 * The caller gets no answer: the connection is closed, or stays open without one.
 */
final class LostAnswerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final boolean closesConnection;

	LostAnswerException(String message, boolean closesConnection) {
		super(message);
		this.closesConnection = closesConnection;
	}

	boolean closesConnection() {
		return this.closesConnection;
	}

}
