package io.github.cftracker.transaction;

import java.util.List;
import java.util.Locale;

import io.github.cftracker.InvalidationRequest;

/**
 * Attribute of the annotation that holds templates.
 */
enum SelectionField {

	PATHS, MATCHING, ROUTES, TAGS;

	String attribute() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the attribute as it is written in the source.
	 */
	String annotation() {
		return "@InvalidatesCloudFront(%s)".formatted(attribute());
	}

	/**
	 * Create a request for one value.
	 * @throws io.github.cftracker.InvalidRequestException if the value is invalid
	 */
	InvalidationRequest request(String value) {
		InvalidationRequest.Builder request = InvalidationRequest.builder();
		List<String> values = List.of(value);
		return switch (this) {
			case PATHS -> request.paths(values).build();
			case MATCHING -> request.matching(values).build();
			case ROUTES -> request.routes(values).build();
			case TAGS -> request.tags(values).build();
		};
	}

}
