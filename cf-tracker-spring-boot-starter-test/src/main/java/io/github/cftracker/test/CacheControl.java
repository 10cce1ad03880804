package io.github.cftracker.test;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The {@code Cache-Control} of a response. Leniently read, directives may be separated by
 * anything, and the first number behind the name of one is its value.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9111#section-5.2">RFC 9111, 5.2</a>
 */
record CacheControl(String value, boolean lenient) {

	static CacheControl of(OriginResponse response, boolean lenient) {
		String value = response.header("Cache-Control");
		return new CacheControl((value != null) ? value : "", lenient);
	}

	boolean forbidsCaching() {
		return Stream.of("no-store", "no-cache", "private").anyMatch((name) -> directive(name) != null);
	}

	/**
	 * The time of {@code s-maxage}, else that of {@code max-age}, else {@code null}.
	 */
	@Nullable Duration maxAge() {
		Duration shared = seconds("s-maxage");
		return (shared != null) ? shared : seconds("max-age");
	}

	private @Nullable Duration seconds(String name) {
		String number = directive(name);
		if (number == null || !number.matches("-?\\d+")) {
			return null;
		}
		if (number.startsWith("-")) {
			return this.lenient ? Duration.ZERO : null;
		}
		// RFC 9111, 1.2.2: a number that is too great is the greatest there is
		return Duration.ofSeconds((number.length() <= 18) ? Long.parseLong(number) : Integer.MAX_VALUE);
	}

	/**
	 * The value of a directive, empty where it has none, or {@code null} where the
	 * directive is missing.
	 */
	private @Nullable String directive(String name) {
		return this.lenient ? find(name) : parse(name);
	}

	private @Nullable String parse(String name) {
		for (String directive : this.value.split(",", -1)) {
			String[] parts = directive.split("=", 2);
			if (parts[0].strip().toLowerCase(Locale.ROOT).equals(name)) {
				return (parts.length > 1) ? parts[1].strip().replace("\"", "") : "";
			}
		}
		return null;
	}

	private @Nullable String find(String name) {
		Matcher matcher = Pattern
			.compile("(?<![\\w-])" + name + "(?![\\w-])(?:[\\s=:\"']*(-?\\d+))?", Pattern.CASE_INSENSITIVE)
			.matcher(this.value);
		if (!matcher.find()) {
			return null;
		}
		String number = matcher.group(1);
		return (number != null) ? number : "";
	}

}
