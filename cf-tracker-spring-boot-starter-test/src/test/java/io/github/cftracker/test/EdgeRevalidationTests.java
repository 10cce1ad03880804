package io.github.cftracker.test;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpExchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EdgeRevalidationTests extends EdgeTestSupport {

	private static final String REFRESH_HIT = "RefreshHit from cloudfront";

	@Test
	void renewsExpiredObjectForLifetimeOf304() throws Exception {
		versioned("/a", "max-age=60", "max-age=30");
		get("/a");
		this.clock.advance(Duration.ofSeconds(60));
		Instant renewed = this.clock.instant();
		HttpResponse<String> refreshed = get("/a", "If-None-Match", "\"of the viewer\"");
		assertThat(cacheState(refreshed)).isEqualTo(REFRESH_HIT);
		assertThat(refreshed.statusCode()).isEqualTo(200);
		assertThat(refreshed.body()).isEqualTo("page 1");
		assertThat(refreshed.headers().firstValue("Content-Length")).hasValue("6");
		assertThat(refreshed.headers().firstValue("Cache-Control")).hasValue("max-age=30");
		assertThat(this.origin.asked().get(1).headers().get("If-None-Match")).containsExactly("\"1\"");
		assertThat(this.cloudFront.cachedObjects()).singleElement()
			.extracting(CachedObject::storedAt)
			.isEqualTo(renewed);
		this.clock.advance(Duration.ofSeconds(29));
		HttpResponse<String> hit = get("/a");
		assertThat(cacheState(hit)).isEqualTo(HIT);
		assertThat(hit.headers().firstValue("Age")).hasValue("29");
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(cacheState(get("/a"))).isEqualTo(REFRESH_HIT);
	}

	@Test
	void renewsExpiredObjectForItsOwnLifetimeWithoutOneIn304() throws Exception {
		versioned("/a", "max-age=60", null);
		get("/a");
		this.clock.advance(Duration.ofSeconds(90));
		assertThat(cacheState(get("/a"))).isEqualTo(REFRESH_HIT);
		this.clock.advance(Duration.ofSeconds(59));
		assertThat(cacheState(get("/a"))).isEqualTo(HIT);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(targets()).isEmpty();
	}

	@Test
	void renewsExpiredObjectForDefaultTtlWithoutAnyLifetime() throws Exception {
		versioned("/a", null, null);
		get("/a");
		this.clock.advance(Duration.ofHours(24));
		assertThat(cacheState(get("/a"))).isEqualTo(REFRESH_HIT);
		this.clock.advance(Duration.ofHours(23));
		assertThat(cacheState(get("/a"))).isEqualTo(HIT);
	}

	@Test
	void renewsByExpiresOf304() throws Exception {
		this.origin.answer("/a", (exchange) -> {
			boolean first = exchange.getRequestHeaders().getFirst("If-None-Match") == null;
			exchange.getResponseHeaders().set("ETag", "W/\"1\"");
			exchange.getResponseHeaders()
				.set("Expires", first ? "Sun, 22 Nov 2026 12:01:00 GMT" : "Sun, 22 Nov 2026 12:02:00 GMT");
			return first ? 200 : 304;
		});
		get("/a");
		this.clock.advance(Duration.ofSeconds(60));
		assertThat(cacheState(get("/a"))).isEqualTo(REFRESH_HIT);
		this.clock.advance(Duration.ofSeconds(59));
		assertThat(targets()).containsExactly("/a");
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(targets()).isEmpty();
	}

	@Test
	void updatesHeadersButThoseOfTheBody() throws Exception {
		this.origin.answer("/a", (exchange) -> {
			boolean first = exchange.getRequestHeaders().getFirst("If-Modified-Since") == null;
			exchange.getResponseHeaders().set("Last-Modified", "Sun, 22 Nov 2026 10:00:00 GMT");
			exchange.getResponseHeaders().set("Cache-Control", "max-age=60");
			exchange.getResponseHeaders().set("Cache-Tag", first ? "old" : "new");
			exchange.getResponseHeaders().set("X-Version", first ? "1" : "2");
			exchange.getResponseHeaders().set("Content-Encoding", first ? "x-one" : "x-two");
			if (first) {
				exchange.getResponseHeaders().set("X-First", "kept");
			}
			return first ? 200 : 304;
		});
		this.cloudFront.distribution((distribution) -> distribution.cacheTagHeader("Cache-Tag"));
		get("/a");
		this.clock.advance(Duration.ofSeconds(60));
		HttpResponse<String> refreshed = get("/a");
		assertThat(cacheState(refreshed)).isEqualTo(REFRESH_HIT);
		assertThat(this.origin.asked().get(1).headers().get("If-Modified-Since"))
			.containsExactly("Sun, 22 Nov 2026 10:00:00 GMT");
		assertThat(this.origin.asked().get(1).headers()).doesNotContainKey("If-None-Match");
		assertThat(refreshed.headers().firstValue("X-Version")).hasValue("2");
		assertThat(refreshed.headers().firstValue("X-First")).hasValue("kept");
		assertThat(refreshed.headers().firstValue("Content-Encoding")).hasValue("x-one");
		assertThat(this.cloudFront.cachedObjects()).singleElement()
			.extracting(CachedObject::tags)
			.isEqualTo(List.of("new"));
	}

	@Test
	void replacesObjectThatHasChanged() throws Exception {
		versioned("/a", "max-age=60", null);
		get("/a");
		this.clock.advance(Duration.ofSeconds(60));
		this.origin.answer("/a", 200, "ETag", "\"2\"", "Cache-Control", "max-age=60");
		HttpResponse<String> changed = get("/a");
		assertThat(cacheState(changed)).isEqualTo(MISS);
		assertThat(changed.body()).isEqualTo("page 2");
		assertThat(get("/a").body()).isEqualTo("page 2");
		this.clock.advance(Duration.ofSeconds(60));
		get("/a");
		assertThat(this.origin.asked().get(2).headers().get("If-None-Match")).containsExactly("\"2\"");
	}

	@ParameterizedTest
	@CsvSource({ "200, no-store", "404, no-store", "401, public" })
	void forgetsObjectWhoseReplacementIsNotKept(int status, String cacheControl) throws Exception {
		this.cloudFront.distribution((distribution) -> distribution.errorCachingMinTtl(404, Duration.ZERO));
		versioned("/a", "max-age=60", null);
		get("/a");
		this.clock.advance(Duration.ofSeconds(60));
		this.origin.answer("/a", status, "Cache-Control", cacheControl);
		assertThat(get("/a").statusCode()).isEqualTo(status);
		get("/a");
		assertThat(this.origin.asked().get(1).headers()).containsKey("If-None-Match");
		assertThat(this.origin.asked().get(2).headers()).doesNotContainKey("If-None-Match");
	}

	@Test
	void forgetsObjectThat304ForbidsToKeep() throws Exception {
		versioned("/a", "max-age=60", "no-store");
		get("/a");
		this.clock.advance(Duration.ofSeconds(60));
		HttpResponse<String> refreshed = get("/a");
		assertThat(cacheState(refreshed)).isEqualTo(REFRESH_HIT);
		assertThat(refreshed.body()).isEqualTo("page 1");
		assertThat(targets()).isEmpty();
		assertThat(cacheState(get("/a"))).isEqualTo(MISS);
	}

	@Test
	void doesNotRevalidateWithoutValidatorOrWhatIsAnError() throws Exception {
		this.origin.answer("/plain", 200, "Cache-Control", "max-age=60");
		this.origin.answer("/error", 404, "Cache-Control", "max-age=60", "ETag", "\"1\"");
		this.origin.answer("/options", 200, "Cache-Control", "max-age=60", "ETag", "\"1\"");
		behavior((behavior) -> behavior.cachesOptions());
		for (int i = 0; i < 2; i++) {
			get("/plain");
			get("/error");
			send("OPTIONS", "/options", "");
			this.clock.advance(Duration.ofSeconds(60));
		}
		assertThat(this.origin.asked()).hasSize(6)
			.allSatisfy((asked) -> assertThat(asked.headers()).doesNotContainKey("If-None-Match"));
	}

	@Test
	void headRevalidatesObjectOfGetAndKeepsItsBody() throws Exception {
		versioned("/a", "max-age=60", null);
		get("/a");
		this.clock.advance(Duration.ofSeconds(60));
		HttpResponse<String> head = send("HEAD", "/a", "");
		assertThat(cacheState(head)).isEqualTo(REFRESH_HIT);
		assertThat(head.headers().firstValue("Content-Length")).hasValue("6");
		HttpResponse<String> hit = get("/a");
		assertThat(cacheState(hit)).isEqualTo(HIT);
		assertThat(hit.body()).isEqualTo("page 1");
	}

	@Test
	void getDoesNotRevalidateObjectOfHead() throws Exception {
		versioned("/a", "max-age=60", null);
		send("HEAD", "/a", "");
		this.clock.advance(Duration.ofSeconds(60));
		assertThat(get("/a").body()).isEqualTo("page 2");
		assertThat(this.origin.asked().get(1).headers()).doesNotContainKey("If-None-Match");
	}

	@Test
	void invalidationDropsExpiredObjectsToo() throws Exception {
		for (String item : List.of("/dir/a", "/dir/*", "#tag", "/dir/a*b", "/*")) {
			this.cloudFront.clear();
			this.cloudFront.distribution((distribution) -> distribution.cacheTagHeader("Cache-Tag"));
			versioned("/dir/a", "max-age=60", null);
			get("/dir/a");
			this.clock.advance(Duration.ofSeconds(60));
			assertThat(this.cloudFront.cachedObjects()).isEmpty();
			invalidate("reference", item);
			assertThat(cacheState(get("/dir/a"))).isEqualTo(item.endsWith("b") ? REFRESH_HIT : MISS);
		}
	}

	@Test
	void keeps304ThatWasUnderWayDuringInvalidation() throws Exception {
		versioned("/a", "max-age=60", null);
		get("/a");
		this.clock.advance(Duration.ofSeconds(60));
		CountDownLatch invalidated = new CountDownLatch(1);
		this.origin.answer("/a", (exchange) -> {
			await(invalidated);
			return 304;
		});
		CompletableFuture<HttpResponse<String>> slow = CompletableFuture.supplyAsync(() -> {
			try {
				return get("/a");
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		Awaitility.await().until(() -> this.origin.targets().size() == 2);
		invalidate("first", "/a");
		invalidated.countDown();
		assertThat(cacheState(slow.join())).isEqualTo(REFRESH_HIT);
		assertThat(targets()).containsExactly("/a");
	}

	@Test
	void keepsExpiredObjectWhileOriginCannotBeReached() throws Exception {
		versioned("/a", "max-age=60", null);
		get("/a");
		this.clock.advance(Duration.ofSeconds(60));
		this.cloudFront.origin(this.origin.uri().resolve("/not-an-origin"));
		assertThat(get("/a").statusCode()).isEqualTo(502);
		this.cloudFront.origin(this.origin.uri());
		assertThat(cacheState(get("/a"))).isEqualTo(REFRESH_HIT);
	}

	private void versioned(String target, String cacheControl, String cacheControlOf304) {
		this.origin.answer(target, (exchange) -> {
			boolean current = "\"1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
			exchange.getResponseHeaders().set("ETag", "\"1\"");
			exchange.getResponseHeaders().set("Cache-Tag", "tag");
			cacheControl(exchange, current ? cacheControlOf304 : cacheControl);
			return current ? 304 : 200;
		});
	}

	private static void cacheControl(HttpExchange exchange, String value) {
		if (value != null) {
			exchange.getResponseHeaders().set("Cache-Control", value);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
