package io.github.cftracker.web;

import java.time.Duration;

/**
 * What makes a page slow.
 */
final class Pause {

	static final Duration LENGTH = Duration.ofMillis(300);

	private Pause() {
	}

	static void pause() {
		try {
			Thread.sleep(LENGTH.toMillis());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
