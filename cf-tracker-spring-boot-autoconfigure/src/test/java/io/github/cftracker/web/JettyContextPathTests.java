package io.github.cftracker.web;

import java.io.IOException;

import org.junit.jupiter.api.Test;

class JettyContextPathTests extends ContextPathTests {

	JettyContextPathTests() {
		super(Server.JETTY);
	}

	@Test
	void neverSeesTheRedirectToTheContextRoot() throws IOException {
		assertAnsweredByContainer("/shop", 301);
	}

}
