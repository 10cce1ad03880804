package io.github.cftracker.run;

import java.util.function.Predicate;

import io.github.cftracker.InvalidRequestException;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.distribution.Distribution;

/**
 * Meaning of selections: which ones can be carried out, and which tracked paths they
 * select.
 */
public final class Selections {

	private final UrlStore store;

	private final PathPatterns patterns;

	private final CurrentDistribution distribution;

	private final SelectionHints hints;

	/**
	 * Create the meaning of selections.
	 * @param store the store of the tracked paths
	 * @param patterns the syntax of the patterns in a selection
	 * @param distribution the distribution
	 * @param hints log what is most likely a mistake
	 */
	public Selections(UrlStore store, PathPatterns patterns, CurrentDistribution distribution, SelectionHints hints) {
		this.store = store;
		this.patterns = patterns;
		this.distribution = distribution;
		this.hints = hints;
	}

	/**
	 * Check whether a selection can be carried out, and log hints about it.
	 * @param selection the selection
	 * @return the selection with routes as they are tracked
	 * @throws InvalidRequestException if a pattern is malformed, or the store does not
	 * keep the selected property of paths
	 */
	public Selection check(Selection selection) {
		selection.selector(this.patterns);
		if (!this.store.keepsRoutesAndTags()) {
			String problem = "'%s' cannot be selected, because the store '%s' does not support routes and tags";
			if (!selection.routes().isEmpty()) {
				throw new InvalidRequestException("routes",
						problem.formatted(String.join(" ", selection.routes()), this.store.name()));
			}
			if (!selection.tags().isEmpty() && !this.distribution.knowsTags()) {
				throw new InvalidRequestException("tags",
						problem.formatted(String.join(" ", selection.tags()), this.store.name()));
			}
		}
		this.hints.log(null, selection);
		return this.hints.normalize(selection);
	}

	/**
	 * Return the selection of the tracked paths that belong to a run. If one path of the
	 * default root object is selected, the other one is added, because CloudFront may
	 * have cached the object under either.
	 * @param selection the selection of the run
	 */
	Selection claimed(Selection selection) {
		if (selection.paths().stream().noneMatch(RootObject::mayBe)) {
			return selection;
		}
		Distribution distribution = this.distribution.safety().distribution();
		return (distribution != null) ? new RootObject(distribution.defaultRootObject()).completed(selection)
				: selection;
	}

	/**
	 * Return the condition for the tracked paths that belong to a run.
	 * @param selection the selection of the run
	 */
	Predicate<TrackedPath> selector(Selection selection) {
		return claimed(selection).selector(this.patterns);
	}

}
