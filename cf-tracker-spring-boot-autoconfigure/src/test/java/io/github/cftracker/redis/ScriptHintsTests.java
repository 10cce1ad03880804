package io.github.cftracker.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;

class ScriptHintsTests {

	@Test
	void everyScriptStaysInANativeImage() throws IOException {
		RuntimeHints hints = new RuntimeHints();
		new ScriptHints().registerHints(hints, getClass().getClassLoader());
		List<String> scripts = scripts();
		assertThat(scripts).hasSizeGreaterThan(30);
		assertThat(scripts)
			.allSatisfy((script) -> assertThat(RuntimeHintsPredicates.resource().forResource(script)).accepts(hints));
	}

	private static List<String> scripts() throws IOException {
		Path classes = Path.of("target/classes");
		try (Stream<Path> files = Files.walk(classes)) {
			return files.map((file) -> classes.relativize(file).toString())
				.filter((file) -> file.endsWith(".lua"))
				.toList();
		}
	}

}
