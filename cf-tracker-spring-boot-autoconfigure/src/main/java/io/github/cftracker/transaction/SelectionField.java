package io.github.cftracker.transaction;

import java.util.Collection;

import io.github.cftracker.InvalidationRequest;

/**
 * The fields of a request that an annotation names.
 */
enum SelectionField {

	PATHS("paths") {

		@Override
		void add(InvalidationRequest.Builder request, Collection<String> values) {
			request.paths(values);
		}

	},

	MATCHING("matching") {

		@Override
		void add(InvalidationRequest.Builder request, Collection<String> values) {
			request.matching(values);
		}

	},

	ROUTES("routes") {

		@Override
		void add(InvalidationRequest.Builder request, Collection<String> values) {
			request.routes(values);
		}

	},

	TAGS("tags") {

		@Override
		void add(InvalidationRequest.Builder request, Collection<String> values) {
			request.tags(values);
		}

	};

	private final String attribute;

	SelectionField(String attribute) {
		this.attribute = attribute;
	}

	/**
	 * The attribute of the annotation.
	 */
	String attribute() {
		return this.attribute;
	}

	abstract void add(InvalidationRequest.Builder request, Collection<String> values);

}
