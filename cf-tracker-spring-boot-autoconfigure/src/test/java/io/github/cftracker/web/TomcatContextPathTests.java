package io.github.cftracker.web;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TomcatContextPathTests extends ContextPathTests {

	TomcatContextPathTests() {
		super(Server.TOMCAT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/%73hop/raw/a", "/shop;v=1/raw/a", "/shop;jsessionid=1/raw/a" })
	void tracksContextPathHoweverItIsSpelled(String target) throws IOException {
		assertThat(get(target).body()).contains("raw");
		assertTracked(target);
	}

	@Test
	void neverSeesTheRedirectToTheContextRoot() throws IOException {
		assertAnsweredByContainer("/shop", 302);
	}

}
