package io.github.cftracker.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RedisScriptsTests {

	private static final Path SCRIPTS = Path.of("src/main/resources/io/github/cftracker/redis");

	private static final Path CLASSES = Path.of("src/main/java/io/github/cftracker/redis");

	private static final Pattern USED = Pattern.compile("\"([\\w-]+\\.lua)\"");

	@Test
	void everyScriptUsesOnlyWhatItsIncludesDefine() {
		assertThat(scripts())
			.allSatisfy((script) -> assertThat(ScriptNames.undefined(RedisScripts.source(script))).isEmpty());
	}

	@Test
	void everyScriptNamesItsIncludesInTheFirstLineAndThenItsKeys() {
		Set<String> used = used();
		assertThat(scripts()).allSatisfy((script) -> {
			List<String> lines = read(SCRIPTS.resolve(script)).lines().toList();
			List<String> includes = includes(script);
			assertThat(includes).allMatch((name) -> Files.exists(SCRIPTS.resolve(name)));
			assertThat(lines.subList(1, lines.size())).noneMatch((line) -> line.startsWith("-- include"));
			if (used.contains(script) && !script.equals("time.lua")) {
				assertThat(lines.get(includes.isEmpty() ? 0 : 1)).startsWith("-- KEYS: ");
			}
		});
	}

	@Test
	void everyScriptIsUsed() {
		Set<String> used = new TreeSet<>(used());
		scripts().forEach((script) -> used.addAll(includes(script)));
		assertThat(used).containsExactlyElementsOf(scripts());
	}

	@Test
	void includesEachPartOnceBeforeTheScript() {
		assertThat(RedisScripts.source("untrack.lua").lines().filter((line) -> line.startsWith("local now")))
			.hasSize(1);
		assertThat(RedisScripts.source("untrack.lua")).endsWith(read(SCRIPTS.resolve("untrack.lua")));
	}

	@Test
	void findsNamesThatAreNotDefined() {
		assertThat(ScriptNames.undefined("return now")).containsExactly("now");
		assertThat(ScriptNames.undefined("count = 1\nlocal count = 2")).containsExactly("count");
		assertThat(ScriptNames.undefined("local a, b = 1, 2\na, c = b, { d = 3, e = a.f }")).containsExactly("c");
		assertThat(ScriptNames.undefined("if KEYS[1] then local a = 1 else a = 2 end")).containsExactly("a");
		assertThat(ScriptNames.undefined("for i = 1, 2 do local b = i end return i, b")).containsExactlyInAnyOrder("i",
				"b");
		assertThat(
				ScriptNames.undefined("local function f(a, b)\n while a do a = b:g() end return a .. b, 'x', 1e3 -- y"
						+ "\nend for i, v in ipairs(KEYS) do f(i, v) end"))
			.isEmpty();
	}

	private static List<String> scripts() {
		return files(SCRIPTS).stream().map((file) -> file.getFileName().toString()).sorted().toList();
	}

	/**
	 * Return the scripts that classes name.
	 */
	private static Set<String> used() {
		Set<String> used = new TreeSet<>();
		for (Path file : files(CLASSES)) {
			Matcher matcher = USED.matcher(read(file));
			while (matcher.find()) {
				used.add(matcher.group(1));
			}
		}
		return used;
	}

	private static List<String> includes(String script) {
		String first = read(SCRIPTS.resolve(script)).lines().findFirst().orElseThrow();
		return first.startsWith("-- include ") ? Stream.of(first.substring("-- include ".length()).split(", ", -1))
			.map((name) -> name + ".lua")
			.toList() : List.of();
	}

	private static List<Path> files(Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.toList();
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
