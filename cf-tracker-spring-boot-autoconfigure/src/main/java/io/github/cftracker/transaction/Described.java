package io.github.cftracker.transaction;

import java.util.List;
import java.util.StringJoiner;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Selection;

/**
 * Writes requests for the log, so that an operator can ask for them again.
 */
final class Described {

	private static final int MAX_VALUES = 1_000;

	private Described() {
	}

	static String of(InvalidationRequest request) {
		Selection selection = request.selection();
		if (selection.isEverything()) {
			return "everything";
		}
		StringJoiner fields = new StringJoiner(", ");
		add(fields, "paths", selection.paths());
		add(fields, "matching", selection.matching());
		add(fields, "routes", selection.routes());
		add(fields, "tags", selection.tags());
		return fields.toString();
	}

	private static void add(StringJoiner fields, String name, List<String> values) {
		if (values.size() > MAX_VALUES) {
			fields.add("%s %s and %,d more".formatted(name, values.subList(0, MAX_VALUES), values.size() - MAX_VALUES));
		}
		else if (!values.isEmpty()) {
			fields.add(name + " " + values);
		}
	}

}
