package io.github.cftracker.text;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Cleaner for text of other systems (CloudFront, Redis, requests) that is logged and
 * shown. It removes control characters and limits the length to {@value #MAX_LENGTH}
 * characters.
 */
public final class LogText {

	/**
	 * Maximum number of characters.
	 */
	public static final int MAX_LENGTH = 1000;

	private static final String CUT = "...";

	// Includes characters that reorder or break a line in a terminal
	private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

	private LogText() {
	}

	/**
	 * Return the text with each sequence of control characters replaced by a space, cut
	 * to {@value #MAX_LENGTH} characters.
	 * @param text the text
	 * @return one line
	 */
	public static String clean(@Nullable String text) {
		String line = CONTROL.matcher(String.valueOf(text)).replaceAll(" ").strip();
		return (line.length() <= MAX_LENGTH) ? line : line.substring(0, MAX_LENGTH - CUT.length()) + CUT;
	}

	/**
	 * Return the first line only, {@linkplain #clean cleaned}. If a signature is wrong,
	 * further lines from AWS hold the signed headers, including a session token.
	 * @param text the text
	 * @return the first line
	 */
	public static String firstLine(@Nullable String text) {
		return clean(String.valueOf(text).lines().findFirst().orElse(""));
	}

	/**
	 * Return the {@linkplain #firstLine first line}, which ends with a full stop.
	 * @param text the text
	 * @return a sentence
	 */
	public static String sentence(@Nullable String text) {
		String line = firstLine(text);
		return line.endsWith(".") ? line : line + ".";
	}

}
