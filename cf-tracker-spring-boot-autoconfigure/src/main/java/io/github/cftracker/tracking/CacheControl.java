package io.github.cftracker.tracking;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The directives of a {@code Cache-Control} header that CloudFront goes by.
 *
 * @param forbidden whether {@code no-store}, {@code private} or {@code no-cache} keep it
 * from caching. Not so for {@code private="field"} and the like: they are about a header,
 * and a page that is cached after all must be invalidated
 * @param sharedMaxAge seconds of {@code s-maxage}, {@code -1} if absent or no number
 * @param maxAge seconds of {@code max-age}, {@code -1} if absent or no number
 * @param stale seconds after that during which CloudFront may serve the object stale: the
 * longer of {@code stale-while-revalidate} and {@code stale-if-error}, zero if absent
 */
record CacheControl(boolean forbidden, long sharedMaxAge, long maxAge, long stale) {

	static final CacheControl NONE = new CacheControl(false, -1, -1, 0);

	private static final int MAX_KNOWN = 1000;

	// Few applications have more than a handful of values
	private static final Map<String, CacheControl> KNOWN = new ConcurrentHashMap<>();

	static CacheControl of(@Nullable String header) {
		if (header == null) {
			return NONE;
		}
		CacheControl known = KNOWN.get(header);
		if (known == null) {
			known = parse(header);
			if (KNOWN.size() < MAX_KNOWN) {
				KNOWN.put(header, known);
			}
		}
		return known;
	}

	private static CacheControl parse(String header) {
		boolean forbidden = false;
		long sharedMaxAge = -1;
		long maxAge = -1;
		long stale = 0;
		int start = 0;
		while (start < header.length()) {
			int end = endOfDirective(header, start);
			String directive = header.substring(start, end).trim().toLowerCase(Locale.ROOT);
			switch (directive) {
				case "no-store", "private", "no-cache" -> forbidden = true;
				default -> {
					sharedMaxAge = (sharedMaxAge != -1) ? sharedMaxAge : seconds(directive, "s-maxage");
					maxAge = (maxAge != -1) ? maxAge : seconds(directive, "max-age");
					stale = Math.max(stale, Math.max(seconds(directive, "stale-while-revalidate"),
							seconds(directive, "stale-if-error")));
				}
			}
			start = end + 1;
		}
		return new CacheControl(forbidden, sharedMaxAge, maxAge, stale);
	}

	/**
	 * The seconds that CloudFront goes by: those of {@code s-maxage}, else of
	 * {@code max-age}.
	 * @return the seconds, {@code -1} if neither is there
	 */
	long age() {
		return (this.sharedMaxAge != -1) ? this.sharedMaxAge : this.maxAge;
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

	private static long seconds(String directive, String name) {
		int equals = directive.indexOf('=');
		if (equals == -1 || !directive.substring(0, equals).stripTrailing().equals(name)) {
			return -1;
		}
		String value = directive.substring(equals + 1).replace("\"", "").trim();
		if (value.isEmpty() || !value.chars().allMatch((c) -> c >= '0' && c <= '9')) {
			return -1;
		}
		// RFC 9111, 1.2.2: a number too large to hold stands for 2^31 or more
		return (value.length() > 10) ? Integer.MAX_VALUE : Math.min(Long.parseLong(value), Integer.MAX_VALUE);
	}

}
