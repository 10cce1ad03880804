package io.github.cftracker.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks the Maven commands of a script against the profiles, modules and plugins of the
 * POMs.
 */
final class MavenCommands {

	private static final Set<String> PHASES = Set.of("clean", "validate", "compile", "test", "package", "verify",
			"install", "deploy");

	private static final Set<String> FLAGS = Set.of("-B", "--batch-mode", "-ntp", "--no-transfer-progress", "-q",
			"--quiet", "-U", "-am", "-o", "-e");

	private static final Pattern PROFILE = Pattern.compile("<profile>\\s*(?:<!--.*?-->\\s*)?<id>([^<]+)</id>",
			Pattern.DOTALL);

	private static final Pattern PLUGIN = Pattern
		.compile("<artifactId>(?:maven-(.+)-plugin|(.+)-maven-plugin)</artifactId>");

	private final Set<String> profiles = new HashSet<>();

	private final Set<String> plugins = new HashSet<>();

	private final Path root;

	MavenCommands(Path root) {
		this.root = root;
		try (Stream<Path> folders = Files.list(root)) {
			Stream.concat(Stream.of(root), folders)
				.map((folder) -> folder.resolve("pom.xml"))
				.filter(Files::exists)
				.map(Node::read)
				.forEach(this::read);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read(String pom) {
		PROFILE.matcher(pom).results().forEach((profile) -> this.profiles.add(profile.group(1)));
		Matcher plugin = PLUGIN.matcher(pom);
		while (plugin.find()) {
			this.plugins.add((plugin.group(1) != null) ? plugin.group(1) : plugin.group(2));
		}
	}

	/**
	 * Report what Maven would not accept in the commands of a script.
	 */
	void check(Node script) {
		for (String line : script.text().replace("\\\n", " ").split("\n")) {
			List<String> words = List.of(line.strip().split("\\s+"));
			if (words.get(0).equals("mvn")) {
				script.problem("'mvn' is not the wrapper; use './mvnw'");
			}
			if (words.get(0).equals("./mvnw")) {
				command(words.subList(1, words.size()).iterator(), script);
			}
		}
	}

	private void command(Iterator<String> words, Node script) {
		boolean goal = false;
		while (words.hasNext()) {
			String word = words.next();
			if (word.equals("-pl")) {
				modules(words.hasNext() ? words.next() : "", script);
			}
			else if (word.startsWith("-P")) {
				Stream.of(word.substring(2).split(","))
					.filter((profile) -> !this.profiles.contains(profile))
					.forEach((profile) -> script.problem("there is no profile '%s'", profile));
			}
			else if (word.startsWith("-")) {
				if (!word.startsWith("-D") && !FLAGS.contains(word)) {
					script.problem("'%s' is not a known option of Maven", word);
				}
			}
			else {
				goal = true;
				if (!PHASES.contains(word) && !this.plugins.contains(word.split(":")[0])) {
					script.problem("'%s' is neither a phase nor a goal of a plugin in the POMs", word);
				}
			}
		}
		if (!goal) {
			script.problem("the Maven command has no phase");
		}
	}

	private void modules(String modules, Node script) {
		Stream.of(modules.split(","))
			.filter((module) -> !Files.exists(this.root.resolve(module).resolve("pom.xml")))
			.forEach((module) -> script.problem("there is no module '%s'", module));
	}

}
