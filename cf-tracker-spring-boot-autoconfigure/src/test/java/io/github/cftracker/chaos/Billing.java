package io.github.cftracker.chaos;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.cftracker.test.Invalidation;

/**
 * An item of a batch, as it was billed.
 *
 * @param item the item
 * @param run the run
 * @param late whether the batch followed the run
 * @param resent whether the batch replaced one whose outcome was unknown
 * @param at when it was billed
 */
record Billing(String item, String run, boolean late, boolean resent, Instant at) {

	private static final Pattern REFERENCE = Pattern
		.compile("cf-tracker-(?<run>[0-9a-f-]{36})(-[0-9a-f]{8})?-(?<late>late-)?\\d+(?<derived>(\\.[01r])*)");

	/**
	 * The first item of a batch, for {@link #withItem(String)}.
	 */
	static Optional<Billing> of(Invalidation invalidation) {
		Matcher matcher = REFERENCE.matcher(invalidation.callerReference());
		return matcher.matches() ? Optional.of(new Billing("", matcher.group("run"), matcher.group("late") != null,
				matcher.group("derived").contains("r"), invalidation.createdAt())) : Optional.empty();
	}

	Billing withItem(String item) {
		return new Billing(item, this.run, this.late, this.resent, this.at);
	}

}
