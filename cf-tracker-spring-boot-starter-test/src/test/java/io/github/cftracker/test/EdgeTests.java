package io.github.cftracker.test;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EdgeTests extends EdgeTestSupport {

	@Test
	void answersSecondRequestFromCache() throws Exception {
		HttpResponse<String> miss = get("/a");
		this.clock.advance(Duration.ofSeconds(7));
		HttpResponse<String> hit = get("/a");
		assertThat(cacheState(miss)).isEqualTo(MISS);
		assertThat(miss.headers().firstValue("Age")).isEmpty();
		assertThat(cacheState(hit)).isEqualTo(HIT);
		assertThat(hit.headers().firstValue("Age")).hasValue("7");
		assertThat(hit.body()).isEqualTo(miss.body()).isEqualTo("page 1");
		assertThat(hit.headers().firstValue("Via").orElseThrow())
			.matches("1\\.1 \\w+\\.cloudfront\\.net \\(CloudFront\\)");
		assertThat(hit.headers().firstValue("X-Amz-Cf-Id").orElseThrow())
			.isNotEqualTo(miss.headers().firstValue("X-Amz-Cf-Id").orElseThrow());
		assertThat(this.origin.targets()).containsExactly("/a");
	}

	@Test
	void asksAgainWhenExpired() throws Exception {
		this.origin.answer("/a", 200, "Cache-Control", "max-age=60");
		get("/a");
		this.clock.advance(Duration.ofSeconds(59));
		assertThat(cacheState(get("/a"))).isEqualTo(HIT);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(get("/a").body()).isEqualTo("page 2");
	}

	@Test
	void readsMalformedHeadersStrictlyOrLeniently() throws Exception {
		this.origin.answer("/expires", 200, "Expires", "Sun, 22-Nov-2026 12:01:00 UTC");
		this.origin.answer("/max-age", 200, "Cache-Control", "max-age=60; public");
		for (boolean lenient : List.of(false, true)) {
			this.cloudFront.lenientHeaders(lenient);
			this.cloudFront.clear();
			get("/expires");
			get("/max-age");
			assertThat(targets()).isEqualTo(lenient ? List.of("/expires", "/max-age") : List.of("/max-age"));
		}
		this.clock.advance(Duration.ofSeconds(60));
		assertThat(targets()).isEmpty();
		this.cloudFront.close();
		this.cloudFront = LocalCloudFront.builder()
			.clock(this.clock)
			.origin(this.origin.uri())
			.lenientHeaders(true)
			.start();
		get("/max-age");
		this.clock.advance(Duration.ofSeconds(60));
		assertThat(targets()).isEmpty();
	}

	@Test
	void doesNotCacheNoStore() throws Exception {
		this.origin.answer("/a", 200, "Cache-Control", "no-store");
		get("/a");
		assertThat(cacheState(get("/a"))).isEqualTo(MISS);
		assertThat(this.origin.targets()).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/a/b?x=1&y=2", "/a/b?y=2&x=1", "/a%2fb", "/a%2Fb", "/%61", "/a/../b", "/a//b", "//a/b?x",
			"/a;b=c,d", "/a+b", "/a~b?q=%C3%A9+*", "/%E2%82%AC" })
	void keepsTargetAsRequested(String target) throws Exception {
		get(target);
		assertThat(cacheState(get(target))).isEqualTo(HIT);
		assertThat(this.origin.targets()).containsExactly(target);
	}

	@Test
	void tellsTargetsApartByEveryByte() throws Exception {
		List<String> targets = List.of("/a", "/a/", "/A", "/%61", "/a?x=1", "/a?x=1&y=2", "/a?y=2&x=1");
		for (String target : targets) {
			assertThat(cacheState(get(target))).isEqualTo(MISS);
		}
		assertThat(this.origin.targets()).isEqualTo(targets);
	}

	@Test
	void sendsHeadersOfCloudFrontToOrigin() throws Exception {
		get("/a", "User-Agent", "Browser", "X-Forwarded-For", "192.0.2.1", "Cookie", "a=b", "Authorization",
				"Basic eDp5", "If-None-Match", "\"x\"", "Range", "bytes=0-1", "Accept-Encoding", "gzip", "X-Own",
				"kept");
		TestOrigin.Asked asked = this.origin.asked().get(0);
		assertThat(asked.headers().get("User-Agent")).containsExactly("Amazon CloudFront");
		assertThat(asked.headers().getFirst("Via")).matches("2\\.0 \\w+\\.cloudfront\\.net \\(CloudFront\\)");
		assertThat(asked.headers().getFirst("X-Amz-Cf-Id")).isNotBlank();
		assertThat(asked.headers().get("X-Forwarded-For")).containsExactly("192.0.2.1, 127.0.0.1");
		assertThat(asked.headers().getFirst("Host")).isEqualTo(this.origin.uri().getAuthority());
		assertThat(asked.headers().getFirst("X-Own")).isEqualTo("kept");
		assertThat(asked.headers()).doesNotContainKeys("Cookie", "Authorization", "If-none-match", "Range",
				"Accept-encoding");
	}

	@Test
	void passesOtherMethodsThrough() throws Exception {
		for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
			HttpResponse<String> response = send(method, "/a", "body of " + method, "Cookie", "a=b", "Authorization",
					"Basic eDp5");
			assertThat(cacheState(response)).isEqualTo(MISS);
		}
		assertThat(this.origin.asked()).extracting(TestOrigin.Asked::body)
			.containsExactly("body of POST", "body of PUT", "body of PATCH", "body of DELETE", "body of OPTIONS");
		assertThat(this.origin.asked()).allSatisfy((asked) -> {
			assertThat(asked.headers().getFirst("Cookie")).isEqualTo("a=b");
			assertThat(asked.headers().getFirst("Authorization")).isEqualTo("Basic eDp5");
		});
		assertThat(cacheState(get("/a"))).isEqualTo(MISS);
	}

	@Test
	void refusesOtherMethods() throws Exception {
		HttpResponse<String> response = send("TRACE", "/a", "");
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(cacheState(response)).isEqualTo(ERROR);
		assertThat(this.origin.asked()).isEmpty();
	}

	@Test
	void answersHeadFromCachedGet() throws Exception {
		get("/a");
		HttpResponse<String> head = send("HEAD", "/a", "");
		assertThat(cacheState(head)).isEqualTo(HIT);
		assertThat(head.headers().firstValue("Content-Length")).hasValue("6");
		assertThat(head.body()).isEmpty();
	}

	@Test
	void cachesHeadForHeadOnly() throws Exception {
		HttpResponse<String> miss = send("HEAD", "/a", "");
		HttpResponse<String> hit = send("HEAD", "/a", "");
		assertThat(cacheState(miss)).isEqualTo(MISS);
		assertThat(cacheState(hit)).isEqualTo(HIT);
		assertThat(hit.headers().firstValue("Content-Length")).hasValue("6");
		assertThat(get("/a").body()).isEqualTo("page 2");
		assertThat(this.origin.asked()).extracting(TestOrigin.Asked::method).containsExactly("HEAD", "GET");
	}

	@Test
	void handsRedirectToViewer() throws Exception {
		this.origin.answer("/a", 302, "Location", "/b");
		assertThat(get("/a").statusCode()).isEqualTo(302);
		HttpResponse<String> hit = get("/a");
		assertThat(cacheState(hit)).isEqualTo(HIT);
		assertThat(hit.headers().firstValue("Location")).hasValue("/b");
		assertThat(this.origin.targets()).containsExactly("/a");
	}

	@Test
	void handsUnauthorizedToViewer() throws Exception {
		this.origin.answer("/a", 401);
		assertThat(get("/a").statusCode()).isEqualTo(401);
		assertThat(get("/a").body()).isEqualTo("page 2");
	}

	@Test
	void cachesErrorForTenSeconds() throws Exception {
		this.origin.answer("/a", 404);
		assertThat(cacheState(get("/a"))).isEqualTo(ERROR);
		this.clock.advance(Duration.ofSeconds(9));
		HttpResponse<String> cached = get("/a");
		assertThat(cacheState(cached)).isEqualTo(ERROR);
		assertThat(cached.headers().firstValue("Age")).hasValue("9");
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(get("/a").body()).isEqualTo("page 2");
	}

	@Test
	void keepsHeadersOfOrigin() throws Exception {
		this.origin.answer("/a", 200, "Set-Cookie", "a=1", "Set-Cookie", "b=2", "Vary", "*", "ETag", "\"1\"", "Via",
				"1.1 proxy", "Connection", "X-Hop", "X-Hop", "dropped");
		for (String state : List.of(MISS, HIT)) {
			HttpResponse<String> response = get("/a");
			assertThat(cacheState(response)).isEqualTo(state);
			assertThat(response.headers().allValues("Set-Cookie")).containsExactlyInAnyOrder("a=1", "b=2");
			assertThat(response.headers().firstValue("ETag")).hasValue("\"1\"");
			assertThat(response.headers().allValues("Via")).hasSize(2).contains("1.1 proxy");
			assertThat(response.headers().allValues("Date")).hasSize(1);
			assertThat(response.headers().firstValue("X-Hop")).isEmpty();
		}
	}

	@Test
	void answersEmptyBody() throws Exception {
		this.origin.answer("/a", 204);
		assertThat(get("/a").statusCode()).isEqualTo(204);
		assertThat(cacheState(get("/a"))).isEqualTo(HIT);
	}

	@Test
	void answers502WhenOriginCannotBeReached() throws Exception {
		URI alive = this.origin.uri();
		try (ServerSocket free = new ServerSocket(0)) {
			this.cloudFront.origin(URI.create("http://127.0.0.1:" + free.getLocalPort()));
		}
		HttpResponse<String> response = get("/a");
		assertThat(response.statusCode()).isEqualTo(502);
		assertThat(cacheState(response)).isEqualTo(ERROR);
		this.cloudFront.origin(alive);
		assertThat(get("/a").statusCode()).isEqualTo(200);
	}

	@Test
	void answers502ForOriginWithPath() throws Exception {
		this.cloudFront.origin(this.origin.uri().resolve("/base"));
		HttpResponse<String> response = get("/a");
		assertThat(response.statusCode()).isEqualTo(502);
		assertThat(response.body()).contains("must not have a path");
	}

	@Test
	void answers502WithoutOrigin() throws Exception {
		this.cloudFront.close();
		this.cloudFront = LocalCloudFront.start();
		HttpResponse<String> response = get("/a");
		assertThat(response.statusCode()).isEqualTo(502);
		assertThat(response.body()).contains("The edge has no origin");
	}

	@Test
	void understandsAbsoluteRequestTarget() throws Exception {
		assertThat(raw("http://example.org/a?x=1")).startsWith("HTTP/1.1 200");
		assertThat(this.origin.targets()).containsExactly("/a?x=1");
	}

	@Test
	void keepsQuestionMarkWithNothingBehindIt() throws Exception {
		get("/a");
		assertThat(raw("/a?")).contains("Miss from cloudfront");
		assertThat(raw("/a?")).contains("Hit from cloudfront");
		assertThat(raw("/a?x?")).contains("Miss from cloudfront");
		assertThat(this.origin.targets()).containsExactly("/a", "/a?", "/a?x?");
	}

	@Test
	void keepsDateOfOriginOrSetsOne() throws Exception {
		String date = "Tue, 05 Mar 2024 00:00:00 GMT";
		try (RawOrigin dated = new RawOrigin("HTTP/1.1 200 OK\r\ndate: " + date + "\r\nContent-Length: 0\r\n\r\n");
				RawOrigin dateless = new RawOrigin(RawOrigin.OK)) {
			this.cloudFront.origin(dated.uri());
			assertThat(get("/dated").headers().allValues("Date")).containsExactly(date);
			assertThat(get("/dated").headers().allValues("Date")).containsExactly(date);
			this.cloudFront.origin(dateless.uri());
			List<String> set = get("/dateless").headers().allValues("Date");
			assertThat(set).singleElement()
				.asString()
				.matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} [\\d:]{8} GMT");
			this.clock.advance(Duration.ofSeconds(5));
			assertThat(get("/dateless").headers().allValues("Date")).isEqualTo(set);
		}
	}

	private String raw(String target) throws Exception {
		URI edge = this.cloudFront.edge();
		try (Socket socket = new Socket(edge.getHost(), edge.getPort());
				OutputStream out = socket.getOutputStream();
				InputStream in = socket.getInputStream()) {
			out.write("GET %s HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n".formatted(target)
				.getBytes(StandardCharsets.US_ASCII));
			return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
		}
	}

}
