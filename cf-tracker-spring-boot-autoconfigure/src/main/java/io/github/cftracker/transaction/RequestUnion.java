package io.github.cftracker.transaction;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Selection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds requests into one. Beyond so many values it becomes everything, which is never
 * too little.
 */
final class RequestUnion {

	private static final Logger logger = LoggerFactory.getLogger(RequestUnion.class);

	private final int limit;

	private final Set<InvalidationRequest> requests = new LinkedHashSet<>();

	private int values;

	RequestUnion(int limit) {
		this.limit = limit;
	}

	void add(InvalidationRequest request) {
		if (this.requests.add(request)) {
			this.values += size(request);
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
		InvalidationRequest union = fold(new ArrayList<>(this.requests));
		if (size(union) > this.limit) {
			logger.warn("Requests for more than {} paths, patterns, routes and tags were merged: "
					+ "everything is invalidated instead", this.limit);
			union = InvalidationRequest.ofEverything();
		}
		this.requests.clear();
		this.requests.add(union);
		this.values = size(union);
		return union;
	}

	/**
	 * Folds by halves: one after the other would copy all values for each request.
	 */
	private static InvalidationRequest fold(List<InvalidationRequest> requests) {
		int half = requests.size() / 2;
		return (half == 0) ? requests.get(0)
				: fold(requests.subList(0, half)).and(fold(requests.subList(half, requests.size())));
	}

	private static int size(InvalidationRequest request) {
		Selection selection = request.selection();
		return selection.paths().size() + selection.matching().size() + selection.routes().size()
				+ selection.tags().size();
	}

}
