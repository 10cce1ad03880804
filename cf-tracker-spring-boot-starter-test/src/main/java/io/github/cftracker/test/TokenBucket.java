package io.github.cftracker.test;

import java.time.Duration;
import java.time.Instant;

/**
 * Holds one second's worth of tokens. A full one lets more than that pass and is in debt
 * until it has filled up again.
 */
final class TokenBucket {

	private final long perSecond;

	/**
	 * Tells the level too: what is missing is the time until then.
	 */
	private Instant fullAt = Instant.MIN;

	TokenBucket(long perSecond) {
		this.perSecond = perSecond;
	}

	boolean allows(long tokens, Instant now) {
		return tokens == 0 || !this.fullAt.isAfter(now)
				|| !this.fullAt.plus(timeToFill(tokens)).isAfter(now.plusSeconds(1));
	}

	void take(long tokens, Instant now) {
		this.fullAt = (this.fullAt.isAfter(now) ? this.fullAt : now).plus(timeToFill(tokens));
	}

	private Duration timeToFill(long tokens) {
		return Duration.ofSeconds(tokens).dividedBy(this.perSecond);
	}

}
