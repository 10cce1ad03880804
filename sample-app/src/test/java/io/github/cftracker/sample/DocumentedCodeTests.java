package io.github.cftracker.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the documentation copies: Java code from {@link DocumentedCode} and the
 * test of an application, Kotlin code from the Kotlin application, and versions from the
 * build.
 */
class DocumentedCodeTests {

	private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

	private static final Pattern VERSION = Pattern
		.compile("<version>([^<]*)</version>|\"io\\.github\\.cftracker:[a-z-]+:([^\"]*)\"");

	private static final Pattern KOTLIN = Pattern.compile("```kotlin\\n(.*?)```", Pattern.DOTALL);

	private static final Pattern GRADLE = Pattern.compile("^\\s*implementation\\(", Pattern.MULTILINE);

	private static final Pattern BETWEEN_DECLARATIONS = Pattern.compile("\\n\\n(?=[^\\s}])");

	private static final Path CODE = Path.of("src/test/java/io/github/cftracker/sample/DocumentedCode.java");

	/**
	 * It runs in an application of a user, because the sample has a local CloudFront of
	 * its own.
	 */
	private static final Path TEST = Path
		.of("../consumers/projects/jetty/src/test/java/com/example/jetty/PagesTests.java");

	private static final Path KOTLIN_APPLICATION = Path.of("../consumers/projects/kotlin/src");

	static List<Path> documents() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("../docs"))) {
			List<Path> documents = new ArrayList<>(files.filter((file) -> file.toString().endsWith(".md")).toList());
			documents.add(Path.of("../README.md"));
			documents.add(Path.of("../CONTRIBUTING.md"));
			return documents;
		}
	}

	@Test
	void thereIsCode() throws Exception {
		assertThat(blocks(JAVA, Path.of("../README.md"))).isNotEmpty();
		int all = 0;
		for (Path document : documents()) {
			all += blocks(JAVA, document).size();
		}
		assertThat(all).isGreaterThanOrEqualTo(8);
		assertThat(declarations(Path.of("../docs/kotlin.md"))).hasSizeGreaterThanOrEqualTo(6);
	}

	@ParameterizedTest
	@MethodSource("documents")
	void codeIsCompiled(Path document) throws Exception {
		String compiled = flat(Files.readString(CODE)) + flat(Files.readString(TEST));
		assertThat(blocks(JAVA, document)).allSatisfy((block) -> assertThat(compiled).contains(flat(block)));
	}

	@ParameterizedTest
	@MethodSource("documents")
	void kotlinCodeIsCompiled(Path document) throws Exception {
		String compiled = flat(kotlinSources());
		assertThat(declarations(document)).allSatisfy((code) -> assertThat(compiled).contains(flat(code)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "../README.md", "../docs/getting-started.md", "../docs/kotlin.md", "../docs/testing.md" })
	void versionsOfDependenciesAreThatOfTheBuild(String document) throws Exception {
		assertThat(VERSION.matcher(Files.readString(Path.of(document)))
			.results()
			.map((result) -> (result.group(1) != null) ? result.group(1) : result.group(2)))
			.hasSizeGreaterThanOrEqualTo(2)
			.containsOnly(element(Files.readString(Path.of("../pom.xml")), "version"));
	}

	@Test
	void versionsAreThoseOfTheBuild() throws Exception {
		String readme = Files.readString(Path.of("../README.md"));
		String compatibility = Files.readString(Path.of("../docs/compatibility.md"));
		String pom = Files.readString(Path.of("../pom.xml"));
		assertThat(readme).contains("<version>" + element(pom, "version") + "</version>");
		assertThat(compatibility).contains("versions %s to %s".formatted(tested("aws-sdk-2.31", "aws-sdk.version"),
				element(pom, "aws-sdk.version")));
		assertThat(element(pom, "spring-boot.version")).startsWith("4.1.");
		String row = "| 0.1 | %s to %s, 4.1 | %s, ".formatted(tested("spring-boot-4.0.3", "spring-boot.version"),
				tested("spring-boot-4.0", "spring-boot.version"), element(pom, "java.version"));
		assertThat(readme).contains(row);
		assertThat(compatibility).contains(row);
	}

	private static String tested(String module, String name) throws IOException {
		return element(Files.readString(Path.of("../compatibility", module, "pom.xml")), name);
	}

	private static String element(String pom, String name) {
		Matcher matcher = Pattern.compile("<" + name + ">([^<]*)<")
			.matcher(pom.replaceFirst("<modelVersion>[^<]*<", "<"));
		assertThat(matcher.find()).as(name).isTrue();
		return matcher.group(1);
	}

	/**
	 * Kotlin code without that of Gradle. Declarations of one block may be in several
	 * files.
	 */
	private static List<String> declarations(Path document) throws IOException {
		return blocks(KOTLIN, document).stream()
			.filter((block) -> !GRADLE.matcher(block).find())
			.flatMap(BETWEEN_DECLARATIONS::splitAsStream)
			.toList();
	}

	private static String kotlinSources() throws IOException {
		try (Stream<Path> files = Files.walk(KOTLIN_APPLICATION)) {
			StringBuilder sources = new StringBuilder();
			for (Path file : files.filter((candidate) -> candidate.toString().endsWith(".kt")).toList()) {
				sources.append(Files.readString(file)).append('\n');
			}
			return sources.toString();
		}
	}

	private static List<String> blocks(Pattern language, Path document) throws IOException {
		return language.matcher(Files.readString(document)).results().map((result) -> result.group(1)).toList();
	}

	private static String flat(String code) {
		return code.lines().map(String::strip).filter((line) -> !line.isEmpty()).collect(Collectors.joining("\n"));
	}

}
