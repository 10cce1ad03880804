package io.github.cftracker.recording;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.cftracker.Finding;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.distribution.BehaviorPattern;
import io.github.cftracker.distribution.CacheBehavior;
import io.github.cftracker.distribution.Distribution;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.Origin;
import io.github.cftracker.distribution.Ttls;
import io.github.cftracker.distribution.UnreadSettings;
import io.github.cftracker.tracking.LifetimePolicy;
import io.github.cftracker.tracking.TrackingRules;
import io.github.cftracker.tracking.TrackingSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.willDoNothing;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

@ExtendWith(OutputCaptureExtension.class)
class PathLimiterTests {

	private static final int MAX_VARIANTS = 100;

	private static final long HOUR = 3_600_000;

	private static final LifetimePolicy LIFETIMES = new LifetimePolicy(LifetimePolicy.Mode.NONE, Duration.ZERO,
			new Ttls(Duration.ZERO, Duration.ZERO, Duration.ZERO), Duration.ZERO, Clock.systemUTC());

	private final DistributionDoctor doctor = new DistributionDoctor();

	private final FakeStore store = new FakeStore();

	private final TrackingRules rules = new TrackingRules(
			new TrackingSettings(Set.of("GET"), LIFETIMES, null, null, null, List.of("/checkout/protected/"), false),
			new DistributionDoctor(), 1);

	private final WildcardReplacement replacement = mock(WildcardReplacement.class);

	private final PathLimiter limiter = new PathLimiter(this.store, new PathLimits(1, 5000, MAX_VARIANTS), this.rules,
			this.doctor, this.replacement);

	private long now;

	@BeforeEach
	void trackMany() {
		this.store.tracked.set(1000);
	}

	@Test
	void leavesPathsAsTheyAreUpToTheLimit() {
		fill("/search?q=", "/search", MAX_VARIANTS);
		assertThat(this.limiter.unreplaced()).isEmpty();
		assertThat(this.limiter.folded()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "/search?q=, /search, /search?*", "/?x=, /, /?*", "/products/, /products/{id}, /products/*",
			"/a/b/, /a/**, /a/b/*", "/docs/x-, /**, /docs/*", "/docs/x-,, /docs/*",
			"/products/7?x=, /products/{id}, /products/7?*", "/app.js?v=, /**, /app.js?*" })
	void foldsARouteThatHasTooManyIntoItsLongestSafePrefix(String prefix, String route, String wildcard,
			CapturedOutput output) {
		fill(prefix, route, MAX_VARIANTS);
		assertThat(place(prefix + "one-more", route)).isEqualTo(wildcard);
		assertThat(place(prefix + "another", route)).isEqualTo(wildcard);
		assertThat(place(prefix + "1", route)).isEqualTo(wildcard);
		assertThat(place(wildcard, route)).isEqualTo(wildcard);
		assertThat(this.limiter.unreplaced()).containsExactly(wildcard.substring(0, wildcard.length() - 1));
		assertThat(this.limiter.folded()).isEqualTo(3);
		assertThat(output).containsOnlyOnce("Too many different paths");
	}

	@ParameterizedTest
	@CsvSource({ "/products/, /products/{id}", "/search?, /search" })
	void thePathThatEndsBeforeTheAsteriskStaysAsItIs(String prefix, String route) {
		fill(prefix + "x", route, MAX_VARIANTS);
		assertThat(place(prefix, route)).isEqualTo(prefix);
		assertThat(place(prefix + "one-more", route)).isEqualTo(prefix + "*");
		assertThat(place(prefix, route)).isEqualTo(prefix);
		assertThat(this.limiter.replacementOf(prefix)).isNull();
		assertThat(this.limiter.replacementOf(prefix + "1")).isEqualTo(prefix + "*");
		assertThat(this.limiter.dropped()).isZero();
	}

	@Test
	void thePathThatEndsBeforeTheAsteriskIsTrackedWhereTooManyAreTrackedOverall() {
		count(5000, this.now);
		assertThat(place("/shops/", "/shops/")).isEqualTo("/shops/");
		assertThat(place("/shops/8", "/shops/{id}")).isEqualTo("/shops/*");
		assertThat(place("/shops/", "/shops/")).isEqualTo("/shops/");
		assertThat(place("/search?q=1", "/search")).isEqualTo("/search?*");
		assertThat(place("/search?", "/search")).isEqualTo("/search?");
		assertThat(this.limiter.wildcardAround("/shops/")).isEqualTo("/shops/");
		assertThat(this.limiter.wildcardAround("/shops/9")).isEqualTo("/shops/*");
		assertThat(this.limiter.dropped()).isZero();
	}

