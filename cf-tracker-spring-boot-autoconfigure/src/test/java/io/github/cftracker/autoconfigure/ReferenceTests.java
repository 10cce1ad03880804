package io.github.cftracker.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.cftracker.redis.RedisUrlStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/properties.md} is what the metadata says, which is what the javadoc of the
 * properties says. With {@code -Ddocs.write=true} it is written. Nothing else in the
 * documentation names a property that does not exist.
 */
class ReferenceTests {

	private static final Path REFERENCE = Path.of("../docs/properties.md");

	private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");

	private static final Path MONITORING = Path.of("../docs/monitoring.md");

	private static final Pattern POLICY = Pattern.compile("```json\\n(\\{\\s*\"Version\".*?)```", Pattern.DOTALL);

	private static final Pattern ABBREVIATED = Pattern
		.compile("`((?:tracking|invalidation|redis|tags|distribution|schedule)\\.[a-z][a-z.-]*[a-z])[`=]");

	private static final Pattern MENTIONED = Pattern.compile("cf\\.tracker\\.([a-z]+[a-z.-]*[a-z])");

	@Test
	void theReferenceIsWhatTheMetadataSays() throws Exception {
		String reference = reference();
		if (Boolean.getBoolean("docs.write")) {
			Files.writeString(REFERENCE, reference);
		}
		assertThat(Files.readString(REFERENCE)).isEqualTo(reference);
	}

	@Test
	void valuesOfTextAreExamples() throws Exception {
		String metadata = Files.readString(METADATA);
		Set<String> texts = properties().stream()
			.filter((property) -> property.get("type").equals("java.lang.String"))
			.map((property) -> (String) property.get("name"))
			.collect(Collectors.toSet());
		List<Map<String, Object>> hints = JsonPath.read(metadata, "$.hints[*]");
		assertThat(hints).filteredOn((hint) -> texts.contains(hint.get("name")))
			.hasSizeGreaterThanOrEqualTo(3)
			.allSatisfy((hint) -> assertThat(hint).containsEntry("providers", List.of(Map.of("name", "any"))));
	}

	@ParameterizedTest
	@MethodSource("documents")
	void namesOnlyPropertiesThatExist(Path document) throws Exception {
		Set<String> known = properties().stream()
			.map((property) -> (String) property.get("name"))
			.collect(Collectors.toSet());
		Set<String> unknown = new TreeSet<>();
		Matcher matcher = MENTIONED.matcher(Files.readString(document));
		while (matcher.find()) {
			String name = matcher.group();
			if (known.stream().noneMatch((property) -> property.equals(name) || property.startsWith(name + "."))
					&& !isMetric(name)) {
				unknown.add(name);
			}
		}
		assertThat(unknown).isEmpty();
	}

