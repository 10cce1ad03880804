package io.github.cftracker.test;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OriginGroupTests extends EdgeTestSupport {

	private TestOrigin second;

	@BeforeEach
	void startSecond() throws Exception {
		this.second = new TestOrigin();
		this.cloudFront.distribution((distribution) -> distribution.origin("second", this.second.uri())
			.originPath("second", "/backup")
			.originHeader("second", "X-Secret", "second")
			.originGroup("group", "origin", "second", 404, 503)
			.defaultBehavior((behavior) -> behavior.origin("group")
				.cachesOptions()
				.originRequest("strip", (path) -> path.replace("/shop", ""))));
	}

	@AfterEach
	void stopSecond() {
		this.second.close();
	}

	@Test
	void asksPrimaryAlone() throws Exception {
		get("/a");
		assertThat(this.origin.targets()).containsExactly("/a");
		assertThat(this.second.targets()).isEmpty();
	}

	@Test
	void cachesAnswerOfSecondaryUnderSameKey() throws Exception {
		this.origin.answer("/a?x=1", 404, "X-Origin", "primary");
		HttpResponse<String> miss = get("/shop/a?x=1");
		assertThat(miss.statusCode()).isEqualTo(200);
		assertThat(cacheState(miss)).isEqualTo(MISS);
		assertThat(miss.headers().firstValue("X-Origin")).isEmpty();
		assertThat(cacheState(get("/shop/a?x=1"))).isEqualTo(HIT);
		assertThat(targets()).containsExactly("/shop/a?x=1");
		assertThat(this.origin.targets()).containsExactly("/a?x=1");
		assertThat(this.second.targets()).containsExactly("/backup/a?x=1");
		assertThat(this.second.asked().get(0).headers().get("X-Secret")).containsExactly("second");
		assertThat(this.origin.asked().get(0).headers()).doesNotContainKey("X-Secret");
		invalidate("first", "/shop/a?x=1");
		assertThat(targets()).isEmpty();
	}

	@Test
	void asksPrimaryAgainAfterFailover() throws Exception {
		this.origin.answer("/a", 503);
		get("/a");
		this.origin.answer("/a", 200);
		this.clock.advance(Duration.ofDays(2));
		assertThat(get("/a").statusCode()).isEqualTo(200);
		assertThat(this.origin.targets()).containsExactly("/a", "/a");
		assertThat(this.second.targets()).hasSize(1);
	}

	@Test
	void answersWithErrorOfSecondary() throws Exception {
		this.origin.answer("/a", 503);
		this.second.answer("/backup/a", 404);
		assertThat(get("/a").statusCode()).isEqualTo(404);
		assertThat(this.cloudFront.cachedObjects()).extracting(CachedObject::status).containsExactly(404);
	}

	@Test
	void answersWithOtherErrorOfPrimary() throws Exception {
		this.origin.answer("/a", 500);
		assertThat(get("/a").statusCode()).isEqualTo(500);
		assertThat(this.second.targets()).isEmpty();
	}

	@Test
	void failsOverForGetHeadAndOptionsOnly() throws Exception {
		for (String method : List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")) {
			this.origin.answer("/" + method, 404);
			send(method, "/" + method, "");
		}
		assertThat(this.second.targets()).containsExactly("/backup/GET", "/backup/HEAD", "/backup/OPTIONS");
	}

	@Test
	void failsOverWhenPrimaryCannotBeReached() throws Exception {
		try (ServerSocket free = new ServerSocket(0)) {
			this.cloudFront.origin(URI.create("http://127.0.0.1:" + free.getLocalPort()));
		}
		assertThat(get("/a").statusCode()).isEqualTo(200);
		assertThat(targets()).containsExactly("/a");
		assertThat(send("POST", "/a", "body").statusCode()).isEqualTo(502);
		this.second.close();
		assertThat(get("/b").statusCode()).isEqualTo(502);
	}

	@Test
	void failsOverWhenPrimaryBreaksOff() throws Exception {
		try (RawOrigin broken = new RawOrigin("closeHTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbody")) {
			this.cloudFront.origin(broken.uri());
			assertThat(get("/a").body()).isEqualTo("page 1");
		}
	}

}
