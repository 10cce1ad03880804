package io.github.cftracker.actuate;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Keeps our secrets out of {@code /env} and {@code /configprops} where the application
 * shows values: by their names however they are spelt, and by their values wherever else
 * they turn up, such as in the variable a placeholder refers to or the command line.
 */
public final class SecretSanitizer implements SanitizingFunction {

	// An index behind it is no letter
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
