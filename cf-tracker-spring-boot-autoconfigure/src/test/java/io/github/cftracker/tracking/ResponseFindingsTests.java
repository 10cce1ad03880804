package io.github.cftracker.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.github.cftracker.Finding;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.QueryStrings;
import io.github.cftracker.distribution.Ttls;
import io.github.cftracker.testing.Distributions;
import io.github.cftracker.testing.TestClock;
import io.github.cftracker.tracking.LifetimePolicy.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ResponseFindingsTests {

	private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

	private static final String SPRING_SECURITY = "no-cache, no-store, max-age=0, must-revalidate";

	private final DistributionDoctor doctor = new DistributionDoctor();

	private final TestClock clock = new TestClock(NOW);

	private final ResponseFindings findings = new ResponseFindings(this.doctor, this.clock);

	@ParameterizedTest
	@ValueSource(strings = { "/a;jsessionid=0F3", "/a;JSESSIONID=0F3", "/a;v=1;jsessionid=0F3?x=1" })
	void reportsPathWithSessionIdAndHidesIt(String path) {
		tracked(path, "max-age=60", false);
		tracked("/b;jsessionid=1", "max-age=60", false);
		assertThat(finding().id()).isEqualTo("session-id-in-path");
		assertThat(finding().problem()).contains("'/a").doesNotContain("0F3");
		assertThat(finding().fix()).contains("server.servlet.session.tracking-modes=cookie");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/a", "/a;v=1", "/jsessionid=1", "/a;jsessionids=1", "/a;" })
	void ignoresPathWithoutSessionId(String path) {
		tracked(path, "max-age=60", false);
		assertThat(this.doctor.findings()).isEmpty();
	}

	@Test
	void reportsCookieOnceAndLooksForAnotherAfterAnHour() {
		assertThat(this.findings.watchesCookies()).isTrue();
		tracked("/a", "max-age=60, no-cache=\"Set-Cookie\"", true);
		this.findings.tracked(List.of(), new ObservedResponse(200, null, null, null, null, true));
		assertThat(this.doctor.findings()).isEmpty();
		assertThat(this.findings.watchesCookies()).isTrue();
		tracked("/b", null, true);
		tracked("/c", null, true);
		assertThat(finding().id()).isEqualTo("set-cookie-cached");
		assertThat(finding().problem()).contains("'/b'");
		this.clock.advance(Duration.ofMinutes(59));
		assertThat(this.findings.watchesCookies()).isFalse();
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(this.findings.watchesCookies()).isTrue();
	}

	@Test
	void hidesSessionIdOfPageWithCookie() {
		tracked("/a;jsessionid=0F3", null, true);
		assertThat(this.doctor.findings()).hasSize(2).noneMatch((finding) -> finding.problem().contains("0F3"));
	}

	@Test
	void reportsShareOfPagesThatBrowsersKeep() {
		pages(3, "max-age=0, s-maxage=60", null, "text/html");
		pages(16, "public, max-age=3600", null, "text/html;charset=UTF-8");
		assertThat(this.doctor.findings()).isEmpty();
		pages(1, "max-age=3600", null, null);
		assertThat(finding().id()).isEqualTo("browser-cache");
		assertThat(finding().problem()).startsWith("85% of 20 tracked responses").contains("'/page'");
		assertThat(finding().fix()).contains("max-age=0, s-maxage=3600");
		pages(200, "s-maxage=60", null, "text/html");
		assertThat(this.doctor.findings()).isEmpty();
	}

	@Test
	void decidesAboutBrowsersByManyPagesAfterTheFirst() {
		pages(19, "s-maxage=60", null, "text/html");
		pages(1, "max-age=60", null, "text/html");
		assertThat(finding().problem()).startsWith("5% of 20");
		for (int i = 0; i < 10; i++) {
			pages(199, "s-maxage=60", null, "text/html");
			pages(1, "max-age=60", null, "text/html");
			assertThat(finding().problem()).startsWith("5% of 20");
		}
		pages(100, "s-maxage=60", null, "text/html");
		pages(100, "max-age=60", null, "text/html");
		assertThat(finding().problem()).startsWith("50% of 200");
		pages(199, "s-maxage=60", null, "text/html");
		assertThat(this.doctor.findings()).hasSize(1);
		pages(1, "s-maxage=60", null, "text/html");
		assertThat(this.doctor.findings()).isEmpty();
		pages(191, "s-maxage=60", null, "text/html");
		pages(9, "max-age=60", null, "text/html");
		assertThat(this.doctor.findings()).as("4 %").isEmpty();
		pages(190, "s-maxage=60", null, "text/html");
		pages(10, "max-age=60", null, "text/html");
		assertThat(finding().problem()).startsWith("5% of 200");
	}

	@Test
	void reportsAgainWhatBrowsersKeepAfterTheyKeptNothing() {
		pages(20, "s-maxage=60", null, "text/html");
		for (int i = 0; i < 2; i++) {
			pages(400, "max-age=60", null, "text/html");
			assertThat(finding().problem()).startsWith("100% of 200");
			pages(400, "s-maxage=60", null, "text/html");
			assertThat(this.doctor.findings()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			value = { "max-age=60 | - | text/html | true", "s-maxage=600, max-age=60 | - | application/json | true",
					"- | Mon, 30 Nov 2026 12:00:01 GMT | text/html | true",
					"s-maxage=60 | Mon, 30 Nov 2026 12:00:01 GMT | text/html | true",
					"max-age=0 | Mon, 30 Nov 2026 12:00:01 GMT | text/html | false",
					"- | Mon, 30 Nov 2026 12:00:00 GMT | text/html | false", "- | 0 | text/html | false",
					"- | - | text/html | false", "no-cache, max-age=60 | - | text/html | false",
					"max-age=31536000, immutable | - | text/html | false", "max-age=60 | - | text/css | false",
					"max-age=60 | - | Text/JavaScript;charset=utf-8 | false",
					"max-age=60 | - | application/javascript | false", "max-age=60 | - | font/woff2 | false",
					"max-age=60 | - | image/png | false", "max-age=60 | - | video/mp4 | false",
					"max-age=60 | - | audio/ogg | false" })
	void knowsWhatBrowsersKeep(String cacheControl, String expires, String contentType, boolean kept) {
		pages(20, cacheControl, expires, contentType);
		assertThat(this.doctor.findings()).hasSize(kept ? 1 : 0);
	}

	@Test
	void doesNotCountAssetsAmongPages() {
		pages(100, "max-age=3600", null, "image/png");
		pages(19, "max-age=3600", null, "text/html");
		this.findings.tracked(List.of("/page"), new ObservedResponse(304, "max-age=3600", null, null, null, false));
		assertThat(this.doctor.findings()).isEmpty();
		pages(1, "max-age=3600", null, "text/html");
		assertThat(finding().problem()).startsWith("100% of 20");
	}

	private void pages(int times, String cacheControl, String expires, String contentType) {
		for (int i = 0; i < times; i++) {
			this.findings.tracked(List.of("/page"),
					new ObservedResponse(200, cacheControl, expires, null, contentType, false));
		}
	}

	@Test
	void reportsThatNothingIsCacheable() {
		TrackingRules rules = rules();
		respond(rules, "/robots.txt", "max-age=60");
		respond(rules, "/moved", "max-age=0");
		crawl(rules, 97, 97, SPRING_SECURITY);
		assertThat(this.doctor.findings()).isEmpty();
		respond(rules, "/last", SPRING_SECURITY);
		assertThat(finding().id()).isEqualTo("nothing-cacheable");
		assertThat(finding().problem()).startsWith("98 of 100 requested paths").contains("Spring Security");
		assertThat(finding().fix()).contains("docs/security.md");
	}

	@Test
	void reportsThatNothingOfASmallSiteIsCacheable() {
		TrackingRules rules = rules();
		crawl(rules, 100, 14, SPRING_SECURITY);
		assertThat(finding().problem()).startsWith("14 of 14 requested paths");
		crawl(rules, 100, 20, SPRING_SECURITY);
		assertThat(finding().problem()).startsWith("20 of 20 requested paths");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 9 })
	void ignoresFewPathsThatAreRequestedAgainAndAgain(int paths) {
		TrackingRules rules = rules();
		crawl(rules, 1000, paths, SPRING_SECURITY);
		for (int i = 0; i < 100; i++) {
			respond(rules, "/page0;jsessionid=" + i, SPRING_SECURITY);
		}
		assertThat(this.doctor.findings()).isEmpty();
	}

	@Test
	void findsThatNothingIsCacheableAmongManyHealthChecks() {
		TrackingRules rules = rules();
		for (int i = 0; i < 14; i++) {
			crawl(rules, 50, 1, SPRING_SECURITY);
			respond(rules, "/products/" + i, SPRING_SECURITY);
		}
		assertThat(finding().problem()).matches("(\\d\\d) of \\1 requested paths .*");
	}

	@Test
	void ignoresWhatIsNotCacheableOnceSomePagesAre() {
		TrackingRules rules = rules();
		crawl(rules, 100, 100, SPRING_SECURITY);
		respond(rules, "/a", "max-age=60");
		respond(rules, "/a", "max-age=60");
		respond(rules, "/b", "max-age=60");
		assertThat(this.doctor.findings()).hasSize(1);
		crawl(rules, 100, 100, SPRING_SECURITY);
		assertThat(this.doctor.findings()).hasSize(1);
		respond(rules, "/c", "max-age=60");
		assertThat(this.doctor.findings()).isEmpty();
		crawl(rules, 200, 100, SPRING_SECURITY);
		assertThat(this.doctor.findings()).as("the edges hold all pages").isEmpty();
	}

	@Test
	void countsNeitherAssetsNorRedirectsAsCacheablePages() {
		TrackingRules rules = rules();
		for (int i = 0; i < 10; i++) {
			respond(rules, "/css" + i, new ObservedResponse(200, "max-age=60", null, null, "text/css", false));
			respond(rules, "/old" + i, new ObservedResponse(301, "max-age=60", null, null, null, false));
		}
		crawl(rules, 80, 80, SPRING_SECURITY);
		assertThat(this.doctor.findings()).isEmpty();
		crawl(rules, 100, 100, SPRING_SECURITY);
		assertThat(finding().id()).isEqualTo("nothing-cacheable");
	}

	@Test
	void ignoresResponsesThatNoBehaviorCaches() {
		TrackingRules rules = rules();
		rules.use(Distributions.of(Distributions.behavior("/api/*", Distributions.DISABLED, Distributions.APP),
				Distributions.behavior("*", Distributions.CACHED, Distributions.APP)));
		for (int i = 0; i < 200; i++) {
			respond(rules, "/api/" + i, SPRING_SECURITY);
		}
		assertThat(this.doctor.findings()).isEmpty();
		crawl(rules, 100, 100, SPRING_SECURITY);
		assertThat(finding().id()).isEqualTo("nothing-cacheable");
	}

	@Test
	void ignoresErrorsAndOtherReasonsNotToCache() {
		TrackingRules rules = rules();
		for (int i = 0; i < 200; i++) {
			respond(rules, "/error" + i, new ObservedResponse(500, SPRING_SECURITY, null, null, null, false));
		}
		crawl(rules, 97, 97, SPRING_SECURITY);
		for (int i = 0; i < 3; i++) {
			respond(rules, "/uncached" + i, "max-age=0");
		}
		assertThat(this.doctor.findings()).isEmpty();
	}

	@Test
	void countsResponsesOfAllThreads() throws Exception {
		TrackingRules rules = rules();
		Thread[] threads = new Thread[8];
		for (int i = 0; i < threads.length; i++) {
			threads[i] = new Thread(() -> crawl(rules, 1000, 50, SPRING_SECURITY));
			threads[i].start();
		}
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(finding().problem()).matches("(\\d+) of \\1 requested paths .*");
	}

	private void crawl(TrackingRules rules, int times, int paths, String cacheControl) {
		for (int i = 0; i < times; i++) {
			respond(rules, "/page" + i % paths, cacheControl);
		}
	}

	private void respond(TrackingRules rules, String path, String cacheControl) {
		respond(rules, path, new ObservedResponse(200, cacheControl, null, null, null, false));
	}

	private void respond(TrackingRules rules, String path, ObservedResponse response) {
		RequestRules found = rules.of(new OriginRequest(path, null, OriginRequest.ANY_HOST, null, true));
		assertThat(found).isNotNull();
		Decision decision = found.decide(response);
		rules.responses().decided(found, decision, response);
		if (decision.action() == Decision.Action.TRACK) {
			rules.responses().tracked(found.cached(), response);
		}
	}

	private TrackingRules rules() {
		LifetimePolicy lifetimes = new LifetimePolicy(Mode.DERIVED, Duration.ofHours(1),
				new Ttls(Duration.ZERO, Duration.ofHours(1), Duration.ofDays(365)), Duration.ZERO, Clock.systemUTC());
		return new TrackingRules(
				new TrackingSettings(Set.of("GET"), lifetimes, QueryStrings.ALL, null, null, List.of(), false),
				this.doctor, 100);
	}

	private void tracked(String path, String cacheControl, boolean setsCookie) {
		this.findings.tracked(List.of(path), new ObservedResponse(200, cacheControl, null, null, null, setsCookie));
	}

	private Finding finding() {
		assertThat(this.doctor.findings()).hasSize(1);
		return this.doctor.findings().get(0);
	}

}
