package io.github.cftracker.web;

import java.io.IOException;

import org.junit.jupiter.api.Test;

class TomcatTrackingFilterAsyncTests extends TrackingFilterAsyncTests {

	TomcatTrackingFilterAsyncTests() {
		super(Server.TOMCAT);
	}

	// Jetty ends the response as if it were complete
	@Test
	void ignoresTimeoutAfterTheStatusWasOutBecauseTomcatCutsItOff() throws IOException {
		assertCutOff("/async/timeout/after-commit");
		get("/async/timeout/after-commit");
		assertIgnored();
	}

}
