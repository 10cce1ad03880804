package io.github.cftracker.run;

import java.util.ArrayList;
import java.util.List;

import io.github.cftracker.Selection;

/**
 * The default root object: CloudFront requests it where a viewer requests {@code /}, and
 * whether it is cached under the one path or the other is not documented.
 *
 * @param name its name without a slash, empty if there is none
 */
record RootObject(String name) {

	/**
	 * Return whether a path may be the root object's, whatever its name.
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