	@Test
	void tracksNoMoreFoldersThanThereMayBeWildcardsWhereTooManyAreTrackedOverall() {
		count(5000, this.now);
		Set<String> store = new HashSet<>();
		for (int i = 0; i < 2 * Wildcards.MAX; i++) {
			store.add(String.valueOf(place("/folder-" + i + "/", "/{folder}/")));
		}
		assertThat(store).hasSize(Wildcards.MAX + 1).contains("null");
		assertThat(this.limiter.dropped()).isEqualTo(Wildcards.MAX);
	}

	@Test
	void leavesTheOtherPathsOfARouteAloneWhereOnePageIsToBlame() {
		fill("/products/", "/products/{id}", MAX_VARIANTS / 2);
		fill("/products/7?x=", "/products/{id}", MAX_VARIANTS / 2);
		assertThat(place("/products/new", "/products/{id}")).isEqualTo("/products/new");
		assertThat(place("/products/7?x=one-more", "/products/{id}")).isEqualTo("/products/7?*");
		assertThat(place("/products/7", "/products/{id}")).isEqualTo("/products/7");
	}

	@Test
	void foldsTheFolderWhereManyPagesAreToBlame() {
		for (int i = 0; i < 10; i++) {
			fill("/products/" + i + "?x=", "/products/{id}", MAX_VARIANTS / 10);
		}
		assertThat(place("/products/new", "/products/{id}")).isEqualTo("/products/*");
	}

	@Test
	void neverHasMoreWildcardsThanAFewPerRoute() {
		for (int page = 0; page < 200; page++) {
			for (int i = 0; i < MAX_VARIANTS; i++) {
				place("/products/" + page + "?x=" + i, "/products/{id}");
			}
		}
		assertThat(this.limiter.unreplaced().size()).isLessThan(10).isPositive();
		assertThat(place("/products/201?x=1", "/products/{id}")).isEqualTo("/products/*");
	}

	@Test
	void replacesTrackedPathsByOneWildcardAtATime() {
		fill("/search?q=", "/search", MAX_VARIANTS);
		place("/search?q=one-more", "/search");
		fill("/products/", "/products/{id}", MAX_VARIANTS);
		place("/products/one-more", "/products/{id}");
		assertThat(this.limiter.unreplaced()).containsExactly("/search?", "/products/");
		willThrow(new StoreUnavailableException("away", new IllegalStateException())).given(this.replacement)
			.replace("/search?");
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(this.limiter::replaceTracked);
		assertThat(this.limiter.unreplaced()).hasSize(2);
		willDoNothing().given(this.replacement).replace("/search?");
		this.limiter.replaceTracked();
		assertThat(this.limiter.unreplaced()).containsExactly("/products/");
		this.limiter.replaceTracked();
		verify(this.replacement).replace("/products/");
		assertThat(this.limiter.unreplaced()).isEmpty();
	}

	@Test
	void countsRoutesApart() {
		fill("/search?q=", "/search", MAX_VARIANTS);
		fill("/products/", "/products/{id}", MAX_VARIANTS);
		assertThat(this.limiter.unreplaced()).isEmpty();
	}

	@Test
	void dropsCountsAndSaysWhereNoPrefixIsSafe(CapturedOutput output) {
		fill("/", "/{slug}", MAX_VARIANTS);
		assertThat(place("/one-more", "/{slug}")).isNull();
		assertThat(place("/another", "/{slug}")).isNull();
		assertThat(place("/7", "/{slug}")).isEqualTo("/7");
		assertThat(this.limiter.dropped()).isEqualTo(2);
		assertThat(this.doctor.findings()).extracting(Finding::fix)
			.singleElement()
			.asString()
			.contains("cf.tracker.tracking.exclude", "cf.tracker.tracking.max-variants");
		assertThat(output).containsOnlyOnce("no wildcard can safely replace them");
	}

	@Test
	void stopsSayingSoAnHourAfterTheLastDrop() {
		fill("/", "/{slug}", MAX_VARIANTS);
		place("/one-more", "/{slug}");
		count(1000, HOUR);
		assertThat(this.doctor.findings()).hasSize(1);
		count(1000, HOUR + 1);
		assertThat(this.doctor.findings()).isEmpty();
	}

