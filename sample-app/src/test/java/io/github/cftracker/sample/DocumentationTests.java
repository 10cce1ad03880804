package io.github.cftracker.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the form of the documentation: the limits of the README, and that relative
 * links lead to existing files and headings.
 */
class DocumentationTests {

	private static final Path README = Path.of("../README.md");

	private static final Path INDEX = Path.of("../docs/README.md");

	static List<Path> documents() throws IOException {
		return Stream
			.concat(Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(Path.of("..")::resolve),
					pages().stream())
			.toList();
	}

	private static List<Path> pages() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("../docs"))) {
			return files.filter((file) -> file.toString().endsWith(".md")).sorted().toList();
		}
	}

	@Test
	void readmeHasAtMost130Lines() throws Exception {
		assertThat(MarkdownDocument.read(README).lines()).hasSizeLessThanOrEqualTo(130);
	}

	@Test
	void readmeHasAtMost900Words() throws Exception {
		assertThat(MarkdownDocument.read(README).words()).isBetween(100L, 900L);
	}

	@Test
	void readmeHasNoLongLineOfProse() throws Exception {
		assertThat(MarkdownDocument.read(README).prose()).isNotEmpty()
			.allSatisfy((line) -> assertThat(line).hasSizeLessThan(200));
	}

	@Test
	void readmeHasNoLongTableCell() throws Exception {
		assertThat(MarkdownDocument.read(README).cells()).isNotEmpty()
			.allSatisfy((cell) -> assertThat(MarkdownDocument.words(cell)).as(cell).isLessThanOrEqualTo(25));
	}

	@Test
	void readmeShowsDependencyWithinFirst25Lines() throws Exception {
		assertThat(MarkdownDocument.read(README).lines().subList(0, 25)).contains("<dependency>")
			.anyMatch((line) -> line.contains("<artifactId>cf-tracker-spring-boot-starter</artifactId>"));
	}

	@ParameterizedTest
	@MethodSource("documents")
	void linksLeadToFilesAndHeadings(Path document) throws Exception {
		assertThat(MarkdownDocument.read(document).brokenLinks()).isEmpty();
	}

	@Test
	void indexLinksEveryPage() throws Exception {
		String index = Files.readString(INDEX);
		assertThat(pages()).filteredOn((page) -> !page.equals(INDEX))
			.allSatisfy((page) -> assertThat(index).contains("](" + INDEX.getParent().relativize(page) + ")"));
	}

	@Test
	void reportsBrokenLinks() throws Exception {
		String text = """
				# Title

				[file](docs/README.md), [anchor](docs/README.md#references), [own](#title), [web](https://example.org)
				[no file](docs/nothing.md), [no anchor](docs/README.md#nothing), [no own](#nothing) and `[code](nothing)`

				    [indented](nothing)

				```
				[fenced](nothing)
				```

				[reference]: nothing.md
				""";
		assertThat(MarkdownDocument.of(README, text).brokenLinks()).containsExactly("docs/nothing.md",
				"docs/README.md#nothing", "#nothing", "nothing.md");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			The endpoint            | the-endpoint
			The distribution's `id` | the-distributions-id
			Health, info, events    | health-info-events
			[Redis](redis.md) & I/O | redis--io
			10. max-paths_2 Ünicode | 10-max-paths_2-ünicode
			""")
	void makesAnchorsByRulesOfGitHub(String heading, String anchor) {
		assertThat(MarkdownDocument.of(README, "# Other\n## " + heading).anchors()).containsExactly("other", anchor);
	}

	@Test
	void numbersRepeatedAnchors() {
		assertThat(MarkdownDocument.of(README, "# A\n## A\n## A").anchors()).containsExactly("a", "a-1", "a-2");
	}

	@Test
	void countsWordsOutsideOfCode() {
		String text = """
				# One heading

				A [link with words](target.md) and `code`.

				    not counted

				| cell | two words |
				|---|---|

				```
				not counted
				```
				""";
		MarkdownDocument document = MarkdownDocument.of(README, text);
		assertThat(document.words()).isEqualTo(2 + 6 + 3);
		assertThat(document.cells()).containsExactly("cell", "two words");
	}

}
