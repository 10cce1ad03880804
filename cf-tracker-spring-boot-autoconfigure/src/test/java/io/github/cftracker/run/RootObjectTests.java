package io.github.cftracker.run;

import java.util.List;

import io.github.cftracker.Selection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RootObjectTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "none", textBlock = """
			index.html | /                | / /index.html
			index.html | /?x=1            | /?x=1 /index.html?x=1
			index.html | /index.html      | /index.html /
			index.html | /index.html?x=1  | /index.html?x=1 /?x=1
			index.html | /a/index.html    | /a/index.html
			index.html | /a/              | /a/
			index.html | /index.html*     | /index.html*
			index.html | /a               | /a
			''         | /                | /
			""")
	void isSelectedUnderBothPaths(String name, String path, String selected) {
		Selection completed = new RootObject(name).completed(new Selection(List.of(path)));
		assertThat(completed.paths()).containsExactly(selected.split(" "));
	}

}