	@Test
	void everyMetricIsInTheTableWithItsTags() throws Exception {
		List<String> rows = Files.readAllLines(MONITORING);
		assertThat(MetricNames.ids()).allSatisfy((id) -> {
			List<String> row = rows.stream().filter((line) -> line.startsWith("| `" + id.getName() + "` |")).toList();
			assertThat(row).as(id.getName())
				.singleElement()
				.asString()
				.contains(id.getType().name().toLowerCase(Locale.ROOT));
			id.getTags()
				.forEach((tag) -> assertThat(row.get(0)).as(id.toString())
					.contains("`" + tag.getKey() + "`:", "`" + tag.getValue() + "`"));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "../README.md", "../docs/getting-started.md" })
	void theQuickStartStarts(String document) throws Exception {
		List<String> properties = Files.readAllLines(Path.of(document))
			.stream()
			.filter((line) -> line.matches("(cf\\.tracker|management)\\.[a-z.-]+=.*"))
			.toList();
		assertThat(properties).hasSizeGreaterThanOrEqualTo(3);
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
			.withPropertyValues(properties.toArray(String[]::new))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(RedisUrlStore.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "../docs/security.md", "../docs/getting-started.md" })
	void thePolicyNamesTheActionsThatAreCalled(String document) throws Exception {
		Matcher matcher = POLICY.matcher(Files.readString(Path.of(document)));
		assertThat(matcher.find()).isTrue();
		String policy = matcher.group(1);
		List<Object> actions = JsonPath.read(policy, "$.Statement[*].Action");
		List<String> called = importWithoutClassPath("io.github.cftracker.cloudfront").stream()
			.flatMap((client) -> client.getMethodCallsFromSelf().stream())
			.filter((call) -> call.getTargetOwner().isEquivalentTo(CloudFrontClient.class)
					&& !call.getTarget().getRawParameterTypes().isEmpty())
			.map((call) -> "cloudfront:" + StringUtils.capitalize(call.getName()))
			.distinct()
			.toList();
		assertThat(actions.stream()
			.flatMap((action) -> (action instanceof List<?> all) ? all.stream() : Stream.of(action)))
			.containsExactlyInAnyOrderElementsOf(called);
	}

	/**
	 * Names are enough, and the classes of the SDK are many.
	 */
	private static JavaClasses importWithoutClassPath(String name) {
		return ArchConfiguration.withThreadLocalScope((configuration) -> {
			configuration.setResolveMissingDependenciesFromClassPath(false);
			return new ClassFileImporter().importPackages(name);
		});
	}

	static List<Path> documents() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("../docs"))) {
			List<Path> documents = new ArrayList<>(files.filter((file) -> file.toString().endsWith(".md")).toList());
			documents.addAll(List.of(Path.of("../README.md"), Path.of("../CHANGELOG.md")));
			return documents;
		}
	}

	/**
	 * As documents have them that say so.
	 */
	@ParameterizedTest
	@MethodSource("documents")
	void namesOnlyPropertiesThatExistWithoutTheirPrefix(Path document) throws Exception {
		List<String> known = UnknownProperties.known();
		Matcher matcher = ABBREVIATED.matcher(Files.readString(document));
		Set<String> unknown = new TreeSet<>();
		while (matcher.find()) {
			String name = "cf.tracker." + matcher.group(1);
			if (known.stream().noneMatch((property) -> property.equals(name) || property.startsWith(name + "."))) {
				unknown.add(name);
			}
		}
		assertThat(unknown).isEmpty();
	}

	private static boolean isMetric(String name) {
		return MetricNames.all().contains(name);
	}

	private static List<Map<String, Object>> properties() throws IOException {
		String metadata = Files.readString(METADATA);
		return JsonPath.read(metadata, "$.properties[*]");
	}

	private static String reference() throws IOException {
		StringBuilder text = new StringBuilder(
				"""
						# Properties

						This page is generated from the descriptions in the code, which your IDE shows as well. Separate the values of \
						a list with commas, and give durations a unit, such as `500ms`, `30s` or `6h`.

						| property | type or choice | default | meaning |
						|---|---|---|---|
						""");
		properties().stream()
			.sorted(Comparator.comparing((property) -> (String) property.get("name")))
			.forEach((property) -> text.append(row(property)));
		return text.toString();
	}

	private static String row(Map<String, Object> property) {
		Object defaultValue = property.get("defaultValue");
		String value = (defaultValue instanceof List<?> list)
				? list.stream().map(String::valueOf).collect(Collectors.joining(", ")) : String.valueOf(defaultValue);
		return "| `%s` | %s | %s | %s |\n".formatted(property.get("name"), type((String) property.get("type")),
				(defaultValue != null) ? "`" + value + "`" : "",
				((String) property.get("description")).replace("|", "\\|"));
	}

	private static String type(String type) {
		String element = type.replaceAll(".*<|>", "");
		return choices(element) + (type.contains("<") ? " list" : "");
	}

	private static String choices(String type) {
		try {
			Class<?> candidate = Class.forName(type);
			if (candidate.isEnum()) {
				return Stream.of(candidate.getEnumConstants())
					.map((constant) -> "`" + constant.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
					.collect(Collectors.joining(", "));
			}
			return candidate.getSimpleName();
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException("No type " + type, ex);
		}
	}

}
