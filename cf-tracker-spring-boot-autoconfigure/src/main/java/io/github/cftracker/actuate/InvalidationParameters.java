package io.github.cftracker.actuate;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.cftracker.InvalidRequestException;
import io.github.cftracker.InvalidationRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * Fields of a POST, from its body and its query.
 *
 * @param request what to invalidate
 * @param isDryRun whether to plan only
 * @param maxWait how long to wait for the end of the run
 */
record InvalidationParameters(InvalidationRequest request, boolean isDryRun, Duration maxWait) {

	private static final List<String> SELECTION = List.of("paths", "matching", "routes", "tags");

	private static final String DRY_RUN = "dryRun";

	private static final String WAIT = "wait";

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

	static InvalidationParameters of(Map<String, ?> fields) {
		fields.forEach(InvalidationParameters::check);
		return new InvalidationParameters(request(fields), dryRun(fields.get(DRY_RUN)), wait(fields.get(WAIT)));
	}

	private static InvalidationRequest request(Map<String, ?> fields) {
		if (SELECTION.stream().noneMatch(fields::containsKey)) {
			return InvalidationRequest.ofEverything();
		}
		return InvalidationRequest.builder()
			.paths(values(fields.get("paths")))
			.matching(values(fields.get("matching")))
			.routes(values(fields.get("routes")))
			.tags(values(fields.get("tags")))
			.build();
	}

	private static void check(String name, @Nullable Object value) {
		if (!SELECTION.contains(name) && !DRY_RUN.equals(name) && !WAIT.equals(name)) {
			throw new InvalidRequestException(name,
					"'%s' is not a field of this request: use 'paths', 'matching', 'routes', 'tags', 'dryRun' or 'wait'"
						.formatted(name));
		}
		if (values(value).isEmpty()) {
			throw new InvalidRequestException(name,
					"'%s' is blank: set a value, or omit the field to invalidate everything".formatted(name));
		}
	}

	private static List<String> values(@Nullable Object value) {
		if (value == null) {
			return List.of();
		}
		Stream<?> parts = (value instanceof Collection<?> several) ? several.stream()
				: Stream.of(String.valueOf(value));
		return parts.flatMap((part) -> Arrays.stream(String.valueOf(part).split("\\s+")))
			.filter((part) -> !part.isEmpty())
			.toList();
	}

	private static boolean dryRun(@Nullable Object value) {
		if (value == null) {
			return false;
		}
		return switch (String.valueOf(value).trim()) {
			case "true" -> true;
			case "false" -> false;
			default -> throw new InvalidRequestException(DRY_RUN,
					"'%s' is not a boolean: use 'true' or 'false'".formatted(value));
		};
	}

	private static Duration wait(@Nullable Object value) {
		if (value == null) {
			return Duration.ZERO;
		}
		Duration wait = duration(String.valueOf(value).trim());
		if (wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0) {
			throw new InvalidRequestException(WAIT,
					"'%s' is not between 0s and %ds".formatted(value, LONGEST_WAIT.toSeconds()));
		}
		return wait;
	}

	private static Duration duration(String value) {
		try {
			// A bare number would be milliseconds, and is most likely meant as seconds
			if (!value.isEmpty() && !Character.isDigit(value.charAt(value.length() - 1))) {
				return DurationStyle.detectAndParse(value);
			}
		}
		catch (IllegalArgumentException ex) {
			// Reported below
		}
		throw new InvalidRequestException(WAIT,
				"'%s' is not a duration: use for example '30s' or 'PT30S'".formatted(value));
	}

}
