package io.github.cftracker.run;

import java.util.ArrayList;
import java.util.List;

import io.github.cftracker.Selection;

/**
 * Default root object, which CloudFront requests when a viewer requests {@code /}. Under
 * which of the two paths it is cached is not documented.
 *
 * @param name the name without a slash, empty if there is no default root object
 */
record RootObject(String name) {

	/**
	 * Return whether a path may be the path of a default root object.
	 */
	static boolean mayBe(String path) {
		return bare(path).lastIndexOf('/') == 0;
	}

	/**
	 * Add the other path of the root object to a selection that has one of them.
	 */
	Selection completed(Selection selection) {
		if (this.name.isEmpty()) {
			return selection;
		}
		List<String> paths = new ArrayList<>(selection.paths());
		for (String path : selection.exactPaths()) {
			String bare = bare(path);
			String query = path.substring(bare.length());
			if (bare.equals("/")) {
				paths.add("/" + this.name + query);
			}
			else if (bare.equals("/" + this.name)) {
				paths.add("/" + query);
			}
		}
		return new Selection(paths, selection.matching(), selection.routes(), selection.tags());
	}

	private static String bare(String path) {
		int question = path.indexOf('?');
		return (question != -1) ? path.substring(0, question) : path;
	}

}
