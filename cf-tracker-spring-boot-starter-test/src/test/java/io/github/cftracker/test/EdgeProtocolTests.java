package io.github.cftracker.test;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EdgeProtocolTests extends EdgeTestSupport {

	private static final String HOST = "Host: example.org\r\n";

	@Test
	void writesHeaderNamesExactly() throws Exception {
		this.origin.answer("/a", 200, "ETag", "\"1\"");
		try (RawViewer viewer = viewer()) {
			assertThat(viewer.get("/a").response()).startsWith("HTTP/1.1 200 OK\r\n")
				.contains("\r\nX-Cache: Miss from cloudfront\r\n", "\r\nX-Amz-Cf-Id: ", "\r\nVia: 1.1 ", "\r\nDate: ",
						"\r\nContent-Length: 6\r\n")
				.endsWith("\r\n\r\npage 1");
			assertThat(viewer.get("/a").response()).contains("\r\nX-Cache: Hit from cloudfront\r\n", "\r\nAge: 0\r\n");
		}
	}

	@Test
	void answersSeveralRequestsOnOneConnection() throws Exception {
		try (RawViewer viewer = viewer()) {
			for (int i = 1; i <= 5; i++) {
				assertThat(viewer.get("/" + i).response()).doesNotContain("Connection:").endsWith("page " + i);
			}
		}
	}

	@Test
	void answersPipelinedRequestsInOrder() throws Exception {
		try (RawViewer viewer = viewer()) {
			viewer.send("GET /1 HTTP/1.1\r\n" + HOST + "\r\nPOST /2 HTTP/1.1\r\n" + HOST
					+ "Content-Length: 3\r\n\r\nabc\r\nGET /3 HTTP/1.1\n" + HOST + "Connection: close\r\n\r\nGET /4");
			assertThat(viewer.response()).endsWith("page 1");
			assertThat(viewer.response()).endsWith("page 2");
			assertThat(viewer.untilEnd()).contains("\r\nConnection: close\r\n").endsWith("page 3");
		}
		assertThat(this.origin.targets()).containsExactly("/1", "/2", "/3");
		assertThat(this.origin.asked().get(1).body()).isEqualTo("abc");
	}

	@Test
	void keepsHttp10ConnectionOnlyWhenAsked() throws Exception {
		try (RawViewer viewer = viewer()) {
			viewer.send("GET /a HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
			assertThat(viewer.response()).contains("\r\nConnection: keep-alive\r\n");
			viewer.send("GET /a HTTP/1.0\r\n\r\n");
			assertThat(viewer.untilEnd()).contains("\r\nConnection: close\r\n").endsWith("page 1");
		}
	}

	@Test
	void passesChunkedBody() throws Exception {
		try (RawViewer viewer = viewer()) {
			viewer.send("POST /a HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n"
					+ "5;x=y\r\nchunk\r\n00A\r\ned\r\nbody\r\n\r\n0\r\nX-Trailer: a\r\n\r\n");
			assertThat(viewer.response()).endsWith("page 1");
			assertThat(viewer.get("/b").response()).endsWith("page 2");
		}
		assertThat(this.origin.asked().get(0).body()).isEqualTo("chunked\r\nbody\r\n");
		assertThat(this.origin.asked().get(0).headers().getFirst("Content-Length")).isEqualTo("15");
	}

	@Test
	void asksForBodyThatWaits() throws Exception {
		for (String framing : List.of("Content-Length: 4\r\n", "Transfer-Encoding: chunked\r\n")) {
			try (RawViewer viewer = viewer()) {
				viewer.send("PUT /a HTTP/1.1\r\n" + HOST + framing + "Expect: 100-continue\r\n\r\n");
				assertThat(viewer.head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
				viewer.send(framing.startsWith("C") ? "body" : "4\r\nbody\r\n0\r\n\r\n");
				assertThat(viewer.response()).startsWith("HTTP/1.1 200");
			}
		}
		assertThat(this.origin.asked()).extracting(TestOrigin.Asked::body).containsExactly("body", "body");
		assertThat(this.origin.asked().get(0).headers()).doesNotContainKey("Expect");
	}

	@Test
	void answersHeadWithLengthOfGetAndNoBody() throws Exception {
		String head = "HEAD /a HTTP/1.1\r\n" + HOST + "\r\n";
		try (RawViewer viewer = viewer()) {
			assertThat(viewer.send(head).head()).contains("\r\nContent-Length: 6\r\n", "Miss from");
			assertThat(viewer.get("/a").response()).endsWith("\r\n\r\npage 2");
			assertThat(viewer.send(head).head()).contains("\r\nContent-Length: 6\r\n", "Hit from");
			assertThat(viewer.get("/a").response()).startsWith("HTTP/1.1 200 OK").contains("Hit from");
		}
	}

	@Test
	void writesNoLengthWhereThereIsNoBody() throws Exception {
		this.origin.answer("/a", 204);
		try (RawViewer viewer = viewer()) {
			assertThat(viewer.get("/a").head()).startsWith("HTTP/1.1 204 No Content").doesNotContain("Content-Length");
			assertThat(viewer.get("/a").head()).contains("Hit from").doesNotContain("Content-Length");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "GET /a", "GET  /a HTTP/1.1", "GET /a b HTTP/1.1", "G(T /a HTTP/1.1",
			"GET /a\tb HTTP/1.1", "GET /\u0000 HTTP/1.1", "GET /\u007f HTTP/1.1", "GET a HTTP/1.1", "GET * HTTP/1.1",
			"GET ftp://a/b HTTP/1.1", "GET /a\rb HTTP/1.1", "GET /a HTTP/1.1x", "\u0016\u0003\u0001",
			"GET /a HTTP/1.1\r\nNo header", "GET /a HTTP/1.1\r\nX : a", "GET /a HTTP/1.1\r\n: a",
			"GET /a HTTP/1.1\r\nX: a\r\n folded", "GET /a HTTP/1.1\r\nX: a\u0001", "GET /a HTTP/1.1\r\nHost: second",
			"GET /a HTTP/1.1\r\nContent-Length: -1", "GET /a HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2",
			"GET /a HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked" })
	void refusesMalformedRequest(String request) throws Exception {
		assertRefused(request + "\r\n" + HOST + "\r\n", "400 Bad Request");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x\r\n", "-1\r\n", "2\r\nabc\r\n" })
	void refusesMalformedChunk(String chunk) throws Exception {
		assertRefused("POST /a HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + chunk, "400 Bad Request");
	}

	@Test
	void refusesRequestWithoutHost() throws Exception {
		assertRefused("GET /a HTTP/1.1\r\n\r\n", "400 Bad Request");
	}

	@ParameterizedTest
	@CsvSource({ "HTTP/2.0, X: a, 505", "HTTP/1.1, Transfer-Encoding: gzip, 501",
			"HTTP/1.1, Content-Length: 99999999999, 413" })
	void refusesWhatIsNotBuilt(String version, String header, int status) throws Exception {
		assertRefused("POST /a " + version + "\r\n" + HOST + header + "\r\n\r\n", String.valueOf(status));
	}

	@Test
	void limitsRequestLineAndHeaders() throws Exception {
		int most = ViewerRequestReader.MAX_REQUEST_LINE - "GET / HTTP/1.1".length();
		try (RawViewer viewer = viewer()) {
			assertThat(viewer.get("/" + "a".repeat(most)).response()).startsWith("HTTP/1.1 200");
		}
		assertRefused("GET /" + "a".repeat(most + 2) + " HTTP/1.1\r\n" + HOST + "\r\n", "414 URI Too Long");
		assertRefused("GET /a HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(65_536) + "\r\n\r\n", "431");
		assertRefused("GET /a HTTP/1.1\r\n" + HOST + "X: a\r\n".repeat(100) + "\r\n", "431");
		assertRefused("GET /" + "a".repeat(5_000_000), "414 URI Too Long");
	}

	private void assertRefused(String request, String status) throws IOException {
		int asked = this.origin.asked().size();
		try (RawViewer viewer = viewer()) {
			assertThat(viewer.send(request).untilEnd()).startsWith("HTTP/1.1 " + status)
				.contains("\r\nConnection: close\r\n", "\r\nX-Cache: Error from cloudfront\r\n", "\r\nDate: ");
		}
		assertThat(this.origin.asked()).hasSize(asked);
	}

	private RawViewer viewer() throws IOException {
		return new RawViewer(this.cloudFront.edge());
	}

}
