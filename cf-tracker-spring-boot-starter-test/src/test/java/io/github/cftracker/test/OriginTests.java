package io.github.cftracker.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OriginTests {

	private final Origins origins = new Origins(Duration.ofMillis(500));

	private Supplier<URI> address;

	@AfterEach
	void stop() {
		this.origins.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
			"HTTP/1.1 200\r\ncontent-length: 4\r\ncontent-length: 4\r\n\r\nbody",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n1\r\nb\r\n3;a=b\r\nody\r\n0\r\n\r\n",
			"close" + "HTTP/1.1 200 OK\r\n\r\nbody", "close" + "HTTP/1.0 200 OK\nX: a\n\nbody",
			"HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
					+ "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody" })
	void readsEveryKindOfBody(String answer) throws Exception {
		try (RawOrigin application = application(answer)) {
			OriginResponse first = fetch(get("/a"));
			assertThat(first.status()).isEqualTo(200);
			assertThat(first.body()).asString(StandardCharsets.US_ASCII).isEqualTo("body");
			assertThat(first.header("Link")).isNull();
			assertThat(first.header("Transfer-Encoding")).isNull();
			assertThat(fetch(get("/b")).body()).isEqualTo(first.body());
			assertThat(application.connections()).isEqualTo(answer.startsWith("close") ? 2 : 1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "GET, 204", "GET, 304", "HEAD, 200", "HEAD, 404" })
	void expectsNoBodyWhereThereIsNone(String method, int status) throws Exception {
		try (RawOrigin application = application("HTTP/1.1 " + status + " X\r\nContent-Length: 7\r\n\r\n")) {
			for (int i = 0; i < 3; i++) {
				assertThat(fetch(request(method, "/a", "")).body()).isEmpty();
			}
			assertThat(application.connections()).isEqualTo(1);
		}
	}

	@Test
	void asksAgainWhenIdleConnectionWasClosed() throws Exception {
		try (RawOrigin application = application(RawOrigin.OK, "close", RawOrigin.OK)) {
			fetch(get("/a"));
			assertThat(fetch(get("/b")).status()).isEqualTo(200);
			assertThat(application.requestLines()).containsExactly("GET /a HTTP/1.1", "GET /b HTTP/1.1",
					"GET /b HTTP/1.1");
		}
	}

	@Test
	void sendsOnceWhatMustNotBeSentTwice() throws Exception {
		try (RawOrigin application = application(RawOrigin.OK, "close", RawOrigin.OK)) {
			fetch(get("/a"));
			assertUnavailable(request("POST", "/b", "body"), 502);
			assertThat(application.requestLines()).containsExactly("GET /a HTTP/1.1", "POST /b HTTP/1.1");
			assertThat(application.connections()).isEqualTo(2);
		}
	}

	@Test
	void tellsLengthOfEmptyPost() throws Exception {
		try (RawOrigin application = application(RawOrigin.OK)) {
			fetch(request("POST", "/a", ""));
			fetch(request("DELETE", "/a", ""));
			assertThat(application.asked().get(0)).contains("\r\nContent-Length: 0\r\n");
			assertThat(application.asked().get(1)).doesNotContain("Content-Length");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "close", "closeHTTP/1.1 200 OK\r\n",
			"closeHTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbody",
			"closeHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nbody", "HTTP/2 200\r\n\r\n", "nonsense\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "HTTP/1.1 200 OK\r\nNo header\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n" })
	void answers502ToWhatIsNoAnswer(String answer) throws Exception {
		try (RawOrigin application = application(answer)) {
			assertUnavailable(get("/a"), 502);
			assertThat(application.asked()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "hang", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbody" })
	void answers504WhenOriginFallsSilent(String answer) throws Exception {
		try (RawOrigin application = application(answer)) {
			assertUnavailable(get("/a"), 504);
			assertThat(application.asked()).hasSize(1);
		}
	}

	@Test
	void answers504WhenOriginDoesNotRead() throws Exception {
		try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.address = () -> URI.create("http://127.0.0.1:" + deaf.getLocalPort());
			assertUnavailable(request("PUT", "/a", "a".repeat(30_000_000)), 504);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost:8080", "ftp://localhost", "http://localhost/base", "/a" })
	void answers502ForOriginThatIsNoAddress(String address) {
		this.address = () -> URI.create(address);
		assertThatExceptionOfType(Origins.UnavailableException.class).isThrownBy(() -> fetch(get("/a")))
			.withMessageContaining("The origin '%s' must", address);
	}

	@ParameterizedTest
	@CsvSource({ "http://localhost:8080/, localhost:8080", "http://a, a", "HTTP://a:80, a", "https://a:443, a",
			"https://a:80, a:80", "http://[::1]:81, [::1]:81" })
	void namesHost(URI address, String host) {
		assertThat(OriginAddress.of(address).authority()).isEqualTo(host);
	}

	private RawOrigin application(String... answers) throws IOException {
		RawOrigin application = new RawOrigin(answers);
		this.address = application::uri;
		return application;
	}

	private OriginResponse fetch(ViewerRequest request) throws Exception {
		return this.origins.fetch(new DistributionOrigin("origin", this.address, "", null, false, Map.of()), request);
	}

	private void assertUnavailable(ViewerRequest request, int status) {
		assertThatExceptionOfType(Origins.UnavailableException.class).isThrownBy(() -> fetch(request))
			.satisfies((ex) -> assertThat(ex.response().status()).isEqualTo(status));
	}

	private static ViewerRequest get(String target) {
		return request("GET", target, "");
	}

	private static ViewerRequest request(String method, String target, String body) {
		return new ViewerRequest(method, target, "HTTP/1.1", Map.of("Host", List.of("a")),
				body.getBytes(StandardCharsets.US_ASCII), "127.0.0.1");
	}

}
