package io.github.cftracker.test;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import static org.assertj.core.api.Assertions.assertThat;

class EdgeTargetTests {

	private RawOrigin origin;

	private LocalCloudFront cloudFront;

	@BeforeEach
	void start() throws IOException {
		this.origin = new RawOrigin(RawOrigin.OK);
		this.cloudFront = LocalCloudFront.builder().origin(this.origin.uri()).start();
	}

	@AfterEach
	void stop() throws IOException {
		this.cloudFront.close();
		this.origin.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "//", "//a", "///a//b", "//a/b?x", "/a|b", "/a^b`c{d}\"<>\\[]", "/\u00c3\u00a9",
			"/\u00ff\u0080", "/%", "/%zz", "/%2F", "/%2f", "/a?", "/a??", "/?", "/..%2f", "/../a/./b", "/a*b", "/*",
			"/a#b", "/a:b@c", "//user@host:1/a", "/a?b=http://c/d", "/%00", "/a;b=c,d+e~f" })
	void reachesOriginByteForByte(String target) throws Exception {
		assertThat(ask(target)).startsWith("HTTP/1.1 200 OK\r\n").contains("\r\nX-Cache: Miss from cloudfront\r\n");
		assertThat(ask(target)).contains("\r\nX-Cache: Hit from cloudfront\r\n");
		assertThat(this.origin.requestLines()).containsExactly("GET " + target + " HTTP/1.1");
	}

	@Test
	void tellsTargetsApartByEveryByte() throws Exception {
		List<String> targets = List.of("/a", "//a", "/a|b", "/a%7Cb", "/a%7cb", "/\u00c3\u00a9", "/%C3%A9", "/\u00e9",
				"/%2F", "/%2f", "//", "/a?", "/a??", "/..%2f", "/../", "/a*b", "/a#b");
		for (String target : targets) {
			assertThat(ask(target)).contains("X-Cache: Miss");
		}
		assertThat(this.origin.requestLines())
			.isEqualTo(targets.stream().map((target) -> "GET " + target + " HTTP/1.1").toList());
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://example.org//a?x", "HTTPS://user@example.org:1//a?x" })
	void dropsSchemeAndHost(String target) throws Exception {
		ask(target);
		assertThat(ask("//a?x")).contains("X-Cache: Hit");
		assertThat(this.origin.requestLines()).containsExactly("GET //a?x HTTP/1.1");
	}

	@Test
	void addsPathToHostAlone() throws Exception {
		ask("http://example.org");
		ask("http://example.org?x");
		assertThat(this.origin.requestLines()).containsExactly("GET / HTTP/1.1", "GET /?x HTTP/1.1");
	}

	@Test
	void passesAsteriskOfOptions() throws Exception {
		try (RawViewer viewer = new RawViewer(this.cloudFront.edge())) {
			viewer.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").response();
		}
		assertThat(this.origin.requestLines()).containsExactly("OPTIONS * HTTP/1.1");
	}

	@Test
	void addsOriginPathToAnyPathAndToNothingElse() throws Exception {
		this.cloudFront.distribution((distribution) -> distribution.originPath("origin", "/shop"));
		ask("//a|b?");
		try (RawViewer viewer = new RawViewer(this.cloudFront.edge())) {
			viewer.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").response();
		}
		assertThat(this.origin.requestLines()).containsExactly("GET /shop//a|b? HTTP/1.1", "OPTIONS * HTTP/1.1");
	}

	@Test
	void dropsTargetThatInvalidationNamesEncoded() throws Exception {
		for (String target : List.of("/a|b", "/a%7Cb", "/\u00c3\u00a9", "/b")) {
			ask(target);
		}
		try (CloudFrontClient client = SdkClient.of(this.cloudFront)) {
			client.createInvalidation(SdkClient.invalidation(this.cloudFront, "reference", "/a%7Cb", "/%C3*"));
		}
		assertThat(this.cloudFront.cachedObjects()).extracting(CachedObject::target).containsExactly("/b");
		assertThat(ask("/a|b")).contains("Miss from");
	}

	@Test
	void passesHeadersByteForByte() throws Exception {
		try (RawViewer viewer = new RawViewer(this.cloudFront.edge())) {
			viewer.send("GET / HTTP/1.1\r\nhost: a\r\nx-LOWER-Upper: \u00c3\u00a9  b \r\nx-empty:\r\n\r\n").response();
		}
		assertThat(this.origin.asked().get(0)).contains("\r\nx-LOWER-Upper: \u00c3\u00a9  b\r\n", "\r\nx-empty: \r\n")
			.contains("\r\nHost: " + this.origin.uri().getAuthority() + "\r\n")
			.doesNotContain("host: a", "Content-Length");
	}

	private String ask(String target) throws IOException {
		try (RawViewer viewer = new RawViewer(this.cloudFront.edge())) {
			return viewer.get(target).response();
		}
	}

}
