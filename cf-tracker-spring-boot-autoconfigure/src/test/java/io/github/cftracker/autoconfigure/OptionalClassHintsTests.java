package io.github.cftracker.autoconfigure;

import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.test.context.FilteredClassLoader;

import static org.assertj.core.api.Assertions.assertThat;

class OptionalClassHintsTests {

	@Test
	void everyOptionalClassIsFoundInANativeImage() {
		RuntimeHints hints = new RuntimeHints();
		new OptionalClassHints().registerHints(hints, getClass().getClassLoader());
		assertThat(OptionalClassHints.CLASSES).hasSize(5)
			.allSatisfy((name) -> assertThat(RuntimeHintsPredicates.reflection().onType(Class.forName(name)))
				.accepts(hints));
	}

	@Test
	void whatIsAbsentIsNotRegistered() {
		RuntimeHints hints = new RuntimeHints();
		new OptionalClassHints().registerHints(hints,
				new FilteredClassLoader("software.amazon.awssdk", "io.lettuce", "org.springframework.data"));
		assertThat(hints.reflection().typeHints()).isEmpty();
	}

}
