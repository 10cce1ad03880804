package com.example.beans;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the beans of the same application with the starter, and prints the difference.
 */
@EnabledIfSystemProperty(named = "beans.module", matches = ".*-with")
class WithTests {

	private final String kind = System.getProperty("beans.module").replaceFirst("-with$", "");

	@Test
	void theBeansOfOthersStay() throws IOException {
		Beans without = Beans.read(Path.of("../without/target/beans.txt"));
		Beans off = Beans.of("cf.tracker.enabled=false");
		Beans blank = Beans.of("cf.tracker.distribution-id=");
		Beans memory = active("cf.tracker.store=memory");
		Beans redis = active("cf.tracker.redis-url=redis://127.0.0.1:1");
		for (Beans with : List.of(off, blank, memory, redis)) {
			assertOrder(with.order(), without.order());
		}
		List<String> difference = new ArrayList<>();
		difference.add("[off, compared to without]");
		difference.addAll(off.differenceTo(without));
		difference.add("[blank, compared to off]");
		difference.addAll(blank.differenceTo(off));
		difference.add("[memory, compared to off]");
		difference.addAll(memory.differenceTo(off.ofOthers()));
		difference.add("[redis, compared to memory]");
		difference.addAll(redis.differenceTo(memory));
		Path actual = Files.write(Path.of("target", this.kind + ".txt"), difference);
		System.out.println("Beans of the application '%s' with the starter:%n%s".formatted(this.kind,
				String.join(System.lineSeparator(), difference)));
		List<String> expected = Files.readAllLines(Path.of("../../expected", this.kind + ".txt"))
			.stream()
			.filter((line) -> !line.startsWith("#") && !line.isBlank())
			.toList();
		assertThat(difference).as("compare with %s", actual.toAbsolutePath()).containsExactlyElementsOf(expected);
	}

	private static void assertOrder(List<String> with, List<String> without) {
		var others = assertThat(with.stream().filter((name) -> !name.startsWith("io.github.cftracker.")))
			.as("the auto-configurations of others in their order");
		if (without.stream().anyMatch((name) -> name.contains(".actuate."))) {
			others.containsSubsequence(without);
		}
		else {
			// Those of actuator move others
			others.containsAll(without);
		}
	}

	private static Beans active(String store) {
		return Beans
			.of("cf.tracker.distribution-id=E2QWRUHAPOMQZL", "cf.tracker.endpoint=http://127.0.0.1:1",
					"cf.tracker.access-key=key", "cf.tracker.secret-key=secret", store)
			.ofOthers();
	}

}
