package io.github.cftracker.autoconfigure;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Report of misspelt properties, which Spring Boot ignores silently. It is logged before
 * a property that is missing because of one stops the start.
 * <p>
 * What it buys: it finds all eleven kinds of mistakes in its tests and suggests the right
 * name. Spring Boot's {@code NoUnboundElementsBindHandler} finds eight of them. It leaves
 * out environment variables and system properties, because it takes
 * {@code CF_TRACKER_DISTRIBUTION_ID} for unknown, and it does not find a misspelt prefix.
 * {@code ignoreUnknownFields = false} also stops the start and rejects
 * {@link CloudFrontProperties}, which share the prefix.
 */
class UnknownProperties implements BeanFactoryPostProcessor {

	private static final Logger logger = LoggerFactory.getLogger("io.github.cftracker");

	/**
	 * Properties of {@link CloudFrontProperties}, whose library may be absent.
	 */
	private static final List<String> OF_THE_CLIENT = List.of("access-key", "secret-key", "session-token", "role-arn",
			"endpoint", "region", "dualstack-enabled");

	private static final Pattern OF_A_SERVICE = Pattern
		.compile("cf\\.tracker\\.(service\\.(host|port.*)|port(\\.?\\[?\\d+.*)?)");

	private static final String PREFIX = letters(CfTrackerProperties.PREFIX);

	private final Environment environment;

	UnknownProperties(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		describe(this.environment).forEach((unknown) -> logger.warn("{}", unknown));
	}

	/**
	 * Return the unknown properties, each with the most similar known one. Values are
	 * left out, because some of them are secrets.
	 */
	static List<String> describe(Environment environment) {
		List<String> known = known();
		Map<String, String> described = new TreeMap<>();
		ConfigurationPropertySources.get(environment).forEach((source) -> {
			if (source instanceof IterableConfigurationPropertySource names) {
				Predicate<ConfigurationPropertyName> isKnown = isEnvironment(source)
						? (name) -> isKnownVariable(name, known) : (name) -> isKnown(name, known);
				names.stream()
					.filter(UnknownProperties::isMeantForUs)
					.filter(isKnown.negate())
					.forEach((name) -> described.computeIfAbsent(withoutIndexes(name),
							(shown) -> describe(shown, Origin.from(source.getConfigurationProperty(name)), known)));
			}
		});
		return List.copyOf(described.values());
	}

	private static String describe(String name, @Nullable Origin origin, List<String> known) {
		String nearest = nearest(name, known);
		return "'%s'%s is not a property of cf-tracker.%s".formatted(name,
				(origin != null) ? " (" + withoutName(origin) + ")" : "",
				(nearest != null) ? " Did you mean '%s'?".formatted(nearest) : "");
	}

	private static String withoutName(Origin origin) {
		return origin.toString().replaceFirst("^\"[^\"]*\" from ", "");
	}

	private static boolean isEnvironment(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
	}

	private static boolean isKnown(ConfigurationPropertyName name, List<String> known) {
		String uniform = uniform(withoutIndexes(name));
		return uniform.startsWith(CfTrackerProperties.PREFIX + ".")
				&& known.stream().anyMatch((property) -> uniform(property).equals(uniform));
	}

	/**
	 * Return the form in which all spellings that Spring Boot binds are equal, such as
	 * {@code distributionId} and {@code distribution_id}.
	 */
	private static String uniform(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]", "");
	}

	/**
	 * Return whether an environment variable is known. Variables have underscores instead
	 * of dots and hyphens. Kubernetes creates some for a service named like the prefix.
	 */
	private static boolean isKnownVariable(ConfigurationPropertyName name, List<String> known) {
		String letters = letters(withoutIndexes(name));
		return known.stream().anyMatch((property) -> letters(property).equals(letters))
				|| OF_A_SERVICE.matcher(name.toString()).matches();
	}

	/**
	 * Return whether the prefix is ours, including the misspelt prefixes
	 * {@code cf-tracker} and {@code cftracker}.
	 */
	private static boolean isMeantForUs(ConfigurationPropertyName name) {
		return IntStream.rangeClosed(1, Math.min(2, name.getNumberOfElements() - 1))
			.anyMatch((elements) -> letters(name.chop(elements).toString()).equals(PREFIX));
	}

	private static String withoutIndexes(ConfigurationPropertyName name) {
		int indexed = IntStream.range(0, name.getNumberOfElements())
			.filter(name::isNumericIndex)
			.findFirst()
			.orElse(name.getNumberOfElements());
		ConfigurationPropertyName plain = name.chop(indexed);
		return String.join(".",
				IntStream.range(0, indexed).mapToObj((index) -> plain.getElement(index, Form.ORIGINAL)).toList());
	}

	private static String letters(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
	}

	/**
	 * Return the names of all properties.
	 */
	static List<String> known() {
		List<String> known = new ArrayList<>();
		OF_THE_CLIENT.forEach((name) -> known.add(CfTrackerProperties.PREFIX + "." + name));
		collect(CfTrackerProperties.PREFIX, CfTrackerProperties.class, known);
		Collections.sort(known);
		return known;
	}

	/**
	 * Collect properties without {@code BeanUtils}, which takes 15 ms of the start.
	 */
	private static void collect(String prefix, Class<?> type, List<String> known) {
		for (Method getter : type.getMethods()) {
			String property = getter.getName().replaceFirst("^(get|is)(?=[A-Z])", "");
			if (property.equals(getter.getName()) || getter.getParameterCount() > 0) {
				continue;
			}
			String name = prefix + "." + DataObjectPropertyName.toDashedForm(StringUtils.uncapitalize(property));
			Class<?> propertyType = getter.getReturnType();
			if (propertyType.getEnclosingClass() != null && !propertyType.isEnum()) {
				collect(name, propertyType, known);
			}
			else if (Collection.class.isAssignableFrom(propertyType)
					|| ClassUtils.hasMethod(type, "set" + property, propertyType)) {
				known.add(name);
			}
		}
	}

	private static @Nullable String nearest(String name, List<String> known) {
		String letters = letters(name);
		return known.stream()
			.filter((candidate) -> distance(letters, letters(candidate)) <= letters.length() / 2 - 2)
			.min(Comparator.comparingInt((candidate) -> distance(letters, letters(candidate))))
			.orElse(null);
	}

	/**
	 * Return the Levenshtein distance: the number of letters to add, remove or change.
	 */
	private static int distance(String one, String other) {
		int[] row = IntStream.rangeClosed(0, other.length()).toArray();
		for (int i = 1; i <= one.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= other.length(); j++) {
				int changed = diagonal + ((one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
			}
		}
		return row[other.length()];
	}

}
