package io.github.cftracker.run;

import java.time.Duration;
import java.time.Instant;

import io.github.cftracker.run.InvalidationException.Kind;

/**
 * Attempts of one batch on this node, and the time of the next one. Waits for other
 * invalidations to complete are counted separately, because they are much longer than
 * other waits.
 */
final class Attempts {

	/**
	 * Number of refusals for size or rate before a batch is made smaller.
	 */
	private static final int BEFORE_SHRINKING = 3;

	private final RunSettings settings;

	private int busy;

	private int others;

	private int refusedForSize;

	private Instant due = Instant.MIN;

	Attempts(RunSettings settings) {
		this.settings = settings;
	}

	/**
	 * Return how long to wait after an answer: the backoff, or the time that the answer
	 * requests if that is longer, up to the maximum backoff.
	 */
	Duration waitAfter(InvalidationException answer) {
		boolean isBusy = answer.kind() == Kind.BUSY;
		Backoff backoff = isBusy ? this.settings.busy() : this.settings.retry();
		Duration wait = backoff.afterAttempt(isBusy ? ++this.busy : ++this.others);
		Duration asked = answer.retryAfter();
		if (asked == null || asked.compareTo(wait) <= 0) {
			return wait;
		}
		return (asked.compareTo(backoff.max()) < 0) ? asked : backoff.max();
	}

	/**
	 * Count a refusal for size or rate that came while none of our batches was in
	 * progress.
	 * @return whether the batch has to become smaller
	 */
	boolean isTooLarge() {
		this.refusedForSize++;
		return this.refusedForSize >= BEFORE_SHRINKING;
	}

	void dueAt(Instant time) {
		this.due = time;
	}

	Instant due() {
		return this.due;
	}

	boolean isFirst() {
		return this.due.equals(Instant.MIN);
	}

}
