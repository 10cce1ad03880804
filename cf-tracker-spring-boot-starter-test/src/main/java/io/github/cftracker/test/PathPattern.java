package io.github.cftracker.test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * The path pattern of a cache behavior.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html">Cache
 * behavior settings</a>
 */
final class PathPattern {

	private final String value;

	private final Pattern pattern;

	PathPattern(String value) {
		if (value.isEmpty()) {
			throw new IllegalArgumentException("The path pattern '' is empty, use for example '/api/*'");
		}
		this.value = value;
		StringBuilder regex = new StringBuilder(value.startsWith("/") ? "" : "/");
		value.chars().forEach((c) -> regex.append(switch (c) {
			case '*' -> ".*";
			case '?' -> ".";
			default -> Pattern.quote(Character.toString(c));
		}));
		this.pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
	}

	/**
	 * As it was set.
	 */
	String value() {
		return this.value;
	}

	boolean matches(String normalisedPath) {
		return this.pattern.matcher(normalisedPath).matches();
	}

	/**
	 * The path that patterns are compared with (RFC 3986, 5.2.4), several slashes taken
	 * as one.
	 */
	static String normalise(String path) {
		if (!path.contains("//") && !path.contains("/.")) {
			return path;
		}
		Deque<String> segments = new ArrayDeque<>();
		String[] all = path.split("/+", -1);
		for (String segment : all) {
			if (segment.equals("..")) {
				segments.pollLast();
			}
			else if (!segment.isEmpty() && !segment.equals(".")) {
				segments.add(segment);
			}
		}
		String last = all[all.length - 1];
		boolean directory = last.isEmpty() || last.equals(".") || last.equals("..");
		return "/" + String.join("/", segments) + ((directory && !segments.isEmpty()) ? "/" : "");
	}

}
