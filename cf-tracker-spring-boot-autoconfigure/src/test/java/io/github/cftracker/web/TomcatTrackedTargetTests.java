package io.github.cftracker.web;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TomcatTrackedTargetTests extends TrackedTargetTests {

	TomcatTrackedTargetTests() {
		super(Server.TOMCAT);
	}

	// Jetty refuses these
	@ParameterizedTest
	@ValueSource(strings = { "//raw/a", "/raw//a", "/raw/a//", "/raw/a%25b", "/raw/%2e%2e/raw/a", "/raw/..;/raw/a" })
	void tracksTargetThatOnlyTomcatLetsThrough(String target) throws IOException {
		assertThat(get(target).body()).contains("raw");
		assertTracked(target);
	}

	@Test
	void untracksDoubleSlashAsItIs() throws IOException {
		assertThat(get("//unknown").status()).isEqualTo(404);
		assertUntracked("//unknown");
	}

	@ParameterizedTest
	@ValueSource(strings = { "//raw/a", "/raw//a?x=1" })
	void tracksDoubleSlashThatForwardedHeadersWouldCollapse(String target) throws IOException {
		assertThat(get(target, "X-Forwarded-Prefix: /front").body()).contains("raw");
		assertTracked(target);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/raw/a%2Fb", "/raw/a%5Cb", "/raw/%00", "/raw/%zz", "/raw/a|b", "/raw/{a}", "/raw/é",
			"/raw/a?x=|", "/raw/a?x={}", "/raw/a?x=é", "/raw/a#b" })
	void neverSeesWhatTomcatRefuses(String target) throws IOException {
		assertAnsweredByContainer(target, 400);
	}

}
