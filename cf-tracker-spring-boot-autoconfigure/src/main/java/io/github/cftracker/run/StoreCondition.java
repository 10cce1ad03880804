package io.github.cftracker.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an inspection of the store's server has seen.
 *
 * @param details what the server is, without addresses or names of users
 * @param warnings a sentence for each thing that puts at risk what is tracked: what it
 * is, what it means and what to set. It stays the same, to the letter, while nothing
 * changes
 * @param unknown warnings of which it is unknown whether they apply, with any numbers
 */
public record StoreCondition(Map<String, Object> details, List<String> warnings, List<String> unknown) {

	/**
	 * The detail that is present if the server did not answer.
	 */
	public static final String ERROR = "error";

	public StoreCondition {
		details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
		warnings = List.copyOf(warnings);
		unknown = List.copyOf(unknown);
	}

	public StoreCondition(Map<String, Object> details, List<String> warnings) {
		this(details, warnings, List.of());
	}

	/**
	 * Return whether the server has answered. Otherwise no warning means nothing.
	 */
	boolean isKnown() {
		return !this.details.containsKey(ERROR);
	}

}
