package io.github.cftracker.tracking;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Dates of HTTP header fields, in the three formats of RFC 9110 and in others that a
 * cache may accept as well.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110.html#section-5.6.7">RFC 9110,
 * 5.6.7</a>
 */
final class HttpDate {

	private static final List<DateTimeFormatter> STANDARD = List.of(formatter("EEE, dd MMM uuuu HH:mm:ss 'GMT'"),
			formatter("EEEE, dd-MMM-uu HH:mm:ss 'GMT'"), formatter("EEE MMM ppd HH:mm:ss uuuu"));

	private static final int USUAL_LENGTH = "Wed, 21 Oct 2026 07:28:00 GMT".length();

	private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

	private static final String MONTH = "(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";

	private static final String TIME = "(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:\\.\\d+)?)?"
			+ "\\s*(?<zone>[a-z]*)\\s*(?<offset>[+-]\\d{2}:?\\d{2})?";

	private static final List<Pattern> FOUND = List.of(
			// Wed, 21 Oct 2026 07:28:00 GMT, and RFC 850
			pattern("(?<day>\\d{1,2})[\\s,-]*" + MONTH + "[\\s,-]*(?<year>\\d{4}|\\d{2})(?!\\d)(?:[\\s,]+" + TIME
					+ ")?"),
			// asctime, and Date.toString()
			pattern(MONTH + "\\s+(?<day>\\d{1,2})[\\s,]+" + TIME + "\\s+(?<year>\\d{4})"),
			// ISO 8601
			pattern("(?<year>\\d{4})-(?<month>0\\d|1[0-2])-(?<day>\\d{2})(?:[t\\s]+" + TIME + ")?"));

	private static final Set<String> UTC = Set.of("", "gmt", "utc", "ut", "z");

	private HttpDate() {
	}

	/**
	 * Return every time that a text may be read as. There is one for each date in it, and
	 * several if its time zone may be ignored or is unknown.
	 * @param text the value of a header field
	 * @param now the current time, which determines the century of a year of two digits
	 * @return the times in their order, none if the text holds no date
	 */
	static SortedSet<Instant> readings(String text, Instant now) {
		SortedSet<Instant> readings = new TreeSet<>();
		Instant usual = usual(text);
		if (usual != null) {
			readings.add(usual);
			return readings;
		}
		for (Pattern pattern : FOUND) {
			Matcher matcher = pattern.matcher(text);
			while (matcher.find()) {
				add(readings, matcher, now);
			}
		}
		return readings;
	}

	/**
	 * Return whether a text is a date in one of the formats of RFC 9110.
	 * @param text the value of a header field
	 * @param read the time that it was read as
	 * @return whether the time has this text in one of the formats
	 */
	static boolean isStandard(String text, Instant read) {
		return STANDARD.stream().anyMatch((format) -> format.format(read).equals(text));
	}

	/**
	 * Read a date in the format that nearly every date has, which the JDK reads four
	 * times as fast.
	 */
	private static @Nullable Instant usual(String text) {
		if (text.length() != USUAL_LENGTH || !text.endsWith(" GMT")) {
			return null;
		}
		try {
			return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static void add(SortedSet<Instant> readings, Matcher date, Instant now) {
		LocalDateTime local = local(date, now);
		readings.add(local.toInstant(ZoneOffset.UTC));
		String offset = date.group("offset");
		if (offset != null) {
			readings.add(local.minusMinutes(minutes(offset)).toInstant(ZoneOffset.UTC));
		}
		else if (!UTC.contains(text(date, "zone").toLowerCase(Locale.ROOT))) {
			readings.add(local.plusHours(12).toInstant(ZoneOffset.UTC));
			readings.add(local.minusHours(14).toInstant(ZoneOffset.UTC));
		}
	}

	/**
	 * Return the date in UTC. A year of two digits is the last one that is at most 50
	 * years ahead.
	 */
	private static LocalDateTime local(Matcher date, Instant now) {
		int year = number(date, "year");
		if (text(date, "year").length() == 4) {
			return local(date, year);
		}
		LocalDateTime today = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
		int century = today.getYear() / 100 * 100 + 100;
		while (local(date, century + year).isAfter(today.plusYears(50))) {
			century -= 100;
		}
		return local(date, century + year);
	}

	private static LocalDateTime local(Matcher date, int year) {
		// Leap seconds, and days that the month does not have, count on
		return LocalDate.of(year, month(date), 1)
			.atStartOfDay()
			.plusDays(number(date, "day") - 1L)
			.plusHours(number(date, "hour"))
			.plusMinutes(number(date, "minute"))
			.plusSeconds(number(date, "second"));
	}

	private static int month(Matcher date) {
		String month = text(date, "month");
		return Character.isDigit(month.charAt(0)) ? Math.max(Integer.parseInt(month), 1)
				: MONTHS.indexOf(month.toLowerCase(Locale.ROOT)) / 3 + 1;
	}

	private static int minutes(String offset) {
		int hours = Integer.parseInt(offset.substring(1, 3));
		int minutes = hours * 60 + Integer.parseInt(offset.substring(offset.length() - 2));
		return (offset.charAt(0) == '-') ? -minutes : minutes;
	}

	private static int number(Matcher date, String group) {
		String text = text(date, group);
		return text.isEmpty() ? 0 : Integer.parseInt(text);
	}

	private static String text(Matcher date, String group) {
		@Nullable String text = date.group(group);
		return (text != null) ? text : "";
	}

	private static DateTimeFormatter formatter(String pattern) {
		return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
	}

	private static Pattern pattern(String regex) {
		return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
	}

}