	@Test
	void neverFoldsOverAProtectedPrefixOrAnotherOriginsBehavior() {
		fill("/checkout/", "/checkout/{id}", MAX_VARIANTS);
		fill("/media/x", "/media/{id}", MAX_VARIANTS);
		this.rules.use(otherOriginAt("/media/*.jpg"));
		assertThat(place("/checkout/one-more", "/checkout/{id}")).isNull();
		assertThat(place("/media/x-more", "/media/{id}")).isNull();
		assertThat(place("/media/x-more?a=1", "/media/{id}")).isNull();
		assertThat(this.limiter.unreplaced()).isEmpty();
	}

	@Test
	void whatARunHasClaimedDoesNotCount() {
		fill("/search?q=", "/search", MAX_VARIANTS);
		count(1000, this.now);
		count(3, this.now);
		assertThat(place("/search?q=one-more", "/search")).isEqualTo("/search?q=one-more");
	}

	@Test
	void whatTheStoreHasLostMeanwhileDoesNotCount() {
		fill("/search?q=", "/search", MAX_VARIANTS);
		this.store.tracked.set(MAX_VARIANTS / 2 - 1);
		assertThat(place("/search?q=one-more", "/search")).isEqualTo("/search?q=one-more");
	}

	@Test
	void whatHasExpiredDoesNotCount() {
		fill("/search?q=", "/search", MAX_VARIANTS);
		this.now = HOUR + 2000;
		assertThat(place("/search?q=one-more", "/search")).isEqualTo("/search?q=one-more");
	}

	@Test
	void whatIsRenewedHasNotExpired() {
		fill("/search?q=", "/search", MAX_VARIANTS);
		this.now = HOUR / 2;
		fill("/search?q=", "/search", MAX_VARIANTS);
		this.now = HOUR + 2000;
		assertThat(place("/search?q=one-more", "/search")).isEqualTo("/search?*");
	}

	@Test
	void anHourLaterARouteIsCountedAnew() {
		fill("/search?q=", "/search", MAX_VARIANTS);
		place("/search?q=one-more", "/search");
		this.now = HOUR;
		count(1000, this.now);
		assertThat(place("/search?q=one-more", "/search")).isEqualTo("/search?q=one-more");
	}

	@Test
	void tracksTheFolderOfANewPathWhereTooManyAreTrackedOverall() {
		place("/products/7", "/products/{id}");
		place("/about", "/about");
		count(5000, this.now);
		assertThat(place("/products/7", "/products/{id}")).isEqualTo("/products/7");
		assertThat(place("/shops/8", "/shops/{id}")).isEqualTo("/shops/*");
		assertThat(place("/shops/9", "/shops/{id}")).isEqualTo("/shops/*");
		assertThat(place("/search?q=1", "/search")).isEqualTo("/search?*");
		assertThat(place("/contact", "/contact")).isNull();
		assertThat(place("/about", "/about")).isEqualTo("/about");
		count(4999, this.now);
		assertThat(place("/contact", "/contact")).isEqualTo("/contact");
	}

	@Test
	void pathsThatAreTrackedByHandAreNoStrangers() {
		for (int i = 0; i < 2 * MAX_VARIANTS; i++) {
			String path = "/by-hand-" + i;
			assertThat(this.limiter.admit(new Pending(path, PendingChange.track(HOUR)), this.now, 0)).isEqualTo(path);
		}
	}

	@Test
	void tracksNoMorePathsThanMayBeTrackedAndWhatASecondBrings() {
		Set<String> store = new HashSet<>();
		for (int folder = 0; folder < 3000; folder++) {
			for (int i = 0; i < 10; i++) {
				store.add(String.valueOf(place("/folder-" + folder + "/" + i, "/{folder}/{id}")));
			}
			if (folder % 10 == 0) {
				count(store.size(), this.now);
			}
		}
		assertThat(store).hasSizeLessThan(5000 + 100 + Wildcards.MAX);
		assertThat(this.limiter.unreplaced().size()).isLessThanOrEqualTo(Wildcards.MAX);
		assertThat(this.limiter.dropped()).isPositive();
	}

	@Test
	void isFullNoLongerWhenTheStoreIsNot() {
		for (int i = 0; i < 60; i++) {
			fill("/folder-" + i + "/", "/{folder}/{id}", MAX_VARIANTS);
		}
		count(5000, this.now);
		assertThat(place("/new/page", "/{folder}/{id}")).isEqualTo("/new/*");
		count(4000, this.now);
		assertThat(place("/other/page", "/{folder}/{id}")).isEqualTo("/other/page");
	}

