package io.github.cftracker.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the project has users and contributors read.
 */
final class ProjectTexts {

	private static final Path ROOT = Path.of("..");

	private static final Pattern DESCRIPTION = Pattern
		.compile("\"(?:description|reason)\"\\s*:\\s*\"((?:\\\\.|[^\"\\\\])*)\"");

	private final List<Passage> passages = new ArrayList<>();

	private ProjectTexts() {
	}

	static List<Passage> read() {
		ProjectTexts texts = new ProjectTexts();
		texts.documents();
		texts.descriptions();
		texts.literals();
		texts.pages();
		return texts.passages;
	}

	private void documents() {
		for (String name : List.of("README", "CONTRIBUTING", "CHANGELOG")) {
			add(name, ROOT.resolve(name + ".md"), Prose::ofMarkdown);
		}
		Path decisions = ROOT.resolve("docs/decisions");
		files(ROOT.resolve("docs"), ".md")
			.forEach((file) -> add(file.startsWith(decisions) ? "decisions" : "docs", file, Prose::ofMarkdown));
	}

	/**
	 * The generated metadata contains the additional one, which is read first for its own
	 * line numbers.
	 */
	private void descriptions() {
		Set<String> known = new HashSet<>();
		for (String file : List.of("src/main/resources/META-INF/additional-spring-configuration-metadata.json",
				"target/classes/META-INF/spring-configuration-metadata.json")) {
			String text = read(Path.of(file));
			Matcher matcher = DESCRIPTION.matcher(text);
			StringBuilder unknown = new StringBuilder(text.replaceAll("[^\n]", "·"));
			while (matcher.find()) {
				if (known.add(matcher.group(1))) {
					unknown.replace(matcher.start(1), matcher.end(1), matcher.group(1));
				}
			}
			this.passages.add(Passage.of("property descriptions", Path.of(file), text, unknown.toString()));
		}
	}

	private void literals() {
		try (Stream<Path> modules = Files.list(ROOT)) {
			modules.filter((module) -> Files.isDirectory(module.resolve("src/main/java")))
				.sorted()
				.forEach((module) -> this.passages.addAll(JavaLiterals.of("literals of " + module.getFileName(),
						files(module.resolve("src/main/java"), ".java"))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void pages() {
		Path resources = ROOT.resolve("sample-app/src/main/resources");
		files(resources, ".html").forEach((file) -> add("pages of sample-app", file, Prose::ofHtml));
		files(resources, ".js").forEach((file) -> add("pages of sample-app", file, Prose::ofScript));
	}

	private void add(String kind, Path file, UnaryOperator<String> prose) {
		String text = read(file);
		this.passages.add(Passage.of(kind, file, text, prose.apply(text)));
	}

	private static List<Path> files(Path folder, String extension) {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter((file) -> file.toString().endsWith(extension)).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
