package io.github.cftracker.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.cftracker.Finding;
import io.github.cftracker.Run;
import io.github.cftracker.Selection;
import io.github.cftracker.Trigger;
import io.github.cftracker.distribution.BehaviorPattern;
import io.github.cftracker.distribution.CacheBehavior;
import io.github.cftracker.distribution.CachePolicy;
import io.github.cftracker.distribution.Distribution;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.DistributionMirror;
import io.github.cftracker.distribution.EdgeFunction;
import io.github.cftracker.distribution.ExpectedSettings;
import io.github.cftracker.distribution.MirrorReport;
import io.github.cftracker.distribution.Origin;
import io.github.cftracker.distribution.QueryStrings;
import io.github.cftracker.distribution.SettingsHistory;
import io.github.cftracker.distribution.Ttls;
import io.github.cftracker.distribution.UnreadSettings;
import io.github.cftracker.run.RunFindings;
import io.github.cftracker.tracking.LifetimePolicy.Mode;
import io.github.cftracker.tracking.TrackingRules.Correction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static io.github.cftracker.testing.Distributions.API;
import static io.github.cftracker.testing.Distributions.APP;
import static io.github.cftracker.testing.Distributions.BUCKET;
import static io.github.cftracker.testing.Distributions.CACHED;
import static io.github.cftracker.testing.Distributions.DISABLED;
import static io.github.cftracker.testing.Distributions.behavior;
import static io.github.cftracker.testing.Distributions.of;
import static io.github.cftracker.testing.Distributions.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of requests, in words: {@code 5m /a?x=1 /a} is tracked for five minutes
 * under these paths, {@code not ours} has rules of nobody. The properties say a lifetime
 * of 7 hours.
 */
class TrackingRulesTests {

	private static final Set<String> ORDINARY = Set.of("GET", "HEAD");

	private static final String HOST = "app.example.org";

