package io.github.cftracker.test;

/**
 * The caller gets no answer: the connection is closed instead.
 */
final class LostAnswerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	LostAnswerException(String message) {
		super(message);
	}

}
