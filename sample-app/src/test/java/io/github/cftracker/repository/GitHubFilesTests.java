package io.github.cftracker.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.constructor.DuplicateKeyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The files that GitHub reads, checked before GitHub does.
 */
class GitHubFilesTests {

	private static final Path ROOT = Path.of("..");

	private static final Path GITHUB = ROOT.resolve(".github");

	private static final String WORKFLOW = """
			name: Build
			on:
			  push:
			permissions:
			  contents: read
			jobs:
			  build:
			    runs-on: ubuntu-latest
			    timeout-minutes: 30
			    strategy:
			      matrix:
			        java: ['17']
			    steps:
			      - uses: actions/checkout@v6
			      - name: Java ${{ matrix.java }}
			        run: ./mvnw -B verify -Pfull
			        env:
			          TOKEN: ${{ secrets.TOKEN }}
			  publish:
			    needs: build
			    runs-on: ubuntu-latest
			    timeout-minutes: 30
			    steps:
			      - if: failure()
			        run: ./mvnw -B deploy -Prelease
			""";

	private static final String FORM = """
			name: Bug
			description: Something is wrong
			body:
			  - type: markdown
			    attributes:
			      value: Thank you
			  - type: input
			    id: version
			    attributes:
			      label: Version
			  - type: dropdown
			    id: store
			    attributes:
			      label: Store
			      options: [Redis, memory]
			""";

	private final WorkflowRules workflows = new WorkflowRules(new MavenCommands(ROOT));

	@ParameterizedTest
	@MethodSource
	void acceptsWorkflow(Path file) {
		assertThat(this.workflows.check(Node.read(file))).isEmpty();
	}

	static Stream<Path> acceptsWorkflow() throws IOException {
		return files("workflows");
	}

	@ParameterizedTest
	@MethodSource
	void acceptsIssueForm(Path file) {
		assertThat(IssueFormRules.checkForm(Node.read(file))).isEmpty();
	}

	static Stream<Path> acceptsIssueForm() throws IOException {
		return files("ISSUE_TEMPLATE").filter((file) -> !file.endsWith("config.yml"));
	}

	@Test
	void acceptsIssueTemplateChooserAndDependabot() {
		assertThat(IssueFormRules.checkChooser(Node.read(GITHUB.resolve("ISSUE_TEMPLATE/config.yml")))).isEmpty();
		assertThat(IssueFormRules.checkDependabot(Node.read(GITHUB.resolve("dependabot.yml")))).isEmpty();
	}

	@Test
	void readsEveryYamlFile() throws IOException {
		List<Path> known = Stream.of(files("workflows"), files("ISSUE_TEMPLATE"), files(""))
			.flatMap((files) -> files)
			.toList();
		try (Stream<Path> all = Files.walk(GITHUB)) {
			assertThat(all.filter((file) -> file.toString().matches(".+\\.ya?ml"))).isNotEmpty()
				.containsExactlyInAnyOrderElementsOf(known);
		}
	}

	private static Stream<Path> files(String folder) throws IOException {
		try (Stream<Path> files = Files.list(GITHUB.resolve(folder))) {
			return files.filter((file) -> file.toString().endsWith(".yml")).toList().stream();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					permissions:              | permission:              | 'permissions' is missing
					contents: read            | contents: all            | permissions.contents: 'all' is not one of [none, read, write]
					contents: read            | content: read            | permissions: 'content' is not known here
					push:                     | pushed:                  | on: 'pushed' is not known here
					runs-on: ubuntu-latest    | run-on: ubuntu-latest    | jobs.build: 'runs-on' is missing
					timeout-minutes: 30       | timeout-minutes: long    | jobs.build: 'timeout-minutes' is not a number from 1 to 360
					needs: build              | needs: test              | jobs.publish.needs: 'test' is not one of [build, publish]
					actions/checkout@v6       | actions/checkout         | jobs.build.steps.0.uses: 'actions/checkout' does not match
					actions/checkout@v6       | actions/checkout@main    | jobs.build.steps.0.uses: 'actions/checkout@main' does not match
					"- uses: actions"         | "- use: actions"         | jobs.build.steps.0: a step has either 'uses' or 'run'
					matrix.java               | matrix.jdk               | jobs.build.steps.1.name: 'matrix.jdk' is not defined by this job
					${{ matrix.java }}        | ${{ matrix.java }        | jobs.build.steps.1.name: an expression is not closed, or not opened
					secrets.TOKEN             | secret.TOKEN             | jobs.build.steps.1.env.TOKEN: 'secret' is not a known context
					failure()                 | failed()                 | jobs.publish.steps.0.if: 'failed' is not a known function
					-B verify                 | -B verfy                 | jobs.build.steps.1.run: 'verfy' is neither a phase nor a goal of a plugin in the POMs
					-B verify                 | -b verify                | jobs.build.steps.1.run: '-b' is not a known option of Maven
					-B verify                 | -B -pl shop verify       | jobs.build.steps.1.run: there is no module 'shop'
					-B verify -Pfull          | -B -Pfull                | jobs.build.steps.1.run: the Maven command has no phase
					-Pfull                    | -Pnightly                | jobs.build.steps.1.run: there is no profile 'nightly'
					./mvnw                    | mvn                      | jobs.build.steps.1.run: 'mvn' is not the wrapper
					-Pfull                    | -D${{ secrets.TOKEN }}   | jobs.build.steps.1: 'run' contains an expression
					""")
	void reportsBrokenWorkflow(String text, String replacement, String problem) {
		assertThat(this.workflows.check(WORKFLOW)).isEmpty();
		assertThat(WORKFLOW).contains(text);
		assertThat(this.workflows.check(WORKFLOW.replace(text, replacement)))
			.anySatisfy((found) -> assertThat(found).startsWith(problem));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			description: Something | descriptions: Something | 'description' is missing
			type: input            | type: text              | body.1.type: 'text' is not one of
			id: version            | id: store               | body.2.id: 'store' occurs twice
			id: version            | id: my version          | body.1.id: 'my version' does not match
			label: Version         | label: Store            | body.2.attributes.label: 'Store' occurs twice
			[Redis, memory]        | []                      | body.2: 'options' is missing
			[Redis, memory]        | [Redis, Redis]          | body.2.attributes.options.1: 'Redis' occurs twice
			value: Thank you       | label: Thank you        | body.0.attributes: 'value' is missing
			""")
	void reportsBrokenIssueForm(String text, String replacement, String problem) {
		assertThat(IssueFormRules.checkForm(FORM)).isEmpty();
		assertThat(FORM).contains(text);
		assertThat(IssueFormRules.checkForm(FORM.replace(text, replacement)))
			.anySatisfy((found) -> assertThat(found).startsWith(problem));
	}

	@Test
	void reportsDuplicateKey() {
		assertThatExceptionOfType(DuplicateKeyException.class)
			.isThrownBy(() -> this.workflows.check(WORKFLOW + "jobs: {}\n"));
	}

}