	@Test
	void makesFewWildcardsOfPathsThatCloudFrontDoesNotTake() {
		Set<String> items = new HashSet<>();
		for (int i = 0; i < MAX_VARIANTS; i++) {
			items.add(place("/search?q=" + i + "*", "/search"));
		}
		assertThat(items).hasSizeLessThanOrEqualTo(11).contains("/search?*");
	}

	@Test
	void leavesExactPathsAsTheyAreWhereTooManyAreWidened(CapturedOutput output) {
		fill("/p/", "/p/{id}", 50);
		for (int i = 0; i < 10; i++) {
			assertThat(place("/p/x" + i + "*", "/p/{id}")).isEqualTo("/p/x" + i + "*");
		}
		assertThat(place("/p/y0*", "/p/{id}")).isEqualTo("/p/*");
		assertThat(this.limiter.replacementOf("/p/y1*")).isEqualTo("/p/*");
		assertThat(place("/p/*", "/p/{id}")).isEqualTo("/p/*");
		assertThat(this.limiter.unreplaced()).isEmpty();
		assertThat(this.limiter.replacementOf("/p/7")).isNull();
		assertThat(place("/p/7", "/p/{id}")).isEqualTo("/p/7");
		assertThat(place("/p/new", "/p/{id}")).isEqualTo("/p/new");
		assertThat(this.limiter.folded()).isEqualTo(2);
		assertThat(this.limiter.dropped()).isZero();
		assertThat(output).containsOnlyOnce("WARN")
			.containsPattern("WARN.*More than 10 different paths of '/p/\\{id}'.*'~'.*'/p/\\*'")
			.doesNotContain("max-variants", "max-paths");
	}

	@ParameterizedTest
	@CsvSource({ "/shop/a/x, /shop/{a}/{b}, /shop/a/*", "/search?q=x, /search, /search?*", "/a/x, /**, /a/*",
			"/a/x,, /a/*" })
	void replacesFurtherWildcardsByOneOfTheirDeepestFolderOrPage(String prefix, String route, String wildcard) {
		fill("/shop/", "/shop/{a}/{b}", 5);
		widen(prefix, route, 10);
		assertThat(place(prefix + "-more*", route)).isEqualTo(wildcard);
		assertThat(place(prefix + "-more", route)).isEqualTo(prefix + "-more");
	}

	@Test
	void replacesFurtherWildcardsByTheirOwnFolderOrPageWhereTheyHaveNoneInCommon() {
		widen("/x", "/{page}", 10);
		assertThat(place("/search?q=*", "/{page}")).isEqualTo("/search?*");
		assertThat(place("/search?r=*", "/{page}")).isEqualTo("/search?*");
	}

