package io.github.cftracker.web;

import java.io.IOException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JettyTrackedTargetTests extends TrackedTargetTests {

	JettyTrackedTargetTests() {
		super(Server.JETTY);
	}

	// Tomcat refuses these
	@ParameterizedTest
	@CsvSource({ "/raw/a?x=|, /raw/a?x=%7C", "/raw/a?x={}, /raw/a?x=%7B%7D" })
	void encodesTargetThatOnlyJettyLetsThrough(String target, String path) throws IOException {
		assertThat(get(target).body()).contains("raw");
		assertTracked(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "//raw/a", "/raw//a", "//unknown", "/raw/a%25b", "/raw/%2e%2e/raw/a", "/raw/..;/raw/a",
			"/raw/a%2Fb", "/raw/a%5Cb", "/raw/%00", "/raw/%zz", "/raw/a|b", "/raw/{a}", "/raw/é", "/raw/a#b" })
	void neverSeesWhatJettyRefuses(String target) throws IOException {
		assertAnsweredByContainer(target, 400);
	}

}
