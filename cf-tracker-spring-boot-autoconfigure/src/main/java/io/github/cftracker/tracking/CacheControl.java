package io.github.cftracker.tracking;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Directives of a {@code Cache-Control} header that CloudFront respects.
 * <p>
 * Whether CloudFront ignores a directive that is malformed, or uses the number in it, is
 * not documented. The same applies to directives that are repeated. The longest lifetime
 * that any reading gives is the one for which an object may be cached.
 *
 * @param forbidden whether {@code no-store}, {@code private} or {@code no-cache} keep it
 * from caching. Not so for {@code private="field"} and the like: they are about a header,
 * and a page that is cached after all must be invalidated
 * @param age most seconds that a reading of {@code s-maxage}, else {@code max-age} gives,
 * {@code -1} if there is no number
 * @param certain whether every reading finds a number, so that neither {@code Expires}
 * nor a default applies
 * @param stale seconds after that during which CloudFront may serve the object stale: the
 * longer of {@code stale-while-revalidate} and {@code stale-if-error}, zero if absent
 */
record CacheControl(boolean forbidden, long age, boolean certain, long stale) {

	static final CacheControl NONE = new CacheControl(false, -1, false, 0);

	private static final int MAX_KNOWN = 1000;

	// What may stand between a name and its number
	private static final String BETWEEN = " \t=:\"'+";

	// Few applications have more than a handful of values
	private static final Map<String, Known> KNOWN = new ConcurrentHashMap<>();

	static CacheControl of(@Nullable String header) {
		return known(header).directives();
	}

	static Known known(@Nullable String header) {
		if (header == null) {
			return Known.NOTHING;
		}
		Known known = KNOWN.get(header);
		if (known == null) {
			known = Known.of(header.toLowerCase(Locale.ROOT));
			if (KNOWN.size() < MAX_KNOWN) {
				KNOWN.put(header, known);
			}
		}
		return known;
	}

	private static CacheControl parse(String header) {
		boolean forbidden = false;
		boolean shared = false;
		boolean certain = false;
		int start = 0;
		while (start < header.length()) {
			int end = endOfDirective(header, start);
			String directive = header.substring(start, end).trim();
			switch (directive) {
				case "no-store", "private", "no-cache" -> forbidden = true;
				default -> {
					shared |= isSeconds(directive, "s-maxage=");
					certain |= isSeconds(directive, "max-age=");
				}
			}
			start = end + 1;
		}
		long age = most(header, "s-maxage");
		if (!shared) {
			age = Math.max(age, most(header, "max-age"));
		}
		long stale = Math.max(most(header, "stale-while-revalidate"), most(header, "stale-if-error"));
		return new CacheControl(forbidden, age, shared || certain, Math.max(stale, 0));
	}

	private static int endOfDirective(String header, int start) {
		boolean quoted = false;
		for (int i = start; i < header.length(); i++) {
			char c = header.charAt(i);
			if (c == '"') {
				quoted = !quoted;
			}
			else if (c == ',' && !quoted) {
				return i;
			}
		}
		return header.length();
	}

	private static boolean isSeconds(String directive, String name) {
		return directive.startsWith(name) && directive.length() > name.length()
				&& endOfDigits(directive, name.length()) == directive.length();
	}

	/**
	 * Return the largest number that follows a name anywhere, {@code -1} if there is
	 * none.
	 */
	private static long most(String header, String name) {
		long most = -1;
		for (int at = header.indexOf(name); at != -1; at = header.indexOf(name, at + name.length())) {
			if (at == 0 || !isPartOfName(header.charAt(at - 1))) {
				most = Math.max(most, secondsAfter(header, at + name.length()));
			}
		}
		return most;
	}

	private static boolean isPartOfName(char c) {
		return c == '-' || c == '_' || Character.isLetterOrDigit(c);
	}

	private static long secondsAfter(String header, int nameEnd) {
		int start = nameEnd;
		while (start < header.length() && BETWEEN.indexOf(header.charAt(start)) != -1) {
			start++;
		}
		int end = endOfDigits(header, start);
		if (start == nameEnd || end == start) {
			return -1;
		}
		// RFC 9111, 1.2.2: a number that is too large means 2^31 or more
		return (end - start > 10) ? Integer.MAX_VALUE
				: Math.min(Long.parseLong(header.substring(start, end)), Integer.MAX_VALUE);
	}

	private static int endOfDigits(String text, int start) {
		int end = start;
		while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
			end++;
		}
		return end;
	}

	/**
	 * What is known about a header.
	 *
	 * @param directives the directives that CloudFront respects
	 * @param browserAge most seconds for which a browser may keep a response, {@code -1}
	 * if there is no number. It ignores {@code s-maxage}
	 * @param immutable whether the content never changes
	 */
	record Known(CacheControl directives, long browserAge, boolean immutable) {

		static final Known NOTHING = new Known(NONE, -1, false);

		static Known of(String header) {
			return new Known(parse(header), most(header, "max-age"), header.contains("immutable"));
		}

	}

}
