package io.github.cftracker.run;

import java.time.Duration;

import io.github.cftracker.run.InvalidationException.Kind;

/**
 * How long to wait between the attempts of one batch. What CloudFront is busy with counts
 * apart from everything else, because its waits are much longer.
 */
final class RetryWaits {

	private final InvalidationSettings settings;

	private int busy;

	private int others;

	private boolean first = true;

	RetryWaits(InvalidationSettings settings) {
		this.settings = settings;
	}

	/**
	 * Whether nothing was tried before. True once.
	 */
	boolean isFirst() {
		boolean isFirst = this.first;
		this.first = false;
		return isFirst;
	}

	Duration next(Kind kind) {
		return (kind == Kind.BUSY) ? this.settings.busy().afterAttempt(++this.busy)
				: this.settings.retry().afterAttempt(++this.others);
	}

}