	private final DistributionDoctor doctor = new DistributionDoctor();

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			# request   | viewer header | tracked
			/shop/a     | -             | 7h /a
			/shop/a?x=1 | -             | 7h /a?x=1 /a
			/shop/      | -             | 7h /
			/shop       | -             | not ours
			/shopping/a | -             | not ours
			/a          | -             | not ours
			/a          | /b            | 7h /b
			/shop/a     | /shop/b       | 7h /shop/b
			/a?x=1      | /b            | 7h /b?x=1 /b
			/a?x=1      | /b?y=2        | 7h /b?y=2 /b
			/shop/a     | no path       | 7h /a
			/a          | no path       | not ours
			""")
	void thePropertiesDecideUntilTheDistributionIsKnown(String target, String viewerTarget, String tracked) {
		TrackingRules rules = rules(settings(null, "/shop", null));
		assertThat(tracked(rules, new OriginRequest(path(target), query(target), HOST, viewerTarget, true)))
			.isEqualTo(tracked);
		assertThat(this.doctor.findings()).isEmpty();
	}

	@Test
	void thePropertyDecidesAboutQueryStringsWhateverTheDistributionSays() {
		TrackingRules rules = rules(settings(QueryStrings.NONE, null, null));
		assertThat(tracked(rules, "/a?x=1")).isEqualTo("7h /a");
		rules.use(of("*=app"));
		assertThat(tracked(rules, "/a?x=1")).isEqualTo("24h /a");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			# request               | Cache-Control | tracked
			/short/a?x=1            | -             | 1m /short/a
			/short/a?x=1            | max-age=86400 | 1h /short/a
			/long/a?x=1             | -             | 5h /long/a?x=1
			/long/a?x=1             | max-age=60    | 2h /long/a?x=1
			/some/a?x=1&page=2      | max-age=600   | 10m /some/a?page=2
			/some/a?x=1             | max-age=600   | 10m /some/a
			/but/a?x=1&page=2       | max-age=600   | 10m /but/a?page=2
			/b?x=1                  | -             | 24h /b?x=1
			/b                      | no-store      | ignored
			# by the normalised path, tracked under the raw one
			//short/a?x=1           | -             | 1m //short/a
			/b/../short/a           | -             | 1m /b/../short/a
			/%73hort/a?x=1          | -             | 1m /%73hort/a
			/Short/a?x=1            | -             | 24h /Short/a?x=1
			""")
	void everyBehaviorHasItsOwnLifetimesAndQueryStrings(String target, String cacheControl, String tracked) {
		Duration hour = Duration.ofHours(1);
		Duration year = Duration.ofDays(365);
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of(behavior("/short/*", policy(Duration.ZERO, Duration.ofMinutes(1), hour, QueryStrings.NONE), APP),
				behavior("/long/*", policy(hour.multipliedBy(2), hour.multipliedBy(5), year, QueryStrings.ALL), APP),
				behavior("/some/*",
						policy(Duration.ZERO, hour, year, new QueryStrings(QueryStrings.Mode.INCLUDE, Set.of("page"))),
						APP),
				behavior("/but/*",
						policy(Duration.ZERO, hour, year, new QueryStrings(QueryStrings.Mode.EXCLUDE, Set.of("x"))),
						APP),
				behavior("*", CACHED, APP)));
		assertThat(tracked(rules, request(target, HOST), cacheControl)).isEqualTo(tracked);
	}

	@Test
	void goesByTheDistributionThatWasGivenLast() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of("/api/*=bucket *=app"));
		assertThat(tracked(rules, "/api/a")).isEqualTo("not ours");
		assertThat(rules.safety().isSafe("/a")).isFalse();
		rules.use(of("*=app"));
		assertThat(tracked(rules, "/api/a")).isEqualTo("24h /api/a");
		assertThat(rules.safety().isSafe("/a")).isTrue();
	}

	@Test
	void protectedPrefixesAreSafeWithADistributionOrWithout() {
		TrackingRules rules = rules(
				new TrackingSettings(ORDINARY, lifetimes(Mode.DERIVED), null, null, null, List.of("/admin/"), false));
		assertThat(rules.safety().isSafe("/admin/a")).isFalse();
		rules.use(of("*=app"));
		assertThat(rules.safety().isSafe("/admin/a")).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/a       | app.example.org      | 24h /a
			/a       | APP.example.org:8080 | 24h /a
			/a       | api.example.org      | not ours
			/api/a   | api.example.org      | 24h /api/a
			/api/a   | app.example.org      | not ours
			/both/a  | app.example.org      | 24h /both/a
			/both/a  | api.example.org:443  | 24h /both/a
			/img/a   | app.example.org      | not ours
			""")
	void theHostTellsWhichOriginThisIs(String target, String host, String tracked) {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of("/api/*=api /both/*=bucket,api,app /img/*=bucket *=app"));
		assertThat(tracked(rules, request(target, host))).isEqualTo(tracked);
		assertThat(found())
			.containsExactlyElementsOf(tracked.equals("not ours") ? List.of("path-outside-behaviors") : List.of());
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "www.example.org", "app.example.org.evil.org", "xapp.example.org", "app", "-" })
	void anUnknownHostMayBeAnyOriginsAndIsFound(String host) {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of("/api/*=api /img/*=bucket *=app"));
		assertThat(tracked(rules, request("/a", host))).isEqualTo("24h /a");
		assertThat(tracked(rules, request("/api/a", host))).isEqualTo("24h /api/a");
		assertThat(this.doctor.findings()).singleElement()
			.satisfies((finding) -> assertThat(finding.problem()).contains("'" + host + "'"))
			.satisfies((finding) -> assertThat(finding.fix()).contains("'cf.tracker.distribution.origin-id'"));
	}

	@Test
	void whereNobodyHasLookedAtTheHostItMayBeAnyOrigins() {
		TrackingRules rules = rules(settings(null, null, null));
		assertThat(rules.distinguishOrigins()).isFalse();
		OriginRequest begunBefore = new OriginRequest("/api/a", null, OriginRequest.ANY_HOST, null, false);
		rules.use(of("/api/*=api /img/*=bucket *=app"));
		assertThat(rules.distinguishOrigins()).isTrue();
		assertThat(tracked(rules, begunBefore)).isEqualTo("24h /api/a");
		assertThat(this.doctor.findings()).isEmpty();
		rules.use(of("/img/*=bucket *=app"));
		assertThat(rules.distinguishOrigins()).as("not every path is this application's").isTrue();
		TrackingRules one = rules(settings(null, null, null));
		one.use(of("*=app"));
		assertThat(one.distinguishOrigins()).isFalse();
	}

	@Test
	void theHostIsLookedAtWhileADistributionIsExpected() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.expectDistribution();
		assertThat(rules.distinguishOrigins()).isTrue();
		rules.expectNothing();
		assertThat(rules.distinguishOrigins()).isFalse();
	}

	@Test
	void thePropertyTellsWhichOriginThisIsWhateverTheHost() {
		TrackingRules rules = rules(settings(null, null, "api"));
		rules.use(of("/api/*=api /both/*=app,api *=app"));
		assertThat(tracked(rules, request("/api/a", "www.example.org"))).isEqualTo("24h /api/a");
		assertThat(tracked(rules, request("/both/a", "app.example.org"))).isEqualTo("24h /both/a");
		assertThat(found()).isEmpty();
		assertThat(tracked(rules, request("/a", "app.example.org"))).isEqualTo("not ours");
		assertThat(found()).containsExactly("path-outside-behaviors");
	}

	@Test
	void theOnlyOriginThatIsNoBucketIsThisWhateverTheHost() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of("/img/*=bucket *=app"));
		assertThat(tracked(rules, request("/a", "www.example.org"))).isEqualTo("24h /a");
		assertThat(found()).isEmpty();
		assertThat(tracked(rules, request("/img/a", "www.example.org"))).isEqualTo("not ours");
		assertThat(found()).containsExactly("path-outside-behaviors");
	}

	@Test
	void anOriginIdThatDoesNotExistLeavesItToTheHost() {
		TrackingRules rules = rules(settings(null, null, "mistyped"));
		rules.use(of("/api/*=api *=app"));
		assertThat(tracked(rules, request("/a", "app.example.org"))).isEqualTo("24h /a");
		assertThat(tracked(rules, request("/api/a", "app.example.org"))).isEqualTo("not ours");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# request        | host            | tracked
			/shop/a          | app.example.org | 24h /a
			/shop/shop/a     | app.example.org | 24h /shop/a
			/a               | app.example.org | not ours
			/shopping/a      | app.example.org | not ours
			/api/a           | api.example.org | 24h /api/a
			/shop/api/a      | api.example.org | not ours
			/shop/api/a      | app.example.org | not ours
			# by an unknown host, whichever fits
			/shop/a          | www.example.org | 24h /a
			/api/a           | www.example.org | 24h /api/a
			/a               | www.example.org | not ours
			""")
	void everyOriginHasItsOwnPathBeforeThem(String target, String host, String tracked) {
		Origin shop = new Origin("app", "app.example.org", "/shop", false, Set.of());
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of(behavior("/api/*", CACHED, API), behavior("*", CACHED, shop)));
		assertThat(tracked(rules, request(target, host))).isEqualTo(tracked);
	}

	@Test
	void theLongestOriginPathIsTakenOff() {
		Origin shop = new Origin("shop", "app.example.org", "/shop", false, Set.of());
		Origin top = new Origin("top", "app.example.org", "/shop/top", false, Set.of());
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of(behavior("/best/*", CACHED, top), behavior("*", CACHED, shop)));
		assertThat(tracked(rules, "/shop/top/best/a")).isEqualTo("24h /best/a");
		assertThat(tracked(rules, "/shop/top/a")).as("only the other origin is asked for it").isEqualTo("24h /top/a");
	}

	@Test
	void theOriginPathOfThePropertyIsTakenOffWhateverTheDistributionSays() {
		Origin shop = new Origin("app", "app.example.org", "/shop", false, Set.of());
		TrackingRules rules = rules(settings(null, "/store", null));
		rules.use(of(behavior("*", CACHED, shop)));
		assertThat(tracked(rules, "/store/a")).isEqualTo("24h /a");
		assertThat(tracked(rules, "/shop/a")).isEqualTo("not ours");
		TrackingRules none = rules(settings(null, "", null));
		none.use(of(behavior("*", CACHED, shop)));
		assertThat(tracked(none, "/shop/a")).isEqualTo("24h /shop/a");
	}

	@Test
	void theViewersPathFindsTheBehaviorAndHasNoOriginPath() {
		Origin shop = new Origin("app", "app.example.org", "/shop", false, Set.of());
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of(behavior("/old/*",
				policy(Duration.ZERO, Duration.ofMinutes(5), Duration.ofDays(1), QueryStrings.NONE), shop),
				behavior("/api/*", CACHED, API), behavior("*", CACHED, shop)));
		assertThat(tracked(rules, new OriginRequest("/new/a", null, HOST, "/old/a?x=1", true))).isEqualTo("5m /old/a");
		assertThat(tracked(rules, new OriginRequest("/new/a", "x=1", HOST, "/b", true))).isEqualTo("24h /b?x=1");
		assertThat(tracked(rules, new OriginRequest("/new/a", "x=1", HOST, "/b?y=2", true))).isEqualTo("24h /b?y=2");
		assertThat(tracked(rules, new OriginRequest("/shop/a", null, HOST, "/api/a", true))).isEqualTo("not ours");
	}

	@Test
	void optionsAreConsideredWhereTheBehaviorCachesThem() {
		TrackingRules rules = rules(settings(null, null, null));
		assertThat(rules.considers("OPTIONS")).as("nothing is known yet").isFalse();
		assertThat(rules.considers("HEAD")).isTrue();
		rules.use(of(withOptions("/api/*"), behavior("*", CACHED, APP)));
		assertThat(List.of("GET", "HEAD", "OPTIONS")).allMatch(rules::considers);
		assertThat(rules.considers("POST")).isFalse();
		assertThat(rules.of(request("/api/a", HOST)).considers("OPTIONS")).isTrue();
		assertThat(rules.of(request("/a", HOST)).considers("OPTIONS")).isFalse();
		assertThat(rules.of(request("/a", HOST)).considers("GET")).isTrue();
	}

	@Test
	void methodsThatSomebodyHasChosenStayAsTheyAre() {
		TrackingRules rules = rules(
				new TrackingSettings(Set.of("GET"), lifetimes(Mode.DERIVED), null, null, null, List.of(), false));
		rules.use(of(withOptions("/api/*"), behavior("*", CACHED, APP)));
		assertThat(rules.considers("OPTIONS")).isFalse();
		assertThat(rules.considers("HEAD")).isFalse();
		assertThat(rules.of(request("/api/a", HOST)).considers("OPTIONS")).isFalse();
		assertThat(rules.of(request("/api/a", HOST)).considers("GET")).isTrue();
	}

	@Test
	void nothingIsTrackedWhereTheBehaviorCachesNothingAndThatIsFound() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of(behavior("/off/*", DISABLED, APP), behavior("*", CACHED, APP)));
		assertThat(tracked(rules, request("/off/a", HOST), "no-store")).isEqualTo("ignored");
		assertThat(rules.of(request("/off/a", HOST)).decide(response(500, null))).isEqualTo(Decision.IGNORE);
		assertThat(tracked(rules, "/a")).isEqualTo("24h /a");
		assertThat(this.doctor.findings()).as("it would not be cached anyway").isEmpty();
		assertThat(tracked(rules, "/off/a")).isEqualTo("ignored");
		assertThat(tracked(rules, request("/off/a", HOST), "max-age=0")).isEqualTo("ignored");
		assertThat(this.doctor.findings()).as("the application does not expect it to be cached").isEmpty();
		assertThat(tracked(rules, request("/off/a", HOST), "max-age=60")).isEqualTo("ignored");
		assertThat(this.doctor.findings()).extracting(Finding::problem)
			.singleElement()
			.asString()
			.contains("'/off/*' caches nothing", "'/off/a'");
	}

	@Test
	void whatMustNotBeCachedIsTrackedWhereMinTtlHasItCachedAndThatIsFound() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(minTtl());
		assertThat(tracked(rules, request("/a", HOST), "no-store")).isEqualTo("ignored");
		assertThat(tracked(rules, "/min/a")).isEqualTo("24h /min/a");
		assertThat(this.doctor.findings()).isEmpty();
		assertThat(tracked(rules, request("/min/a", HOST), "no-store")).isEqualTo("5m /min/a");
		assertThat(this.doctor.findings()).extracting(Finding::problem)
			.singleElement()
			.asString()
			.contains("'/min/*' has a MinTTL greater than 0", "'/min/a'");
	}

	@ParameterizedTest
	@EnumSource(value = Mode.class, names = { "FIXED", "NONE" })
	void whatMinTtlHasCachedIsTrackedWhereLifetimesAreNotDerivedToo(Mode mode) {
		TrackingRules rules = rules(
				new TrackingSettings(ORDINARY, lifetimes(mode), null, null, null, List.of(), false));
		rules.use(minTtl());
		assertThat(rules.of(request("/a", HOST)).decide(response(200, "no-store"))).isEqualTo(Decision.IGNORE);
		Decision decision = rules.of(request("/min/a", HOST)).decide(response(200, "no-store"));
		assertThat(decision.action()).isEqualTo(Decision.Action.TRACK);
		assertThat(decision.lifetime()).isEqualTo(lifetimes(mode).unknown());
		assertThat(this.doctor.findings()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# responses before it, and what becomes of a 304 without a lifetime
			/a 200 max-age=7200                      | /a     | 2h /a
			/a 200 max-age=7200, /a 200 max-age=3600 | /a     | 2h /a
			/a 200 max-age=3600, /a 200 max-age=7200 | /a     | 2h /a
			/a 200 max-age=7200, /a 200 max-age=0    | /a     | 2h /a
			/a 200 max-age=7200, /a 404 max-age=0    | /a     | 2h /a
			/a 200 max-age=0                         | /a     | ignored
			/a 304 max-age=7200                      | /a     | 2h /a
			/a?x=1 200 max-age=7200                  | /a?x=1 | 2h /a?x=1
			# what says nothing about the stored response
			/b 200 max-age=7200                      | /a     | 8760h /a
			/a?x=1 200 max-age=7200                  | /a     | 8760h /a
			/a 200 no-store                          | /a     | 8760h /a
			/a 500 max-age=60                        | /a     | 8760h /a
			/a 404 max-age=7200                      | /a     | 8760h /a
			/a 307 max-age=0                         | /a     | 8760h /a
			""")
	void a304HasTheLongestLifetimeOfItsPath(String before, String target, String tracked) {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of("*=app"));
		assertThat(renewed(rules, "/first")).isEqualTo("8760h /first");
		for (String response : before.split(", ")) {
			String[] words = response.split(" ");
			rules.decide(rules.of(request(words[0], HOST)), response(Integer.parseInt(words[1]), words[2]));
		}
		assertThat(renewed(rules, target)).isEqualTo(tracked);
	}

	@Test
	void lifetimesAreRememberedFromTheFirst304On() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of("*=app"));
		rules.decide(rules.of(request("/a", HOST)), response(200, "max-age=7200"));
		assertThat(renewed(rules, "/a")).isEqualTo("8760h /a");
		assertThat(renewed(rules, "/a")).as("what is guessed is not remembered").isEqualTo("8760h /a");
		rules.decide(rules.of(request("/a", HOST)), response(200, "max-age=7200"));
		assertThat(renewed(rules, "/a")).isEqualTo("2h /a");
	}

	@Test
	void lifetimesAreForgottenWithTheSettingsTheyFollowFrom() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of("*=app"));
		renewed(rules, "/a");
		rules.decide(rules.of(request("/a", HOST)), response(200, null));
		assertThat(renewed(rules, "/a")).isEqualTo("24h /a");
		rules.use(of("*=app"));
		assertThat(renewed(rules, "/a")).as("the same settings").isEqualTo("24h /a");
		rules.use(of(
				behavior("*", policy(Duration.ZERO, Duration.ofDays(2), Duration.ofDays(4), QueryStrings.ALL), APP)));
		assertThat(renewed(rules, "/a")).as("the longest of the former and the new settings").isEqualTo("8760h /a");
	}

	@Test
	void countsWhatBecomesOfA304() {
		TrackingRules rules = rules(settings(null, null, null));
		for (ObservedResponse response : List.of(response(304, null), response(200, "max-age=0"),
				response(304, null))) {
			rules.decide(rules.of(request("/a", HOST)), response);
			rules.decideAgain(rules.of(request("/a", HOST)), response);
		}
		assertThat(rules.decisions(Decision.Action.TRACK)).isEqualTo(1);
		assertThat(rules.decisions(Decision.Action.IGNORE)).isEqualTo(2);
	}

	private static ObservedResponse response(int status, String cacheControl) {
		return new ObservedResponse(status, cacheControl, null, null, null, false);
	}

	@Test
	void whatBecomesOfA304IsNotAFinding() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of("/api/*=bucket *=app"));
		renewed(rules, "/first");
		rules.decide(rules.of(request("/a*", HOST)), response(200, "max-age=0"));
		assertThat(this.doctor.findings()).isEmpty();
	}

	@Test
	void aBehaviorWhosePolicyCannotBeReadGoesByTheProperties() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of(behavior("/secret/*", null, APP), behavior("/img/*", null, BUCKET), behavior("*", CACHED, APP)));
		assertThat(tracked(rules, "/secret/a?x=1")).isEqualTo("7h /secret/a?x=1 /secret/a");
		assertThat(tracked(rules, "/a?x=1")).isEqualTo("24h /a?x=1");
		assertThat(tracked(rules, "/img/a")).isEqualTo("not ours");
		TrackingRules all = rules(settings(QueryStrings.ALL, null, null));
		all.use(of(behavior("*", null, APP)));
		assertThat(tracked(all, "/secret/a?x=1")).isEqualTo("7h /secret/a?x=1");
	}

	@Test
	void anErrorIsTrackedForTheDistributionsErrorTtl() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(new Distribution(Set.of(), "", null, of("*=app").behaviors(), Map.of(404, Duration.ofMinutes(5)),
				UnreadSettings.NONE));
		assertThat(rules.of(request("/a", HOST)).decide(response(404, null)))
			.isEqualTo(Decision.track(Duration.ofMinutes(5)));
		assertThat(rules.of(request("/a", HOST)).decide(response(500, null))).isEqualTo(Decision.IGNORE);
	}

	@Test
	void a404UntracksNothingButItsOwnPathWhereQueryStringsAreUnknown() {
		TrackingRules rules = rules(settings(null, null, null));
		assertThat(rules.of(request("/a?x=1", HOST)).gone()).containsExactly("/a?x=1");
		assertThat(rules.of(request("/a", HOST)).gone()).containsExactly("/a");
		rules.use(of(behavior("*", null, APP)));
		assertThat(rules.of(request("/a?x=1", HOST)).gone()).containsExactly("/a?x=1");
	}

	@Test
	void a404UntracksWhatIsCachedWhereQueryStringsAreKnown() {
		TrackingRules rules = rules(settings(QueryStrings.NONE, null, null));
		assertThat(rules.of(request("/a?x=1", HOST)).decide(response(404, null))).isEqualTo(Decision.NOT_FOUND);
		assertThat(rules.of(request("/a?x=1", HOST)).gone()).containsExactly("/a");
		TrackingRules page = rules(settings(new QueryStrings(QueryStrings.Mode.INCLUDE, Set.of("page")), null, null));
		assertThat(page.of(request("/a?x=1&page=2", HOST)).gone()).containsExactly("/a?page=2");
	}

	/**
	 * Whoever asks for a page that does not exist must not untrack the one that does:
	 * {@code %70age} is {@code page} to the application, and maybe not to CloudFront.
	 */
	@Test
	void a404DoesNotUntrackAnotherPageWhereNamesMayNotBeComparedDecoded() {
		TrackingRules rules = rules(
				settings(new QueryStrings(QueryStrings.Mode.INCLUDE, Set.of("page", "sort")), null, null));
		assertThat(rules.of(request("/a?%70age=9", HOST)).cached()).containsExactlyInAnyOrder("/a", "/a?%70age=9");
		assertThat(rules.of(request("/a?%70age=9", HOST)).gone()).doesNotContain("/a");
		assertThat(rules.of(request("/a?sort=x&%70age=9", HOST)).gone()).doesNotContain("/a?sort=x");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# request | cached
			/a/~b     | /a/*
			/a*       | /a*
			/a?x=*    | /a?x=*
			""")
	void a404NeverUntracksAWildcard(String target, String cached) {
		TrackingRules rules = rules(settings(QueryStrings.ALL, null, null));
		assertThat(rules.of(request(target, HOST)).cached()).containsExactly(cached);
		assertThat(rules.of(request(target, HOST)).gone()).isEmpty();
	}

	@Test
	void aPathThatWouldBeAWildcardOverTooMuchIsFound() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of("/api/*=bucket *=app"));
		assertThat(rules.of(request("/a*", HOST)).gone()).isEmpty();
		assertThat(this.doctor.findings()).isEmpty();
		assertThat(tracked(rules, "/b*")).isEqualTo("24h /b*");
		assertThat(tracked(rules, "/a*")).isEqualTo("24h");
		assertThat(this.doctor.findings()).singleElement()
			.satisfies((finding) -> assertThat(finding.problem()).startsWith("'/a*'"));
	}

	@Test
	void aPathThatNoSafeWildcardCoversIsFound() {
		TrackingRules rules = rules(settings(QueryStrings.ALL, null, null));
		rules.use(of("/api/*=bucket *=app"));
		assertThat(tracked(rules, "/a/~b")).isEqualTo("24h /a/*");
		assertThat(tracked(rules, "/%c3%a9")).isEqualTo("24h /%c3%a9");
		assertThat(this.doctor.findings()).isEmpty();
		assertThat(tracked(rules, "/~user")).isEqualTo("24h /~user");
		assertThat(this.doctor.findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.id()).isEqualTo("path-not-trackable");
			assertThat(finding.problem()).startsWith("'/~user' was requested but cannot be invalidated");
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			*.html=bucket *=app | 24h /start.html /
			/=bucket *=app      | 24h /start.html /
			/=bucket *=bucket   | not ours
			""")
	void theDefaultRootObjectMayHaveTheBehaviorOfTheRoot(String behaviors, String tracked) {
		TrackingRules rules = rules(settings(null, null, "app"));
		rules.use(new Distribution(Set.of(), "start.html", null, of(behaviors).behaviors(), Map.of(),
				UnreadSettings.NONE));
		assertThat(tracked(rules, "/start.html")).isEqualTo(tracked);
	}

	@Test
	void theDefaultRootObjectIsTrackedAsBothBehaviorsCacheIt() {
		TrackingRules rules = rules(settings(null, null, null));
		CachePolicy none = policy(Duration.ZERO, Duration.ofHours(48), Duration.ofDays(365), QueryStrings.NONE);
		rules.use(new Distribution(Set.of(), "start.html", null,
				List.of(behavior("*.html", CACHED, APP), behavior("*", none, APP)), Map.of(), UnreadSettings.NONE));
		assertThat(tracked(rules, "/start.html?x=1")).isEqualTo("48h /start.html?x=1 /?x=1 /start.html /");
		assertThat(tracked(rules, "/other.html?x=1")).isEqualTo("24h /other.html?x=1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/start.html      | 24h /start.html /
			/start.html?x=1  | 24h /start.html?x=1 /?x=1
			/a/start.html    | 24h /a/start.html
			/restart.html    | 24h /restart.html
			/                | 24h /
			""")
	void theDefaultRootObjectStandsForTheRootToo(String target, String tracked) {
		TrackingRules rules = rules(settings(null, null, null));
		assertThat(tracked(rules, "/start.html")).isEqualTo("7h /start.html");
		rules.use(
				new Distribution(Set.of(), "start.html", null, of("*=app").behaviors(), Map.of(), UnreadSettings.NONE));
		assertThat(tracked(rules, target)).isEqualTo(tracked);
		assertThat(rules.of(request("/start.html", HOST)).gone()).containsExactly("/start.html", "/");
	}

	@Test
	void decidesAboutEarlyResponsesOnceTheDistributionIsKnown() {
		TrackingRules rules = rules(settings(null, null, null));
		List<String> decided = new ArrayList<>();
		rules.expectDistribution();
		rules.whenKnown(() -> decided.add(tracked(rules, "/a?x=1")));
		assertThat(decided).isEmpty();
		rules.use(of(
				behavior("*", policy(Duration.ZERO, Duration.ofHours(1), Duration.ofDays(1), QueryStrings.NONE), APP)));
		assertThat(decided).containsExactly("1h /a");
		rules.whenKnown(() -> decided.add("at once"));
		assertThat(decided).hasSize(2);
	}

	@Test
	void considersEarlyOptionsUntilTheDistributionIsKnown() {
		TrackingRules rules = rules(settings(null, null, null));
		assertThat(rules.considers("OPTIONS")).isFalse();
		rules.expectDistribution();
		assertThat(rules.considers("OPTIONS")).isTrue();
		assertThat(rules.considers("POST")).isFalse();
		rules.use(of(withOptions("*")));
		assertThat(rules.considers("OPTIONS")).isTrue();
		rules.use(of("*=app"));
		assertThat(rules.considers("OPTIONS")).as("the former settings may still be in effect").isTrue();
		TrackingRules others = rules(settings(null, null, null));
		others.use(of("*=app"));
		assertThat(others.considers("OPTIONS")).isFalse();
	}

	@Test
	void findingsOfEarlyResponsesAreKept() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.expectDistribution();
		rules.whenKnown(() -> tracked(rules, "/a*"));
		ExpectedSettings expectations = new ExpectedSettings("E123", null, null, null, null, null, null);
		DistributionMirror mirror = new DistributionMirror(() -> of("/api/*=bucket *=app"), rules, SettingsHistory.NONE,
				new MirrorReport(expectations, this.doctor, false));
		mirror.start();
		mirror.refresh(Duration.ofSeconds(30));
		mirror.stop();
		assertThat(found()).containsExactly("path-not-trackable");
	}

	@Test
	void decidesByThePropertiesWhereTheDistributionDoesNotBecomeKnown() {
		TrackingRules rules = rules(settings(null, null, null));
		List<String> decided = new ArrayList<>();
		rules.expectDistribution();
		rules.whenKnown(() -> decided.add("first"));
		rules.whenKnown(() -> {
			throw new IllegalStateException("Said and survived");
		});
		rules.whenKnown(() -> decided.add("second"));
		rules.expectNothing();
		assertThat(decided).containsExactly("first", "second");
	}

	@Test
	void awaitsTheDecisionsThatWait() throws Exception {
		TrackingRules rules = rules(settings(null, null, null));
		rules.awaitDecisions(Duration.ofSeconds(20));
		List<String> decided = new CopyOnWriteArrayList<>();
		CountDownLatch deciding = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		rules.expectDistribution();
		rules.whenKnown(() -> {
			deciding.countDown();
			awaitUninterruptibly(go);
			decided.add("early");
		});
		CompletableFuture<List<String>> seen = CompletableFuture.supplyAsync(() -> {
			rules.awaitDecisions(Duration.ofSeconds(20));
			return List.copyOf(decided);
		});
		CompletableFuture<Void> known = CompletableFuture.runAsync(rules::expectNothing);
		deciding.await();
		// No longer expected, and not yet decided
		assertThat(rules.mayWait()).isFalse();
		assertThat(seen).isNotDone();
		go.countDown();
		assertThat(seen.get(20, TimeUnit.SECONDS)).containsExactly("early");
		known.join();
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void waitsNoLongerThanThatAlsoWhereNothingElseIsAskedFor() {
		TrackingRules rules = new TrackingRules(settings(null, null, null), this.doctor, Duration.ofMillis(100), 10,
				Duration.ZERO);
		List<String> decided = new CopyOnWriteArrayList<>();
		rules.expectDistribution();
		rules.whenKnown(() -> decided.add("late"));
		await().until(() -> !decided.isEmpty());
	}

	@Test
	void waitsForABoundedTimeAndABoundedNumberOfResponses() {
		TrackingRules impatient = new TrackingRules(settings(null, null, null), this.doctor, Duration.ZERO, 10,
				Duration.ZERO);
		List<Integer> decided = new CopyOnWriteArrayList<>();
		impatient.expectDistribution();
		impatient.whenKnown(() -> decided.add(0));
		await().untilAsserted(() -> assertThat(decided).containsExactly(0));
		TrackingRules patient = new TrackingRules(settings(null, null, null), this.doctor, 10);
		patient.expectDistribution();
		for (int i = 0; i < 11; i++) {
			int number = i;
			patient.whenKnown(() -> decided.add(number));
		}
		assertThat(decided).containsExactly(0, 10);
	}

	@Test
	void aRunThatCannotWaitDecidesByTheProperties() {
		TrackingRules rules = rules(settings(null, null, null));
		List<String> decided = new ArrayList<>();
		rules.expectDistribution();
		rules.whenKnown(() -> decided.add(tracked(rules, "/a?x=1")));
		rules.awaitDecisions(Duration.ZERO);
		assertThat(decided).containsExactly("7h /a?x=1 /a");
		rules.whenKnown(() -> decided.add("later"));
		assertThat(decided).as("others go on waiting").hasSize(1);
	}

	@Test
	void waitsWhileTheSettingsAreReadAgainSoon() {
		TrackingRules rules = rules(settings(null, null, null));
		List<String> decided = new ArrayList<>();
		rules.expectDistribution();
		rules.whenKnown(() -> decided.add("early"));
		rules.reading();
		rules.unread(true);
		assertThat(decided).isEmpty();
		rules.reading();
		rules.unread(false);
		assertThat(decided).containsExactly("early");
	}

	@Test
	void decidesAgainAboutRequestsWithAQueryWhereTheCacheKeyHasChanged() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of(behavior("*", cachedHour(QueryStrings.NONE), APP)));
		List<String> tracked = new ArrayList<>();
		request(rules, "/s?q=2", tracked);
		assertThat(tracked).containsExactly("1h /s");
		rules.reading();
		rules.use(of(behavior("*", cachedHour(QueryStrings.ALL), APP)));
		assertThat(tracked).as("in both spellings, since not every edge has the change yet")
			.containsExactly("1h /s", "1h /s?q=2 /s");
		request(rules, "/s?q=3", tracked);
		assertThat(tracked.get(2)).isEqualTo("1h /s?q=3 /s");
		assertThat(this.doctor.findings()).isEmpty();
	}

	@Test
	void anEmptyQueryMayBePartOfTheCacheKey() {
		assertThat(request("/a?", HOST).hasQuery()).isTrue();
		assertThat(request("/a", HOST).hasQuery()).isFalse();
	}

	@Test
	void correctsOnlyWhatWasTrackedUnderOtherSettings() {
		TrackingRules rules = new TrackingRules(settings(null, null, null), this.doctor, 10);
		ObservedResponse page = response(200, null);
		OriginRequest request = request("/s?q=2", HOST);
		rules.use(of(behavior("*", cachedHour(QueryStrings.NONE), APP)));
		assertThat(rules.correct(request, "GET", page)).as("tracked as both, because the settings were unknown")
			.isEqualTo(new Correction(List.of(), List.of("/s?q=2"), Duration.ofHours(1)));
		rules.use(of(behavior("*", cachedHour(QueryStrings.ALL), APP)));
		assertThat(rules.correct(request, "GET", page))
			.isEqualTo(new Correction(List.of("/s?q=2"), List.of(), Duration.ofHours(1)));
		rules.use(of(behavior("*", cachedHour(QueryStrings.NONE), APP)));
		assertThat(rules.correct(request, "GET", page)).as("it may have been cached so")
			.isEqualTo(new Correction(List.of("/s"), List.of(), Duration.ofHours(1)));
		assertThat(rules.correct(request, "POST", page)).isNull();
		assertThat(rules.correct(request, "GET", response(200, "no-store"))).isNull();
	}

	@Test
	void aPathThatMayBeRequestedByItselfIsNotDropped() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of(behavior("*", cachedHour(QueryStrings.ALL), APP)));
		assertThat(rules.correct(request("/s?q=2", HOST), "GET", response(200, null)).wrong()).isEmpty();
	}

	@Test
	void severalFormerSettingsApplyWhileChangesAreDeployed() {
		TrackingRules rules = rules(settings(null, null, null));
		assertThat(rules.isChanging()).isFalse();
		rules.use(of(behavior("*", cachedHour(new QueryStrings(QueryStrings.Mode.INCLUDE, Set.of("a"))), APP)));
		assertThat(rules.isChanging()).as("the first settings are no change").isFalse();
		rules.use(of(behavior("*", cachedHour(new QueryStrings(QueryStrings.Mode.INCLUDE, Set.of("b"))), APP)));
		rules.use(of(behavior("*", cachedHour(QueryStrings.NONE), APP)));
		assertThat(rules.isChanging()).isTrue();
		assertThat(tracked(rules, "/s?a=1&b=2")).isEqualTo("1h /s /s?a=1 /s?b=2");
	}

	@Test
	void formerSettingsEnd() {
		TrackingRules rules = new TrackingRules(settings(null, null, null), this.doctor, Duration.ZERO, 10,
				Duration.ZERO);
		rules.use(of(behavior("*", cachedHour(QueryStrings.NONE), APP)));
		rules.use(of(behavior("*", cachedHour(QueryStrings.ALL), APP)));
		assertThat(rules.isChanging()).isFalse();
		assertThat(tracked(rules, "/s?q=2")).isEqualTo("1h /s?q=2");
	}

	@Test
	void aBoundedNumberIsRememberedHoweverOftenReadingFails() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of(behavior("*", cachedHour(QueryStrings.NONE), APP)));
		AtomicInteger again = new AtomicInteger();
		for (int i = 0; i < 30_000; i++) {
			if (i % 5_000 == 0) {
				rules.reading();
			}
			rules.remember(request("/s?q=" + i, HOST), rules.version(), again::incrementAndGet);
			if (i % 5_000 == 2_500) {
				rules.unread(true);
			}
		}
		rules.use(of(behavior("*", cachedHour(QueryStrings.ALL), APP)));
		assertThat(again).hasValue(10_000);
		assertThat(found()).containsExactly("settings-changed");
	}

	@Test
	void aDecisionThatFailsDoesNotKeepOthersFromBeingMadeAgain() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of(behavior("*", cachedHour(QueryStrings.NONE), APP)));
		AtomicInteger again = new AtomicInteger();
		for (int i = 0; i < 2; i++) {
			rules.remember(request("/s?q=" + i, HOST), rules.version(), () -> {
				again.incrementAndGet();
				throw new IllegalStateException("The recorder fails");
			});
		}
		rules.use(of(behavior("*", cachedHour(QueryStrings.ALL), APP)));
		assertThat(again).hasValue(2);
	}

	@Test
	void aHeaderThatNoFunctionAddsIsFoundUntilItIsSeen() {
		TrackingRules rules = rules(settings(null, null, null));
		CacheBehavior rewriting = new CacheBehavior(new BehaviorPattern("/shop/*"), List.of(APP), ORDINARY, CACHED,
				List.of(new EdgeFunction(EdgeFunction.Event.ORIGIN_REQUEST, "strip")), Set.of(), null);
		rules.use(of(rewriting, behavior("*", CACHED, APP)));
		for (int i = 0; i < 99; i++) {
			rules.of(new OriginRequest("/cart", null, HOST, "", true));
			rules.of(new OriginRequest("/health", null, HOST, "", false));
		}
		assertThat(found()).as("most requests may be for other behaviors").isEmpty();
		rules.of(new OriginRequest("/cart", null, HOST, "", true));
		assertThat(found()).containsExactly("path-header-missing");
		rules.of(new OriginRequest("/cart", null, HOST, "/shop/cart", true));
		assertThat(found()).isEmpty();
	}

	@Test
	void onlyCloudFrontsRequestsAreRewrittenByItsFunctions() {
		TrackingRules rules = rules(settings(null, null, null));
		CacheBehavior rewriting = new CacheBehavior(new BehaviorPattern("/api/*"), List.of(APP), ORDINARY, CACHED,
				List.of(new EdgeFunction(EdgeFunction.Event.VIEWER_REQUEST, "rewrite")), Set.of(), null);
		rules.use(of(rewriting, behavior("*", CACHED, BUCKET)));
		assertThat(rules.of(new OriginRequest("/health", null, HOST, null, false))).isNull();
		assertThat(found()).isEmpty();
	}

	@Test
	void decidesOnlyOnceWhereTheSettingsHaveNotChanged() {
		TrackingRules rules = rules(settings(null, null, null));
		List<String> tracked = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			rules.reading();
			request(rules, "/s?q=" + i, tracked);
			rules.use(of(behavior("*", cachedHour(QueryStrings.NONE), APP)));
		}
		// The first was decided by the properties
		assertThat(tracked).containsExactly("7h /s?q=0 /s", "1h /s", "1h /s");
	}

	@Test
	void remembersWhatWasRequestedWhileAReadingFailed() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of(behavior("*", cachedHour(QueryStrings.ALL), APP)));
		List<String> tracked = new ArrayList<>();
		request(rules, "/s?q=1", tracked);
		rules.reading();
		request(rules, "/s?q=2", tracked);
		rules.unread(true);
		tracked.clear();
		rules.reading();
		rules.use(of(behavior("*", cachedHour(QueryStrings.NONE), APP)));
		assertThat(tracked).containsExactlyInAnyOrder("1h /s /s?q=1", "1h /s /s?q=2");
		assertThat(rules.dependsOnSettings()).isFalse();
	}

	@Test
	void aDecisionThatWasOvertakenByAChangeIsMadeAgain() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of(behavior("*", cachedHour(QueryStrings.NONE), APP)));
		Object version = rules.version();
		rules.use(of(behavior("*", cachedHour(QueryStrings.ALL), APP)));
		List<String> tracked = new ArrayList<>();
		rules.remember(request("/s?q=2", HOST), version, () -> tracked.add(tracked(rules, "/s?q=2")));
		assertThat(tracked).containsExactly("1h /s?q=2 /s");
	}

	@Test
	void whatCannotBeDecidedAgainIsAFindingUntilEverythingIsInvalidated() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of(behavior("*", cachedHour(QueryStrings.NONE), APP)));
		rules.use(of(
				behavior("*", policy(Duration.ZERO, Duration.ofDays(7), Duration.ofDays(9), QueryStrings.NONE), APP)));
		assertThat(found()).containsExactly("settings-changed");
		assertThat(this.doctor.findings().get(0).problem()).contains(": TTLs.");
		new RunFindings(this.doctor).accepted(Run.queued("R1", Selection.ofEverything(), Trigger.API, Instant.EPOCH),
				List.of("/*"));
		assertThat(found()).isEmpty();
		rules.use(of("/a/*=app *=app"));
		assertThat(this.doctor.findings()).anyMatch((finding) -> finding.problem().contains(": cache behaviors."));
	}

	@Test
	void sameDecisionAboutARequestIsRememberedOnce() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of(behavior("*", cachedHour(QueryStrings.NONE), APP)));
		List<String> again = new ArrayList<>();
		for (String response : List.of("first", "second", "second", "third", "third")) {
			rules.remember(request("/s?q=2", HOST), rules.version(), new RememberedDecision(response, again));
		}
		rules.use(of(behavior("*", cachedHour(QueryStrings.ALL), APP)));
		assertThat(again).containsExactly("first", "third");
	}

	@Test
	void moreQueriesThanAreRememberedAreAFinding() {
		TrackingRules rules = rules(settings(null, null, null));
		rules.use(of(behavior("*", cachedHour(QueryStrings.NONE), APP)));
		for (int i = 0; i <= 10_000; i++) {
			rules.remember(request("/s?q=" + i, HOST), rules.version(), () -> {
			});
		}
		rules.reading();
		rules.use(of(behavior("*", cachedHour(QueryStrings.ALL), APP)));
		assertThat(found()).containsExactly("settings-changed");
	}

	private static void request(TrackingRules rules, String target, List<String> tracked) {
		Object version = rules.version();
		tracked.add(tracked(rules, target));
		rules.remember(request(target, HOST), version, () -> tracked.add(tracked(rules, target)));
	}

	private record RememberedDecision(String response, List<String> again) implements Runnable {

		@Override
		public void run() {
			this.again.add(this.response);
		}

	}

	private static CachePolicy cachedHour(QueryStrings queryStrings) {
		return policy(Duration.ZERO, Duration.ofHours(1), Duration.ofDays(1), queryStrings);
	}

	@Test
	void bothPathsAreTrackedWhereAFunctionRewritesBeforeTheCache() {
		TrackingRules rules = rules(settings(null, null, null));
		CacheBehavior before = new CacheBehavior(new BehaviorPattern("/api/*"), List.of(APP), ORDINARY, CACHED,
				List.of(new EdgeFunction(EdgeFunction.Event.VIEWER_REQUEST, "rewrite")), Set.of(), null);
		CacheBehavior behind = new CacheBehavior(new BehaviorPattern("/shop/*"), List.of(APP), ORDINARY, CACHED,
				List.of(new EdgeFunction(EdgeFunction.Event.ORIGIN_REQUEST, "rewrite")), Set.of(), null);
		rules.use(of(before, behind, behavior("*", CACHED, APP)));
		assertThat(tracked(rules, new OriginRequest("/v2/users", null, HOST, "/api/users", true)))
			.isEqualTo("24h /api/users /v2/users");
		assertThat(tracked(rules, new OriginRequest("/cart", null, HOST, "/shop/cart", true)))
			.isEqualTo("24h /shop/cart");
		assertThat(found()).isEmpty();
		assertThat(tracked(rules, new OriginRequest("/shop/cart", null, HOST, "", true))).isEqualTo("24h /shop/cart");
		assertThat(found()).containsExactly("path-header-missing");
	}

	@Test
	void a404UntracksNothingWhereCloudFrontAsksAnotherOrigin() {
		TrackingRules rules = rules(settings(null, null, null));
		CacheBehavior ours = new CacheBehavior(new BehaviorPattern("/a/*"), List.of(APP, BUCKET), ORDINARY, CACHED,
				List.of(), Set.of(404, 503), null);
		CacheBehavior second = new CacheBehavior(new BehaviorPattern("/b/*"), List.of(BUCKET, APP), ORDINARY, CACHED,
				List.of(), Set.of(404), null);
		CacheBehavior other = new CacheBehavior(BehaviorPattern.DEFAULT, List.of(APP, BUCKET), ORDINARY, CACHED,
				List.of(), Set.of(503), null);
		rules.use(of(ours, second, other));
		assertThat(notFound(rules, "/a/1")).isEqualTo(Decision.Action.IGNORE);
		assertThat(notFound(rules, "/b/1")).isEqualTo(Decision.Action.NOT_FOUND);
		assertThat(notFound(rules, "/c/1")).isEqualTo(Decision.Action.NOT_FOUND);
	}

	private static Decision.Action notFound(TrackingRules rules, String path) {
		RequestRules found = rules.of(request(path, HOST));
		assertThat(found).isNotNull();
		return found.decide(response(404, null)).action();
	}

	@Test
	void whatAFunctionHasRewrittenIsTrackedByTheProperties() {
		TrackingRules rules = rules(settings(null, null, null));
		CacheBehavior rewriting = new CacheBehavior(new BehaviorPattern("/api/*"), List.of(APP), ORDINARY, CACHED,
				List.of(new EdgeFunction(EdgeFunction.Event.VIEWER_REQUEST, "rewrite")), Set.of(), null);
		rules.use(of(rewriting, behavior("*", CACHED, BUCKET)));
		assertThat(tracked(rules, "/api/users")).isEqualTo("24h /api/users");
		assertThat(tracked(rules, "/users?x=1")).isEqualTo("7h /users?x=1 /users");
		assertThat(this.doctor.findings()).singleElement()
			.satisfies((finding) -> assertThat(finding.problem()).contains("'/users'",
					"an edge function has rewritten it"));
	}

	@Test
	void aHeaderThatAnybodyMaySendUntracksNothing() {
		OriginRequest forged = new OriginRequest("/no-such-page", null, HOST, "/", true);
		assertThat(rules(settings(null, null, null)).of(forged).gone()).isEmpty();
		TrackingRules secret = rules(
				new TrackingSettings(ORDINARY, lifetimes(Mode.DERIVED), null, null, null, List.of(), true));
		assertThat(secret.of(forged).gone()).containsExactly("/");
		secret.use(of("*=app"));
		assertThat(secret.of(forged).gone()).containsExactly("/");
	}

	private TrackingRules rules(TrackingSettings settings) {
		return new TrackingRules(settings, this.doctor, 100_000);
	}

	private static TrackingSettings settings(QueryStrings queryStrings, String originPath, String originId) {
		return new TrackingSettings(ORDINARY, lifetimes(Mode.DERIVED), queryStrings, originPath, originId, List.of(),
				false);
	}

	private static LifetimePolicy lifetimes(Mode mode) {
		return new LifetimePolicy(mode, Duration.ofHours(7),
				new Ttls(Duration.ZERO, Duration.ofHours(7), Duration.ofDays(30)), Duration.ZERO, Clock.systemUTC());
	}

	private static CacheBehavior withOptions(String pattern) {
		return new CacheBehavior(new BehaviorPattern(pattern), List.of(APP), Set.of("GET", "HEAD", "OPTIONS"), CACHED);
	}

	private static Distribution minTtl() {
		return of(
				behavior("/min/*",
						policy(Duration.ofMinutes(5), Duration.ofDays(1), Duration.ofDays(365), QueryStrings.ALL), APP),
				behavior("*", CACHED, APP));
	}

	private static OriginRequest request(String target, String host) {
		return new OriginRequest(path(target), query(target), host, null, true);
	}

	private static String path(String target) {
		return target.split("\\?", 2)[0];
	}

	private static String query(String target) {
		return target.contains("?") ? target.split("\\?", 2)[1] : null;
	}

	private static String tracked(TrackingRules rules, String target) {
		return tracked(rules, request(target, HOST));
	}

	private static String tracked(TrackingRules rules, OriginRequest request) {
		return tracked(rules, request, null);
	}

	private static String tracked(TrackingRules rules, OriginRequest request, String cacheControl) {
		RequestRules ours = rules.of(request);
		if (ours == null) {
			return "not ours";
		}
		return tracked(ours, ours.decide(response(200, cacheControl)));
	}

	private static String renewed(TrackingRules rules, String target) {
		RequestRules ours = rules.of(request(target, HOST));
		return tracked(ours, rules.decide(ours, response(304, null)));
	}

	private static String tracked(RequestRules ours, Decision decision) {
		if (decision.action() != Decision.Action.TRACK) {
			return "ignored";
		}
		String lifetime = (decision.lifetime().toMinutesPart() == 0) ? decision.lifetime().toHours() + "h"
				: decision.lifetime().toMinutes() + "m";
		return (lifetime + " " + String.join(" ", ours.cached())).trim();
	}

	private List<String> found() {
		return this.doctor.findings().stream().map(Finding::id).toList();
	}

}
