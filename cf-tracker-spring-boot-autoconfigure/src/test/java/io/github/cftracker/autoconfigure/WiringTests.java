package io.github.cftracker.autoconfigure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.scheduling.config.TaskManagementConfigUtils;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stale class name in a text file is ignored in silence: the application starts and
 * tracks nothing.
 */
class WiringTests {

	private static final String IMPORTS = "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

	@Test
	void everyAutoConfigurationIsListedAndExists() throws Exception {
		List<String> listed = lines(IMPORTS);
		assertThat(listed).isNotEmpty().isSorted();
		for (String name : listed) {
			assertThat(Class.forName(name)).as(name).hasAnnotation(AutoConfiguration.class);
		}
		assertThat(autoConfigurations()).containsExactlyInAnyOrderElementsOf(listed);
	}

	@Test
	void everyManagementContextConfigurationExists() throws Exception {
		List<String> listed = lines("META-INF/spring/" + ManagementContextConfiguration.class.getName() + ".imports");
		assertThat(listed).isNotEmpty();
		for (String name : listed) {
			assertThat(Class.forName(name)).as(name).hasAnnotation(ManagementContextConfiguration.class);
		}
	}

	@Test
	void everyNameInSpringFactoriesExists() throws Exception {
		Properties factories = new Properties();
		try (InputStream stream = ours("META-INF/spring.factories").openStream()) {
			factories.load(stream);
		}
		assertThat(factories).isNotEmpty();
		for (String type : factories.stringPropertyNames()) {
			for (String name : factories.getProperty(type).split(",")) {
				assertThat(Class.forName(type)).as(name).isAssignableFrom(Class.forName(name.trim()));
			}
		}
	}

	@Test
	void everyClassThatAnAutoConfigurationIsOrderedByExists() throws Exception {
		for (String name : lines(IMPORTS)) {
			AutoConfiguration annotation = MergedAnnotations.from(Class.forName(name))
				.get(AutoConfiguration.class)
				.synthesize();
			assertThat(Stream.of(annotation.afterName(), annotation.beforeName()).flatMap(Arrays::stream))
				.allSatisfy((other) -> assertThat(ClassUtils.isPresent(other, null)).as(other).isTrue());
		}
	}

	/**
	 * {@code RunLedger} is a choice between two beans of the tracker, and the name is
	 * that of a bean of Spring.
	 */
	@Test
	void onlyDocumentedBeansCanBeReplaced() throws Exception {
		Set<String> replaceable = new TreeSet<>();
		for (String name : lines(IMPORTS)) {
			Class<?> outer = Class.forName(name);
			Stream.concat(Stream.of(outer), Stream.of(outer.getDeclaredClasses()))
				.flatMap((type) -> Stream.concat(Stream.of(type), Stream.of(type.getDeclaredMethods())))
				.forEach((element) -> replaceable.addAll(replaceable(element)));
		}
		replaceable.removeAll(List.of("RunLedger", TaskManagementConfigUtils.SCHEDULED_ANNOTATION_PROCESSOR_BEAN_NAME));
		assertThat(replaceable).hasSizeLessThanOrEqualTo(10).containsExactlyInAnyOrderElementsOf(documentedBeans());
	}

	@Test
	void everyPropertyHasADescription() throws Exception {
		String metadata = Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json"));
		List<String> all = JsonPath.read(metadata, "$.properties[*].name");
		List<String> described = JsonPath.read(metadata, "$.properties[?(@.description)].name");
		assertThat(all).contains("cf.tracker.distribution-id", "cf.tracker.access-key", "cf.tracker.endpoint",
				"cf.tracker.region", "cf.tracker.tracking.ttl.default", "cf.tracker.schedule.cron");
		assertThat(described).containsAll(all);
		assertThat(Files.exists(Path.of("target/classes/META-INF/spring-autoconfigure-metadata.properties"))).isTrue();
	}

	@Test
	void everyHintIsAValueThatTheTrackerAccepts() throws Exception {
		String metadata = Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json"));
		List<Map<String, Object>> hints = JsonPath.read(metadata, "$.hints[*]");
		assertThat(hints).isNotEmpty();
		for (Map<String, Object> hint : hints) {
			List<String> values = JsonPath.read(hint, "$.values[*].value");
			for (String value : values) {
				new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
					.withPropertyValues("cf.tracker.store=memory", "cf.tracker.distribution-id=E123",
							"cf.tracker.tracking.query-string.names=q",
							"cf.tracker.tracking.secret-header.name=X-Secret", hint.get("name") + "=" + value)
					.run((context) -> assertThat(context.getStartupFailure()).satisfiesAnyOf(
							(failure) -> assertThat(failure).isNull(),
							// The value is right, and needs others
							(failure) -> assertThat(failure).message()
								.contains("'cf.tracker.tracking.secret-header.values'", "is missing"),
							(failure) -> assertThat(failure).message()
								.contains("'cf.tracker.tracking.query-string.names' is set")));
			}
			List<String> type = JsonPath.read(metadata, "$.properties[?(@.name == '" + hint.get("name") + "')].type");
			Class<?> bound = ClassUtils.resolveClassName(type.get(0), null);
			if (bound.isEnum()) {
				assertThat(values).as("all values of " + hint.get("name"))
					.containsExactlyInAnyOrderElementsOf(Stream.of(bound.getEnumConstants())
						.map((constant) -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
						.toList());
			}
		}
	}

	/**
	 * Return the types or names of the beans for which an element backs off.
	 */
	private static List<String> replaceable(AnnotatedElement element) {
		MergedAnnotation<ConditionalOnMissingBean> condition = MergedAnnotations.from(element)
			.get(ConditionalOnMissingBean.class);
		if (!condition.isPresent()) {
			return List.of();
		}
		String[] names = condition.getStringArray("name");
		Class<?>[] types = condition.getClassArray("value");
		if (names.length == 0 && types.length == 0) {
			types = new Class<?>[] { ((Method) element).getReturnType() };
		}
		return Stream.concat(Stream.of(names), Stream.of(types).map(Class::getSimpleName)).toList();
	}

	private static List<String> documentedBeans() throws IOException {
		return Files.readAllLines(Path.of("../docs/api.md"))
			.stream()
			.dropWhile((line) -> !line.startsWith("| replaceable bean |"))
			.skip(2)
			.takeWhile((line) -> line.startsWith("|"))
			.map((line) -> line.split("`")[1])
			.toList();
	}

	private static List<String> autoConfigurations() throws IOException {
		Path classes = Path.of("target/classes");
		try (Stream<Path> files = Files.walk(classes)) {
			return files.map((file) -> classes.relativize(file).toString())
				.filter((file) -> file.endsWith("AutoConfiguration.class"))
				.map((file) -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
				.toList();
		}
	}

	private static List<String> lines(String resource) throws IOException {
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(ours(resource).openStream(), StandardCharsets.UTF_8))) {
			return reader.lines().filter((line) -> !line.isBlank()).toList();
		}
	}

	private static URL ours(String resource) throws IOException {
		return Path.of("target/classes", resource).toUri().toURL();
	}

}
