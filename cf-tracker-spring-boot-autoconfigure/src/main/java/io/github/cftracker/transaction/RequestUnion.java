package io.github.cftracker.transaction;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Selection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Union of requests. With too many values it becomes everything, which is never too
 * little.
 */
final class RequestUnion {

	private static final Logger logger = LoggerFactory.getLogger(RequestUnion.class);

	private final int limit;

	private final Set<InvalidationRequest> requests = new LinkedHashSet<>();

	private int values;

	/**
	 * Create an empty union.
	 * @param limit maximum number of values, at most
	 * {@link InvalidationRequest#MAX_VALUES}
	 */
	RequestUnion(int limit) {
		this.limit = limit;
	}

	void add(InvalidationRequest request) {
		if (this.requests.add(request)) {
			this.values += request.selection().size();
			// Not at the limit itself, so that not every further request folds
			if (this.values > 2 * this.limit) {
				fold();
			}
		}
	}

	void addAll(RequestUnion others) {
		others.requests.forEach(this::add);
	}

	boolean isEmpty() {
		return this.requests.isEmpty();
	}

	@Nullable InvalidationRequest toRequest() {
		return isEmpty() ? null : fold();
	}

	private InvalidationRequest fold() {
		Selection selection = fold(this.requests.stream().map(InvalidationRequest::selection).toList());
		if (selection.size() > this.limit) {
			logger.warn("Requests for more than {} paths, patterns, routes and tags were merged: "
					+ "everything is invalidated instead", this.limit);
			selection = Selection.ofEverything();
		}
		InvalidationRequest first = this.requests.iterator().next();
		InvalidationRequest union = new InvalidationRequest(selection, first.trigger(), first.requestedBy(), null);
		this.requests.clear();
		this.requests.add(union);
		this.values = selection.size();
		return union;
	}

	/**
	 * Fold selections by halves. One after the other would copy all values for each
	 * request.
	 */
	private static Selection fold(List<Selection> selections) {
		int half = selections.size() / 2;
		return (half == 0) ? selections.get(0)
				: fold(selections.subList(0, half)).and(fold(selections.subList(half, selections.size())));
	}

}
