package io.github.cftracker.staleness;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What random viewers request: a few pages again and again.
 */
final class RandomRequests {

	private static final List<String> FOLDERS = List.of("/", "/shop/", "/api/", "/media/", "/blog/", "/account/",
			"/shop/new/", "/p/", "/v2/", "/Blog/Posts/", "/shop//");

	private static final List<String> NAMES = List.of("a", "b", "cart", "7", "new", "index.html", "page.html",
			"logo.png", "%C3%A9", "%c3%a9", "a%20b", "A", "a;v=1", "(1)", "a|b", "x~y", "", "", "a*b");

	private static final List<String> RARE_NAMES = List.of("~", "a*", "%7Eb");

	private static final List<String> QUERIES = List.of("", "", "", "?a=1", "?b=2&a=1", "?a=1&b=2", "?utm=x&a=1", "?a=",
			"?", "?a=1&a=2", "?q=x~", "?utm=y", "?c=%C3%A9", "?x=a|b");

	private RandomRequests() {
	}

	static List<String> targets(Random random) {
		List<String> targets = new ArrayList<>(List.of("/"));
		for (int i = 0; i < 16; i++) {
			List<String> names = Choice.in(random, 8) ? RARE_NAMES : NAMES;
			String path = Choice.of(random, FOLDERS) + Choice.of(random, names);
			targets.add(path + Choice.of(random, QUERIES));
			if (Choice.in(random, 50)) {
				targets.add(path + Choice.of(random, QUERIES));
			}
		}
		return targets;
	}

	static String path(String target) {
		int question = target.indexOf('?');
		return (question != -1) ? target.substring(0, question) : target;
	}

	static String query(String target) {
		return target.substring(path(target).length());
	}

}
