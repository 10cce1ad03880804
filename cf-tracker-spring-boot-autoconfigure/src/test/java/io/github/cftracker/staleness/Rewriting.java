package io.github.cftracker.staleness;

import java.util.Locale;

/**
 * What an edge function does with a path.
 */
enum Rewriting {

	/**
	 * There is no function.
	 */
	NONE {

		@Override
		String rewrite(String path) {
			return path;
		}

	},

	/**
	 * There is a function, and it leaves paths as they are.
	 */
	NOTHING {

		@Override
		String rewrite(String path) {
			return path;
		}

	},

	STRIP_FOLDER {

		@Override
		String rewrite(String path) {
			int slash = path.indexOf('/', 1);
			return (slash != -1) ? path.substring(slash) : path;
		}

	},

	ADD_FOLDER {

		@Override
		String rewrite(String path) {
			return "/v2" + path;
		}

	},

	MOVE_TO_MEDIA {

		@Override
		String rewrite(String path) {
			return path.startsWith("/blog/") ? "/media" + path.substring(5) : path;
		}

	},

	ADD_INDEX {

		@Override
		String rewrite(String path) {
			return path.endsWith("/") ? path + "index.html" : path;
		}

	},

	LOWER_CASE {

		@Override
		String rewrite(String path) {
			return path.contains("%") ? path : path.toLowerCase(Locale.ROOT);
		}

	};

	abstract String rewrite(String path);

}
