package io.github.cftracker.test;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of the origin's answer.
 */
record StatusLine(boolean isHttp11, int code) {

	static final int MAX = 16_384;

	private static final Pattern PATTERN = Pattern.compile("HTTP/1\\.(\\d) ([1-9]\\d\\d)( .*)?");

	static StatusLine parse(String line) throws BadMessageException {
		Matcher matcher = PATTERN.matcher(line);
		if (!matcher.matches()) {
			throw new BadMessageException(502, "Invalid HTTP/1.1 status line '%s'".formatted(line));
		}
		return new StatusLine(!matcher.group(1).equals("0"), Integer.parseInt(matcher.group(2)));
	}

	/**
	 * Whether another status line follows.
	 */
	boolean isInterim() {
		return this.code < 200;
	}

}
