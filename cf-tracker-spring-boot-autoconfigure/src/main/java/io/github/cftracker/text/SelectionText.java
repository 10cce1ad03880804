package io.github.cftracker.text;

import java.util.List;
import java.util.StringJoiner;

import io.github.cftracker.Selection;

/**
 * Selections as they are logged, so that an operator can request them again.
 */
public final class SelectionText {

	private static final int MAX_VALUES = 1_000;

	private SelectionText() {
	}

	/**
	 * Describe a selection.
	 * @param selection the selection
	 * @return its fields with at most the first {@value #MAX_VALUES} values of each
	 */
	public static String of(Selection selection) {
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
