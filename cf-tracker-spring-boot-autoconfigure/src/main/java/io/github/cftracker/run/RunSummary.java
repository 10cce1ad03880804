package io.github.cftracker.run;

import java.util.List;

import io.github.cftracker.Run;
import io.github.cftracker.Selection;

/**
 * Run in a list of runs, with only the beginning of its selection.
 *
 * @param run the run with at most {@value #MAX_VALUES} values and about
 * {@value #MAX_LENGTH} characters of its selection
 * @param values number of values in its whole selection
 */
public record RunSummary(Run run, int values) {

	/**
	 * Maximum number of values that are kept.
	 */
	public static final int MAX_VALUES = 100;

	/**
	 * Maximum number of characters that are kept, unless the first value is longer.
	 */
	public static final int MAX_LENGTH = 10_000;

	/**
	 * Summarize a run.
	 * @param run the run with its whole selection
	 * @return the summary
	 */
	public static RunSummary of(Run run) {
		Selection beginning = beginning(run.selection());
		Run summary = (beginning.size() == run.selection().size()) ? run : run.withSelection(beginning);
		return new RunSummary(summary, run.selection().size());
	}

	/**
	 * Return whether values are missing.
	 * @return whether the selection has more values than the run shows
	 */
	public boolean isShortened() {
		return this.values > this.run.selection().size();
	}

	/**
	 * Return the beginning of a selection.
	 * @param selection the selection
	 * @return the same selection, or its beginning with at least one value
	 */
	public static Selection beginning(Selection selection) {
		Limit limit = new Limit();
		List<String> paths = limit.take(selection.paths());
		List<String> matching = limit.take(selection.matching());
		List<String> routes = limit.take(selection.routes());
		List<String> tags = limit.take(selection.tags());
		return limit.isReached ? new Selection(paths, matching, routes, tags) : selection;
	}

	private static final class Limit {

		private int values;

		private int length;

		private boolean isReached;

		List<String> take(List<String> all) {
			int taken = 0;
			while (taken < all.size() && take(all.get(taken))) {
				taken++;
			}
			return all.subList(0, taken);
		}

		private boolean take(String value) {
			this.length += value.length() + 1;
			this.isReached |= this.values == MAX_VALUES || (this.values > 0 && this.length > MAX_LENGTH);
			this.values += this.isReached ? 0 : 1;
			return !this.isReached;
		}

	}

}
