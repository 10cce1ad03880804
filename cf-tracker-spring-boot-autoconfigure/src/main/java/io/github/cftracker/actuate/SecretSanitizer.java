package io.github.cftracker.actuate;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Sanitizer that hides the tracker's secrets in {@code /env} and {@code /configprops} if
 * the application shows values. It recognizes property names in any spelling, and the
 * values in other places, such as the variable of a placeholder or the command line.
 */
public final class SecretSanitizer implements SanitizingFunction {

	// An index after it is not a letter
	private static final Set<String> NAMES = Set.of("cftrackeraccesskey", "cftrackersecretkey", "cftrackersessiontoken",
			"cftrackerredisurl", "cftrackertrackingsecretheadervalues");

	private static final int SHORTEST_UNMISTAKABLE = 8;

	private final List<String> secrets;

	/**
	 * Create a sanitizer.
	 * @param secrets the values to hide
	 */
	public SecretSanitizer(Collection<String> secrets) {
		this.secrets = secrets.stream().filter((secret) -> !secret.isBlank()).toList();
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		Object value = data.getValue();
		boolean secret = NAMES.contains(letters(data.getKey())) || (value != null && holdsSecret(value.toString()));
		return secret ? data.withSanitizedValue() : data;
	}

	private boolean holdsSecret(String value) {
		return this.secrets.stream()
			.anyMatch((secret) -> value.equals(secret)
					|| (secret.length() >= SHORTEST_UNMISTAKABLE && value.contains(secret)));
	}

	private static String letters(String key) {
		StringBuilder letters = new StringBuilder(key.length());
		key.toLowerCase(Locale.ROOT).chars().filter((c) -> c >= 'a' && c <= 'z').forEach(letters::appendCodePoint);
		return letters.toString();
	}

}
