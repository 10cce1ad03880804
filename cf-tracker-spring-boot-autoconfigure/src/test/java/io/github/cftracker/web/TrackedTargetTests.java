package io.github.cftracker.web;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

abstract class TrackedTargetTests extends TrackingFilterTestSupport {

	TrackedTargetTests(Server server) {
		super(server, "");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/raw", "/raw/", "/raw/a", "/raw/a/", "/raw/A", "/raw/a?b=2&a=1", "/raw/a?a=1&a=1&a",
			"/raw/a?x=%2F%2f&y=http://host/?z", "/raw/a?x=a+b%20c", "/raw/a?x=%C3%A9&y=%c3%a9", "/raw/a?x=a;b,c",
			"/raw/a??", "/raw/a%20b", "/raw/%C3%A9", "/raw/%c3%a9", "/raw/a+b", "/raw/a%2Bb", "/raw/%61", "/raw/a*",
			"/raw/a,b:c@d!$&'()=-._", "/raw/a;jsessionid=1", "/raw;v=1/a", "/raw/a;b=c?d", "/%72aw/a", "/raw/%3F",
			"/raw/a%3Bb", "/raw/./a", "/raw/../raw/a" })
	void tracksTargetAsItIs(String target) throws IOException {
		assertThat(get(target).body()).contains("raw");
		assertTracked(target);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/unknown/%C3%A9?b&a", "/unknown/%c3%a9", "/unknown/a%20b/", "/unknown;v=1" })
	void untracksTargetAsItIs(String target) throws IOException {
		assertThat(get(target).status()).isEqualTo(404);
		assertUntracked(target);
	}

	@Test
	void tracksPathOfAbsoluteTarget() throws IOException {
		assertThat(get("http://localhost/raw/a?x=1").body()).contains("raw");
		assertTracked("/raw/a?x=1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/raw/a?x=1", "/raw/%C3%A9", "/raw/a;v=1" })
	void tracksWhatWasReceivedRatherThanForwardedHeaders(String target) throws IOException {
		assertThat(get(target, "X-Forwarded-Prefix: /front", "X-Forwarded-Host: example.org").body()).contains("raw");
		assertTracked(target);
	}

	@Test
	void untracksWhatWasReceivedRatherThanForwardedHeaders() throws IOException {
		assertThat(get("/unknown", "X-Forwarded-Prefix: /front").status()).isEqualTo(404);
		assertUntracked("/unknown");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/raw/excluded", "/raw/excluded/", "/raw/excluded/a", "/raw/excluded/a?x=1",
			"/raw/exclude%64/a", "/%72aw/excluded/a", "/raw/%65xclude%64", "/raw/excluded;v=1/a", "/raw;v=1/excluded" })
	void ignoresExcludedPathHoweverItIsSpelled(String target) throws IOException {
		assertThat(get(target).body()).contains("raw");
		assertIgnored();
	}

	@Test
	void ignoresExcludedPathBehindForwardedPrefix() throws IOException {
		assertThat(get("/raw/excluded/a", "X-Forwarded-Prefix: /front").body()).contains("raw");
		assertIgnored();
	}

}
