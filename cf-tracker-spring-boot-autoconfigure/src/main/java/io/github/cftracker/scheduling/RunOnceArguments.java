package io.github.cftracker.scheduling;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.github.cftracker.InvalidRequestException;
import io.github.cftracker.InvalidationRequest;

import org.springframework.boot.ApplicationArguments;

/**
 * Selection and options of a single run, from the command line:
 * <code>--paths="/a /b/*"</code>, {@code --matching}, {@code --routes} and
 * {@code --tags}, each with values separated by white space, or repeated. Any other
 * option without a dot in its name is rejected, because it is most likely mistyped and
 * would otherwise invalidate everything.
 *
 * @param request the request
 * @param isDryRun whether to plan only
 */
record RunOnceArguments(InvalidationRequest request, boolean isDryRun) {

	private static final Set<String> SELECTION = Set.of("paths", "matching", "routes", "tags");

	private static final String DRY_RUN = "dry-run";

	private static final Set<String> SPRING = Set.of("debug", "trace");

	static RunOnceArguments of(ApplicationArguments arguments) {
		if (!arguments.getNonOptionArgs().isEmpty()) {
			throw unknown(arguments.getNonOptionArgs().get(0));
		}
		for (String name : arguments.getOptionNames()) {
			if (!SELECTION.contains(name) && !DRY_RUN.equals(name) && !SPRING.contains(name) && !name.contains(".")) {
				throw unknown("--" + name);
			}
		}
		return new RunOnceArguments(request(arguments), dryRun(arguments));
	}

	private static InvalidRequestException unknown(String argument) {
		return new InvalidRequestException(argument,
				"'%s' is unknown: use --paths, --matching, --routes, --tags, --dry-run or a property"
					.formatted(argument));
	}

	private static InvalidationRequest request(ApplicationArguments arguments) {
		if (SELECTION.stream().noneMatch(arguments::containsOption)) {
			return InvalidationRequest.ofEverything();
		}
		return InvalidationRequest.builder()
			.paths(values(arguments, "paths"))
			.matching(values(arguments, "matching"))
			.routes(values(arguments, "routes"))
			.tags(values(arguments, "tags"))
			.build();
	}

	private static List<String> values(ApplicationArguments arguments, String name) {
		if (!arguments.containsOption(name)) {
			return List.of();
		}
		List<String> given = arguments.getOptionValues(name);
		List<String> values = (given != null) ? given.stream()
			.flatMap((value) -> Arrays.stream(value.split("\\s+")))
			.filter((value) -> !value.isEmpty())
			.toList() : List.of();
		if (values.isEmpty()) {
			throw new InvalidRequestException(name,
					"'--%s' is blank: set a value, or omit the option to invalidate everything".formatted(name));
		}
		return values;
	}

	private static boolean dryRun(ApplicationArguments arguments) {
		List<String> values = arguments.getOptionValues(DRY_RUN);
		if (values == null) {
			return false;
		}
		String value = values.isEmpty() ? "true" : String.join(" ", values);
		if (!Set.of("true", "false").contains(value)) {
			throw new InvalidRequestException(DRY_RUN,
					"'--dry-run=%s' is not a boolean: use 'true' or 'false'".formatted(value));
		}
		return "true".equals(value);
	}

}
