package io.github.cftracker.sample;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.cftracker.sample.ConsoleDocument.Step;
import io.github.cftracker.test.LocalCloudFront;
import org.assertj.core.api.SoftAssertions;
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
	@ValueSource(
			strings = { "../README.md", "../docs/demonstration.md", "../docs/endpoint.md", "../docs/selecting.md" })
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
			softly.assertThat(ConsoleDocument.comparable(outputs.get(i)))
				.as(steps.get(i).command())
				.isEqualTo(ConsoleDocument.comparable(steps.get(i).output()));
		}
		softly.assertAll();
	}

}
