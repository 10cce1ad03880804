package io.github.cftracker.scheduling;

import io.github.cftracker.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.DefaultApplicationArguments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RunOnceArgumentsTests {

	@Test
	void noOptionSelectsEverything() {
		RunOnceArguments arguments = parse("--cf.tracker.run-once=true", "--debug");
		assertThat(arguments.request().selection().isEverything()).isTrue();
		assertThat(arguments.isDryRun()).isFalse();
	}

	@Test
	void selectsTheUnionOfAllOptions() {
		RunOnceArguments arguments = parse("--paths=/a /b/*", "--paths=/c", "--matching=/d/{id}", "--routes=/e/{id}",
				"--tags=one two", "--dry-run");
		assertThat(arguments.request().selection().paths()).containsExactly("/a", "/b/*", "/c");
		assertThat(arguments.request().selection().matching()).containsExactly("/d/{id}");
		assertThat(arguments.request().selection().routes()).containsExactly("/e/{id}");
		assertThat(arguments.request().selection().tags()).containsExactly("one", "two");
		assertThat(arguments.isDryRun()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "--path=/a", "--dryrun", "--dryRun=true", "--dry-run=yes", "--paths=", "--paths",
			"--tags= ", "paths=/a", "/a", "--paths=a", "--matching=a" })
	void rejectsMistypedOptions(String argument) {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> parse(argument));
	}

	private static RunOnceArguments parse(String... arguments) {
		return RunOnceArguments.of(new DefaultApplicationArguments(arguments));
	}

}
