package io.github.cftracker.web;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JettyTrackingFilterAsyncTests extends TrackingFilterAsyncTests {

	JettyTrackingFilterAsyncTests() {
		super(Server.JETTY);
	}

	// Tomcat cuts the response off
	@Test
	void tracksTimeoutAfterTheStatusWasOutBecauseJettyEndsItWell() throws IOException {
		assertThat(get("/async/timeout/after-commit").status()).isEqualTo(200);
		assertTracked("/async/timeout/after-commit");
	}

}
