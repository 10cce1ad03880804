package io.github.cftracker.web;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

abstract class ContextPathTests extends TrackingFilterTestSupport {

	ContextPathTests(Server server) {
		super(server, "/shop");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/shop/raw", "/shop/raw/a?b=2&a=1", "/shop/raw/%C3%A9", "/shop/raw/excluded-not",
			"/shop/raw/shop" })
	void tracksContextPathAsPartOfThePath(String target) throws IOException {
		assertThat(get(target).body()).contains("raw");
		assertTracked(target);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/shop/unknown", "/shop/" })
	void untracksWithContextPath(String target) throws IOException {
		assertThat(get(target).status()).isEqualTo(404);
		assertUntracked(target);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/shop/raw/a", "/shop/raw/a?x=1" })
	void tracksContextPathThatAForwardedPrefixReplaces(String target) throws IOException {
		assertThat(get(target, "X-Forwarded-Prefix: /front").body()).contains("raw");
		assertTracked(target);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/shop/raw/excluded", "/shop/raw/excluded/a", "/shop/raw/exclude%64/a" })
	void excludesWithoutContextPath(String target) throws IOException {
		assertThat(get(target).body()).contains("raw");
		assertIgnored();
	}

	@Test
	void tracksAsyncPage() throws IOException {
		assertThat(get("/shop/later/callable/ok").status()).isEqualTo(200);
		assertTracked("/shop/later/callable/ok");
	}

}
