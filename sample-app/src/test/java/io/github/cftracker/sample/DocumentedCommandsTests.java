package io.github.cftracker.sample;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.cftracker.sample.ConsoleDocument.Step;
import io.github.cftracker.test.LocalCloudFront;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the commands of the documentation, in their order, against a sample that has just
 * started, and compares what they print with what the documentation says. With
 * {@code -Ddocs.write=true} it is written there instead.
 */
@DirtiesContext(classMode = ClassMode.BEFORE_EACH_TEST_METHOD)
class DocumentedCommandsTests extends AbstractShopTests {

	@Autowired
	private LocalCloudFront cloudFront;

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@ValueSource(strings = { "../README.md", "../docs/endpoint.md", "../docs/selecting.md" })
	void printWhatTheDocumentationSays(String path) throws Exception {
		ConsoleDocument document = ConsoleDocument.read(Path.of(path));
		List<Step> steps = document.steps();
		assertThat(steps).isNotEmpty();
		Map<String, String> places = Map.of("localhost:8080", "http://127.0.0.1:" + this.port, "localhost:8081",
				this.cloudFront.edge().toString());
		List<String> outputs = new ArrayList<>();
		for (Step step : steps) {
			outputs.add(CurlCommand.parse(step.command()).run(places));
		}
		if (Boolean.getBoolean("docs.write")) {
			document.write(steps, outputs);
			return;
		}
		SoftAssertions softly = new SoftAssertions();
		for (int i = 0; i < steps.size(); i++) {
			softly.assertThat(comparable(outputs.get(i)))
				.as(steps.get(i).command())
				.isEqualTo(comparable(steps.get(i).output()));
		}
		softly.assertAll();
	}

	@Test
	void aChangedFieldIsSeen() {
		String output = "{\"id\":\"6d147a60-4cfd-4d06-96d0-3deef9f0f1a1\",\"items\":1}";
		assertThat(comparable(output)).isEqualTo(comparable(output.replace("6d147a60", "7d147a60")))
			.isNotEqualTo(comparable(output.replace("items", "item")))
			.isNotEqualTo(comparable(output.replace(":1", ":2")));
	}

	/**
	 * Without what is another one each time, and without wrapping.
	 */
	private static String comparable(String output) {
		return output.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<uuid>")
			.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<time>")
			.replaceAll("\"I[0-9A-Z]{13}\"", "\"<invalidation>\"")
			.replaceAll("(?m)^[ \t]+", "")
			.replaceAll("\n(?![A-Z][A-Za-z-]*: |<|\\d{3}$)", "");
	}

}