	@Test
	void dropsFurtherWildcardsWhereNoneIsSafe() {
		widen("/x", "/{page}", 10);
		widen("/checkout/x", "/checkout/{id}", 10);
		assertThat(place("/y*", "/{page}")).isNull();
		assertThat(place("/checkout/y*", "/checkout/{id}")).isNull();
		assertThat(place("/x1*", "/{page}")).isEqualTo("/x1*");
		assertThat(place("/y", "/{page}")).isEqualTo("/y");
		assertThat(this.limiter.dropped()).isEqualTo(2);
		assertThat(this.doctor.findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.id()).isEqualTo("paths-dropped");
			assertThat(finding.problem()).contains("'~'", "10 wildcards");
			assertThat(finding.fix()).contains("cf.tracker.tracking.exclude").doesNotContain("max-");
		});
	}

	@Test
	void reportsEachReasonToDropForAnHour() {
		widen("/x", "/{page}", 10);
		place("/y*", "/{page}");
		this.now = 60_000;
		fill("/", "/{slug}", MAX_VARIANTS);
		place("/one-more", "/{slug}");
		assertThat(this.doctor.findings()).hasSize(2);
		count(1000, HOUR + 1);
		assertThat(this.doctor.findings()).singleElement()
			.extracting(Finding::fix)
			.asString()
			.contains("cf.tracker.tracking.max-variants");
		count(1000, HOUR + 60_001);
		assertThat(this.doctor.findings()).isEmpty();
	}

	@Test
	void wildcardsTakeNoRoomOfExactPaths() {
		widen("/p/x", "/p/{id}", 10);
		fill("/p/", "/p/{id}", MAX_VARIANTS);
		assertThat(place("/p/y*", "/p/{id}")).isEqualTo("/p/*");
		assertThat(this.limiter.unreplaced()).isEmpty();
		assertThat(place("/p/one-more", "/p/{id}")).isEqualTo("/p/*");
		assertThat(this.limiter.unreplaced()).containsExactly("/p/");
	}

	@Test
	void wildcardsThatHaveExpiredDoNotCount() {
		widen("/p/x", "/p/{id}", 10);
		this.now = HOUR + 2000;
		assertThat(place("/p/y*", "/p/{id}")).isEqualTo("/p/y*");
	}

	@Test
	void anHourLaterWildcardsAreCountedAnew() {
		widen("/p/x", "/p/{id}", 10);
		assertThat(place("/p/y*", "/p/{id}")).isEqualTo("/p/*");
		this.now = HOUR;
		count(1000, this.now);
		assertThat(place("/p/y*", "/p/{id}")).isEqualTo("/p/y*");
	}

	@Test
	void looksAtARouteAgainAtOnceWhereItHelped() {
		this.store.tracked.set(0);
		fill("/app/products/", "/app/products/{id}", 3 * MAX_VARIANTS);
		this.store.tracked.set(1000);
		assertThat(place("/app/products/one-more", "/app/products/{id}")).isEqualTo("/app/products/*");
	}

	@Test
	void aWildcardThatIsNoLongerSafeStandsForNothing() {
		fill("/media/x", "/media/{id}", MAX_VARIANTS);
		assertThat(place("/media/x-more", "/media/{id}")).isEqualTo("/media/*");
		this.rules.use(otherOriginAt("/media/*.jpg"));
		count(1000, this.now);
		assertThat(place("/media/x-more", "/media/{id}")).isEqualTo("/media/x-more");
	}

	@Test
	void remembersFewPagesHoweverManyThereAre() {
		FrequentPages pages = new FrequentPages();
		for (int i = 0; i < 10_000; i++) {
			pages.add("/page-" + i + "?x", ("/page-" + i + "?").length());
			pages.add("/search?q=" + i, "/search?".length());
		}
		assertThat(pages.mostFrequent(8_000)).isEqualTo("/search?");
		assertThat(pages.mostFrequent(10_001)).isNull();
	}

	@Test
	void anOuterWildcardTakesThePlaceOfInnerOnes() {
		Wildcards wildcards = new Wildcards();
		wildcards.add("/a/b?", HOUR);
		wildcards.add("/a/c/", HOUR);
		assertThat(wildcards.covering("/a/b?x")).isEqualTo("/a/b?*");
		assertThat(wildcards.covering("/a/c/d/e?x=/")).isEqualTo("/a/c/*");
		wildcards.add("/a/", HOUR);
		assertThat(wildcards.covering("/a/b?x")).isEqualTo("/a/*");
		assertThat(wildcards.covering("/a/c/d")).isEqualTo("/a/*");
		assertThat(wildcards.covering("/ab")).isNull();
		assertThat(wildcards.covering("/a/")).isNull();
		assertThat(wildcards.covering("/a/*")).isEqualTo("/a/*");
		assertThat(wildcards.covering("/a/?x")).isEqualTo("/a/*");
		assertThat(wildcards.covering("/b?x=/a/")).isNull();
	}

	private void fill(String prefix, String route, int count) {
		for (int i = 0; i < count; i++) {
			assertThat(place(prefix + i, route)).isEqualTo(prefix + i);
		}
	}

	private void widen(String prefix, String route, int count) {
		for (int i = 0; i < count; i++) {
			assertThat(place(prefix + i + '*', route)).isEqualTo(prefix + i + '*');
		}
	}

	private void count(long tracked, long at) {
		long before = this.store.tracked.getAndSet(tracked);
		this.limiter.count(at);
		this.store.tracked.set(before);
	}

	private String place(String path, String route) {
		return this.limiter.admit(new Pending(path, PendingChange.track(this.now + HOUR, this.now, route, Set.of())),
				this.now, 0);
	}

	private static Distribution otherOriginAt(String pattern) {
		List<Origin> ours = List.of(new Origin("app", "app.example.org", "", false, Set.of()));
		List<Origin> others = List.of(new Origin("media", "media.example.org", "", true, Set.of()));
		return new Distribution(Set.of(), "", null,
				List.of(new CacheBehavior(new BehaviorPattern(pattern), others, Set.of("GET"), null),
						new CacheBehavior(BehaviorPattern.DEFAULT, ours, Set.of("GET"), null)),
				Map.of(), UnreadSettings.NONE);
	}

}
