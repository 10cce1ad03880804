package io.github.cftracker.run;

import io.github.cftracker.Run.Batch;

/**
 * Size that CloudFront has accepted in one call after it refused larger batches.
 *
 * @param items maximum number of items that are not wildcards
 * @param wildcards maximum number of wildcards
 */
public record BatchLimit(int items, int wildcards) {

	/**
	 * No limit is known.
	 */
	public static final BatchLimit NONE = new BatchLimit(Integer.MAX_VALUE, Integer.MAX_VALUE);

	boolean isExceededBy(Batch batch) {
		return batch.items() - batch.wildcards() > this.items || batch.wildcards() > this.wildcards;
	}

	/**
	 * Lower the limit to a batch that was accepted. A kind of items that it does not have
	 * keeps its limit.
	 */
	BatchLimit loweredTo(Batch accepted) {
		int exact = accepted.items() - accepted.wildcards();
		return new BatchLimit((exact > 0) ? Math.min(this.items, exact) : this.items,
				(accepted.wildcards() > 0) ? Math.min(this.wildcards, accepted.wildcards()) : this.wildcards);
	}

}
