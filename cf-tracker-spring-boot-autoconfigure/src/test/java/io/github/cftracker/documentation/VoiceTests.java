package io.github.cftracker.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.cftracker.documentation.Wording.Allowed;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything that users read avoids the words that {@link Wording} lists. A failure shows
 * the number of findings for each kind of text, and each finding with its replacement.
 */
class VoiceTests {

	private static List<Passage> texts;

	@BeforeAll
	static void read() {
		texts = ProjectTexts.read();
	}

	@Test
	void avoidsListedWords() {
		Map<String, Integer> counts = new LinkedHashMap<>();
		List<Finding> findings = texts.stream().flatMap((passage) -> {
			List<Finding> found = Wording.check(passage);
			counts.merge(passage.kind(), found.size(), Integer::sum);
			return found.stream();
		}).toList();
		assertThat(findings.size()).as(() -> report(counts, findings)).isZero();
	}

	@Test
	void readsEveryKindOfText() {
		Map<String, Integer> words = texts.stream()
			.collect(Collectors.toMap(Passage::kind, (passage) -> passage.text().split("\\s+").length, Integer::sum));
		assertThat(words).containsOnlyKeys("README", "CONTRIBUTING", "CHANGELOG", "docs", "decisions",
				"property descriptions", "literals of cf-tracker-spring-boot-autoconfigure",
				"literals of cf-tracker-spring-boot-starter-test", "literals of cf-tracker-testing",
				"literals of sample-app", "literals of benchmarks", "pages of sample-app");
		assertThat(words.values()).allSatisfy((count) -> assertThat(count).isGreaterThan(100));
	}

	@Test
	void needsEveryAllowedPhrase() {
		assertThat(Wording.allowed())
			.allSatisfy((allowed) -> assertThat(texts).as(allowed.phrase()).anyMatch(allowed::isIn));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Mend the template.                           | fix
			It is of no use.                             | has no effect
			The log says so                              | reports
			as long as the properties say                | while
			The node is told.                            | notified
			Whoever asks                                 | the caller
			somebody has to act                          | a user
			nobody knows                                 | unknown
			It is no path                                | is not a
			there is none                                | does not exist
			not tracked any more                         | no longer
			written all the same                         | anyway
			kept for ever                                | forever
			Meanwhile it waits                           | leave it out
			looks whether it is there                    | checks whether
			it sees that nothing is lost                 | ensures
			lets others wait                             | makes
			what is asked for                            | requested
			what is to be invalidated                    | pending
			it stands for the root                       | replaces
			takes the place of it                        | replaces
			a store of the application's own             | its own
			removed by hand                              | manually
			a node carries on                            | resumes
			the claim is gone                            | expired
			two at the most                              | at most
			how many paths there may be                  | maximum number of
			""")
	void findsListedWord(String text, String instead) {
		assertThat(check(text)).anySatisfy((finding) -> assertThat(finding.toString()).contains(instead));
	}

	@ParameterizedTest
	@ValueSource(strings = { "It is no longer tracked.", "There is no run.", "Starter lets you choose.",
			"at most one minute", "any more than two", "the owner of its ownership", "recommended", "outlets",
			"is not known", "is no more than 3", "a bean of your own" })
	void leavesOtherWordsAlone(String text) {
		assertThat(check(text)).isEmpty();
	}

	@Test
	void leavesAllowedPhraseAlone() {
		List<Allowed> allowed = List.of(new Allowed("CloudFront says no", "a quotation"));
		Passage passage = Passage.of("prose", Path.of("page.md"), "",
				"It says that CloudFront says no. CloudFront says");
		assertThat(Wording.check(passage, allowed)).extracting(Finding::start).containsExactly(3, 44);
	}

	@Test
	void findsPhraseAcrossLinesOfParagraph() {
		assertThat(check("tracked any\nmore")).singleElement()
			.satisfies((finding) -> assertThat(finding.toString()).startsWith("page.md:1 'any more' -> no longer"));
		assertThat(check("tracked any\n\nmore")).isEmpty();
	}

	@Test
	void readsProseOfMarkdownOnly() {
		String prose = Prose.ofMarkdown("""
				It `says` [this](docs/it-says.md).

				    it says
				    so

				```
				it says
				```
				- it
				    says
				""");
		assertThat(check(prose)).singleElement().asString().startsWith("page.md:10 'says'");
	}

	@Test
	void readsTextOfPagesAndStringsOfScripts() {
		assertThat(check(Prose.ofHtml("<p title='says'>It\nsays</p><script>says</script>"))).hasSize(1);
		assertThat(check(Prose.ofScript("says('it // says'); // says\n/* says */ x = `it\nsays`;"))).hasSize(2);
	}

	@Test
	void readsLiteralsOfJavaSources(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("Example.java"), """
				// "comment"
				class Example {
					char quote = '"';
					String escaped = "a \\" quote"; /* "comment" */
					String concatenated = "two " + ("nested".length() + 1) + " three "
							+ "four";
					String block = \"""
							first line
							second line
							\""";
				}
				""");
		List<Passage> passages = JavaLiterals.of("literals", List.of(file));
		assertThat(passages).extracting(Passage::text)
			.containsExactly("a \" quote", "two … three four", "nested", "first line\nsecond line\n");
		assertThat(passages.get(1).line("two … three ".length())).isEqualTo(6);
		assertThat(passages.get(3).line("first line\n".length())).isEqualTo(9);
	}

	private static List<Finding> check(String text) {
		return Wording.check(Passage.of("prose", Path.of("page.md"), text, text));
	}

	private static String report(Map<String, Integer> counts, List<Finding> findings) {
		String table = counts.entrySet()
			.stream()
			.map((entry) -> "%5d  %s".formatted(entry.getValue(), entry.getKey()))
			.collect(Collectors.joining("\n"));
		String list = findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
		return "Words to replace, by kind of text:\n%s\n%5d  in all\n\n%s\n".formatted(table, findings.size(), list);
	}

}
