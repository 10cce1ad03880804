package io.github.cftracker.test;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EdgeBehaviorTests extends EdgeTestSupport {

	private TestOrigin app;

	@BeforeEach
	void startApp() throws Exception {
		this.app = new TestOrigin();
	}

	@AfterEach
	void stopApp() {
		this.app.close();
	}

	@ParameterizedTest
	@CsvSource({ "/api/a, true", "/api/a?x=/b, true", "//api//a, true", "/x/../api/./a, true", "/api/../a, false",
			"/API/a, false", "/%61pi/a, false", "/api, false", "/b?x=/api/a, false" })
	void choosesBehaviorByNormalisedPathAndSendsRawOne(String target, boolean toApp) throws Exception {
		this.cloudFront.distribution((distribution) -> distribution.origin("app", this.app.uri())
			.behavior("api/*", (behavior) -> behavior.origin("app")));
		try (RawViewer viewer = new RawViewer(this.cloudFront.edge())) {
			assertThat(viewer.get(target).response()).contains("Miss from");
			assertThat(viewer.get(target).response()).contains("Hit from");
		}
		assertThat((toApp ? this.app : this.origin).targets()).containsExactly(target);
		assertThat((toApp ? this.origin : this.app).targets()).isEmpty();
		assertThat(targets()).containsExactly(target);
	}

	@Test
	void takesFirstBehaviorThatMatchesAndDefaultLast() throws Exception {
		this.cloudFront.distribution((distribution) -> distribution.origin("app", this.app.uri())
			.defaultBehavior((behavior) -> behavior.noQueryStrings())
			.behavior("/a/b*", (behavior) -> behavior.queryStrings("page"))
			.behavior("/a/*", (behavior) -> behavior.origin("app"))
			.behavior("/a/c", (behavior) -> behavior.noQueryStrings()));
		for (String target : List.of("/a/b?page=1&x", "/a/c?x", "/c?x")) {
			get(target);
		}
		assertThat(targets()).containsExactly("/a/b?page=1", "/a/c?x", "/c");
		assertThat(this.app.targets()).containsExactly("/a/c?x");
	}

	@Test
	void answersFromObjectOfSameKey() throws Exception {
		behavior((behavior) -> behavior.queryStringsExcept("utm_source"));
		get("/a?utm_source=x&page=2");
		assertThat(cacheState(get("/a?page=2&utm_source=y"))).isEqualTo(HIT);
		assertThat(cacheState(get("/a?page=3"))).isEqualTo(MISS);
		invalidate("first", "/a?page=2");
		assertThat(targets()).containsExactly("/a?page=3");
	}

	@Test
	void sendsOriginQueryStringOfKeyOrWholeOne() throws Exception {
		behavior((behavior) -> behavior.queryStrings("page"));
		get("/a?x=1&page=1");
		behavior((behavior) -> behavior.queryStrings("page").forwardsAllQueryStrings());
		get("/a?x=1&page=2");
		behavior((behavior) -> behavior.queryStrings("page").legacySettings());
		get("/a?x=1&page=3");
		behavior((behavior) -> behavior.noQueryStrings().legacySettings());
		get("/b?x=1");
		assertThat(this.origin.targets()).containsExactly("/a?page=1", "/a?x=1&page=2", "/a?x=1&page=3", "/b");
		assertThat(targets()).containsExactly("/a?page=1", "/a?page=2", "/a?page=3", "/b");
	}

	@Test
	void sendsOtherMethodsTheSameWay() throws Exception {
		behavior((behavior) -> behavior.queryStrings("page"));
		send("POST", "/a?x=1&page=1", "body");
		assertThat(this.origin.targets()).containsExactly("/a?page=1");
	}

	@Test
	void addsOriginPathOnTheWayToOrigin() throws Exception {
		this.cloudFront.distribution((distribution) -> distribution.originPath("origin", "/shop"));
		get("/a?x");
		get("/");
		assertThat(this.origin.targets()).containsExactly("/shop/a?x", "/shop/");
		assertThat(targets()).containsExactly("/a?x", "/");
		invalidate("first", "/a?x");
		assertThat(targets()).containsExactly("/");
	}

	@Test
	void asksForDefaultRootObjectAndCachesItUnderSlash() throws Exception {
		this.cloudFront
			.distribution((distribution) -> distribution.originPath("origin", "/shop").defaultRootObject("index.html"));
		for (String target : List.of("/", "/?x=1", "/a/", "//")) {
			get(target);
		}
		assertThat(this.origin.targets()).containsExactly("/shop/index.html", "/shop/index.html?x=1", "/shop/a/",
				"/shop//");
		assertThat(targets()).containsExactly("/", "/?x=1", "/a/", "//");
	}

	@Test
	void sendsDomainNameAsHost() throws Exception {
		this.cloudFront.distribution((distribution) -> distribution.origin("app", this.app::uri)
			.originDomainName("app", "app.example.org")
			.behavior("/app/*", (behavior) -> behavior.origin("app")));
		get("/app/a");
		get("/a");
		assertThat(this.app.asked().get(0).headers().get("Host")).containsExactly("app.example.org");
		assertThat(this.origin.asked().get(0).headers().get("Host")).containsExactly(this.origin.uri().getAuthority());
	}

	@Test
	void addsCustomHeadersOfTheOriginInPlaceOfTheViewers() throws Exception {
		this.cloudFront.distribution((distribution) -> distribution.origin("app", this.app::uri)
			.originHeader("app", "X-Secret", "of-the-origin")
			.behavior("/app/*", (behavior) -> behavior.origin("app")));
		get("/app/a", "x-secret", "of-the-viewer");
		get("/a", "x-secret", "of-the-viewer");
		assertThat(this.app.asked().get(0).headers().get("X-Secret")).containsExactly("of-the-origin");
		assertThat(this.origin.asked().get(0).headers().get("X-Secret")).containsExactly("of-the-viewer");
	}

	@Test
	void keepsConnectionsOfSeveralOrigins() throws Exception {
		try (RawOrigin first = new RawOrigin(RawOrigin.OK); RawOrigin second = new RawOrigin(RawOrigin.OK)) {
			this.cloudFront.distribution((distribution) -> distribution.origin("first", first.uri())
				.origin("second", second.uri())
				.defaultBehavior((behavior) -> behavior.origin("first"))
				.behavior("/second/*", (behavior) -> behavior.origin("second")));
			for (int i = 0; i < 3; i++) {
				get("/" + i);
				get("/second/" + i);
			}
			assertThat(first.connections()).isEqualTo(1);
			assertThat(second.connections()).isEqualTo(1);
		}
	}

	@Test
	void keepsOptionsApartFromGet() throws Exception {
		behavior((behavior) -> behavior.cachesOptions());
		get("/a");
		HttpResponse<String> miss = send("OPTIONS", "/a", "", "Cookie", "a=b");
		HttpResponse<String> hit = send("OPTIONS", "/a", "");
		assertThat(cacheState(miss)).isEqualTo(MISS);
		assertThat(cacheState(hit)).isEqualTo(HIT);
		assertThat(hit.body()).isEqualTo(miss.body()).isEqualTo("page 2");
		assertThat(this.origin.asked().get(1).headers()).doesNotContainKey("Cookie");
		assertThat(get("/a").body()).isEqualTo("page 1");
		assertThat(send("OPTIONS", "/b", "").body()).isEqualTo(get("/b").body().replace("4", "3"));
		assertThat(targets()).containsExactly("/a", "/a", "/b", "/b");
		invalidate("first", "/a");
		assertThat(targets()).containsExactly("/b", "/b");
		assertThat(cacheState(send("OPTIONS", "/a", ""))).isEqualTo(MISS);
	}

	@Test
	void keepsToTtlsOfBehavior() throws Exception {
		this.origin.answer("/min/a", 200, "Cache-Control", "no-store");
		this.origin.answer("/none/a", 404);
		this.cloudFront.distribution((distribution) -> distribution.errorCachingMinTtl(404, Duration.ofMinutes(1))
			.behavior("/min/*",
					(behavior) -> behavior.ttl(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(9)))
			.behavior("/none/*", (behavior) -> behavior.ttl(Duration.ZERO, Duration.ZERO, Duration.ZERO)));
		this.origin.answer("/gone", 404);
		for (String target : List.of("/min/a", "/none/a", "/none/b", "/gone")) {
			get(target);
		}
		assertThat(targets()).containsExactly("/min/a", "/gone");
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(targets()).containsExactly("/gone");
		this.clock.advance(Duration.ofSeconds(54));
		assertThat(targets()).containsExactly("/gone");
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(targets()).isEmpty();
	}

	@Test
	void replacesAllSettingsAtRuntimeAndKeepsWhatIsCached() throws Exception {
		this.cloudFront
			.distribution((distribution) -> distribution.originPath("origin", "/shop").defaultRootObject("index.html"));
		get("/a");
		this.cloudFront.distribution((distribution) -> distribution.defaultRootObject("start.html"));
		assertThat(cacheState(get("/a"))).isEqualTo(HIT);
		get("/");
		assertThat(this.origin.targets()).containsExactly("/shop/a", "/start.html");
	}

	@Test
	void takesDefaultTtlAndLimitOfBuilder() throws Exception {
		this.cloudFront.close();
		this.cloudFront = LocalCloudFront.builder()
			.distribution((distribution) -> distribution.behavior("/*", (behavior) -> behavior.noQueryStrings()))
			.defaultTtl(Duration.ofSeconds(5))
			.maxCachedObjects(2)
			.clock(this.clock)
			.origin(this.origin.uri())
			.start();
		for (String target : List.of("/a?x", "/b?x", "/c?x")) {
			get(target);
		}
		assertThat(targets()).containsExactly("/b", "/c");
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(targets()).isEmpty();
	}

}
