package io.github.cftracker.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Result of an inspection of the store's server.
 *
 * @param details description of the server, without addresses or user names
 * @param warnings sentences, one for each risk to the tracked paths, with the consequence
 * and the fix. The wording does not change while the condition does not change
 * @param unknown warnings that may or may not apply, with any numbers
 */
public record StoreCondition(Map<String, Object> details, List<String> warnings, List<String> unknown) {

	/**
	 * Name of the detail that is present if the server did not answer.
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
	 * Return whether the server has answered. Otherwise missing warnings have no meaning.
	 */
	boolean isKnown() {
		return !this.details.containsKey(ERROR);
	}

}
