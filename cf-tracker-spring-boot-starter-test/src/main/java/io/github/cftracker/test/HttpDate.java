package io.github.cftracker.test;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Reads the dates of HTTP headers, strictly by RFC 9110, or any date that can be found.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7">RFC 9110, 5.6.7</a>
 */
final class HttpDate {

	private static final String TIME = "(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)";

	/**
	 * IMF-fixdate, RFC 850 and asctime.
	 */
	private static final List<Pattern> STRICT = Stream
		.of("(?<weekday>[A-Z][a-z]{2}), (?<day>\\d\\d) (?<month>[A-Z][a-z]{2}) (?<year>\\d{4}) " + TIME + " GMT",
				"(?<weekday>[A-Z][a-z]{5,8}), (?<day>\\d\\d)-(?<month>[A-Z][a-z]{2})-(?<year>\\d\\d) " + TIME + " GMT",
				"(?<weekday>[A-Z][a-z]{2}) (?<month>[A-Z][a-z]{2}) (?<day>[\\d ]\\d) " + TIME + " (?<year>\\d{4})")
		.map(Pattern::compile)
		.toList();

	private static final Pattern OFFSET = Pattern.compile("[+-]\\d\\d:?\\d\\d$");

	/**
	 * Day before month, month before day, and ISO 8601.
	 */
	private static final List<Pattern> LENIENT = Stream
		.of("\\b(?<day>\\d{1,2})[ -]+(?<month>[a-z]{3})[a-z]*[ ,-]+(?<year>\\d{4}|\\d\\d) +" + TIME,
				"\\b(?<month>[a-z]{3})[a-z]* +(?<day>\\d{1,2}),? +" + TIME + "[ a-z]* +(?<year>\\d{4})",
				"\\b(?<year>\\d{4})-(?<month>\\d\\d)-(?<day>\\d\\d)[t ]+" + TIME)
		.map((regex) -> Pattern.compile(regex, Pattern.CASE_INSENSITIVE))
		.toList();

	private HttpDate() {
	}

	/**
	 * Return the date if it has one of the three forms and its weekday is right.
	 */
	static @Nullable Instant parse(String text, Instant now) {
		for (Pattern form : STRICT) {
			Matcher matcher = form.matcher(text);
			if (matcher.matches()) {
				LocalDateTime date = date(matcher, now);
				return (date != null && isWeekday(matcher.group("weekday"), date)) ? date.toInstant(ZoneOffset.UTC)
						: null;
			}
		}
		return null;
	}

	/**
	 * Return the first date in the text, whatever its weekday and the name of its zone. A
	 * zone that is not a number counts as GMT.
	 */
	static @Nullable Instant find(String text, Instant now) {
		for (Pattern form : LENIENT) {
			Matcher matcher = form.matcher(text);
			if (matcher.find()) {
				LocalDateTime date = date(matcher, now);
				return (date != null) ? date.toInstant(offset(text.substring(matcher.end()))) : null;
			}
		}
		return null;
	}

	private static ZoneOffset offset(String text) {
		Matcher matcher = OFFSET.matcher(text.strip());
		try {
			return matcher.find() ? ZoneOffset.of(matcher.group()) : ZoneOffset.UTC;
		}
		catch (DateTimeException ex) {
			return ZoneOffset.UTC;
		}
	}

	private static @Nullable LocalDateTime date(Matcher matcher, Instant now) {
		Month month = month(matcher.group("month"));
		if (month == null) {
			return null;
		}
		try {
			String year = matcher.group("year");
			LocalDateTime date = LocalDateTime.of(Integer.parseInt(year), month, number(matcher, "day"),
					number(matcher, "hour"), number(matcher, "minute"), number(matcher, "second"));
			return (year.length() == 2) ? inCentury(date, now) : date;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static int number(Matcher matcher, String group) {
		return Integer.parseInt(Objects.requireNonNull(matcher.group(group)).strip());
	}

	/**
	 * The latest of the years with these two digits that is not more than 50 years ahead.
	 */
	private static LocalDateTime inCentury(LocalDateTime date, Instant now) {
		LocalDateTime latest = LocalDateTime.ofInstant(now, ZoneOffset.UTC).plusYears(50);
		LocalDateTime candidate = date.withYear(latest.getYear() / 100 * 100 + date.getYear());
		return candidate.isAfter(latest) ? candidate.minusYears(100) : candidate;
	}

	private static @Nullable Month month(String text) {
		for (Month month : Month.values()) {
			boolean named = month.getDisplayName(TextStyle.SHORT, Locale.US).equalsIgnoreCase(text);
			if (named || text.equals("%02d".formatted(month.getValue()))) {
				return month;
			}
		}
		return null;
	}

	private static boolean isWeekday(String text, LocalDateTime date) {
		DayOfWeek weekday = date.getDayOfWeek();
		return Stream.of(TextStyle.SHORT, TextStyle.FULL)
			.anyMatch((style) -> weekday.getDisplayName(style, Locale.US).equals(text));
	}

}
