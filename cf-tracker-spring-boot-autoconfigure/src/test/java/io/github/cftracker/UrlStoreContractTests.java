package io.github.cftracker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link UrlStore} keeps to.
 */
public abstract class UrlStoreContractTests {

	protected static final Duration HOUR = Duration.ofHours(1);

	private static final Duration SHORT = Duration.ofMillis(300);

	protected UrlStore store;

	protected abstract UrlStore createStore();

	@BeforeEach
	void create() {
		this.store = createStore();
	}

	@Test
	void isEmptyAtFirst() {
		assertThat(this.store.count()).isZero();
		assertThat(this.store.scan("/", 10)).isEmpty();
		try (Claim claim = claimAll()) {
			assertThat(claim.size()).isZero();
			assertThat(claim.next(10)).isEmpty();
		}
	}

	@Test
	void countsDistinctPaths() {
		track(HOUR, "/a", "/b");
		track(HOUR, "/b", "/c");
		assertThat(this.store.count()).isEqualTo(3);
	}

	@Test
	void keepsPathsAsTheyAre() {
		List<String> paths = List.of("/", "/a b", "/%C3%A9?x=1&x=2", "/ü/*[?]\\^-", "/a*", "/ ", "//", "/\"'\n");
		track(HOUR, paths.toArray(String[]::new));
		assertThat(scan("/")).containsExactlyInAnyOrderElementsOf(paths);
		assertThat(scan("/ü/*[?]")).containsExactly("/ü/*[?]\\^-");
		assertThat(scan("/a*")).containsExactly("/a*");
	}

	@Test
	void showsWhenPathsExpire() {
		track(HOUR, "/an-hour");
		track(PathLifetime.FOREVER, "/forever");
		track(PathLifetime.FOREVER.minusDays(1), "/nearly-forever");
		assertThat(this.store.scan("/an-hour", 10)).singleElement()
			.satisfies((path) -> assertThat(path.expiresAt()).isBetween(Instant.now().plus(HOUR).minusSeconds(30),
					Instant.now().plus(HOUR).plusSeconds(30)));
		assertThat(this.store.scan("/forever", 10)).containsExactly(new TrackedPath("/forever", null));
		assertThat(this.store.scan("/nearly-forever", 10)).containsExactly(new TrackedPath("/nearly-forever", null));
	}

	@Test
	void foldsTrackedPathsIntoAWildcardThatLivesAsLongAsTheLongest() {
		track(HOUR, "/a/1", "/b");
		track(HOUR.multipliedBy(3), "/a/2");
		track(HOUR.multipliedBy(2), "/a/3");
		fold("/a/*", "/a/1", "/a/2", "/never-tracked");
		assertThat(scan("/")).containsExactlyInAnyOrder("/a/*", "/a/3", "/b");
		assertThat(this.store.scan("/a/*", 10)).singleElement()
			.satisfies((path) -> assertThat(path.expiresAt()).isBetween(Instant.now().plusSeconds(3 * 3600 - 30),
					Instant.now().plusSeconds(3 * 3600 + 30)));
		fold("/a/*", "/a/3");
		assertThat(scan("/")).containsExactlyInAnyOrder("/a/*", "/b");
		track(PathLifetime.FOREVER, "/a/4");
		fold("/a/*", "/a/4");
		assertThat(this.store.scan("/a/", 10)).singleElement().satisfies((path) -> {
			assertThat(path.path()).isEqualTo("/a/*");
			assertThat(path.expiresAt()).isNull();
		});
	}

	@Test
	void foldsNothingWhereNothingIsTracked() {
		fold("/a/*", "/a/1");
		assertThat(this.store.count()).isZero();
	}

	@Test
	void aWildcardThatWasClaimedComesBackWithWhatIsFoldedIntoItAfterwards() {
		track(HOUR, "/a/*");
		try (Claim claim = claimAll()) {
			track(HOUR, "/a/1");
			fold("/a/*", "/a/1");
			assertThat(scan("/")).containsExactly("/a/*");
			claim.forget(List.of("/a/*"));
		}
		assertThat(scan("/")).containsExactly("/a/*");
	}

	private void fold(String wildcard, String... paths) {
		this.store.fold(new PathLifetime(wildcard, HOUR), List.of(paths));
	}

	@Test
	void scansByPrefixUpToALimit() {
		track(HOUR, "/a", "/a/1", "/a/2", "/b");
		assertThat(scan("/a")).containsExactlyInAnyOrder("/a", "/a/1", "/a/2");
		assertThat(scan("/a/")).containsExactlyInAnyOrder("/a/1", "/a/2");
		assertThat(this.store.scan("/", 3)).hasSize(3);
	}

	@Test
	void forgetsExpiredPathsByItself() {
		track(SHORT, "/short");
		track(HOUR, "/long");
		Awaitility.await().until(() -> this.store.count() == 1);
		assertThat(scan("/")).containsExactly("/long");
		this.store.removeExpired();
		assertThat(scan("/")).containsExactly("/long");
		assertThat(claimed(claimAll())).containsExactly("/long");
	}

	@Test
	void doesNotClaimExpiredPaths() {
		track(SHORT, "/short");
		Awaitility.await().until(() -> this.store.count() == 0);
		assertThat(claimAll().size()).isZero();
	}

	@Test
	void trackingAgainRenews() {
		track(SHORT, "/a");
		track(HOUR, "/a");
		track(SHORT, "/b");
		Awaitility.await().until(() -> this.store.count() == 1);
		assertThat(scan("/")).containsExactly("/a");
	}

	@Test
	void trackingAgainNeverShortens() {
		track(HOUR, "/a");
		track(PathLifetime.FOREVER, "/forever");
		track(SHORT, "/a", "/b", "/forever");
		Awaitility.await().until(() -> !scan("/").contains("/b"));
		assertThat(scan("/")).containsExactlyInAnyOrder("/a", "/forever");
	}

	@Test
	void expireSetsExactly() {
		track(HOUR, "/shorter", "/longer", "/gone", "/forever");
		expire(SHORT, "/shorter");
		expire(HOUR.multipliedBy(3), "/longer");
		expire(Duration.ZERO, "/gone");
		expire(PathLifetime.FOREVER, "/forever");
		expire(HOUR, "/never-tracked");
		Awaitility.await().until(() -> this.store.count() == 2);
		assertThat(this.store.scan("/longer", 1)).singleElement()
			.satisfies((path) -> assertThat(path.expiresAt()).isAfter(Instant.now().plus(HOUR)));
		assertThat(this.store.scan("/forever", 1)).containsExactly(new TrackedPath("/forever", null));
	}

	@Test
	void expireDoesNotReviveAnExpiredPath() {
		track(SHORT, "/a");
		Awaitility.await().until(() -> this.store.count() == 0);
		expire(HOUR, "/a");
		assertThat(this.store.count()).isZero();
	}

	@Test
	void untracks() {
		track(HOUR, "/a", "/b");
		this.store.untrack(List.of("/a", "/never-tracked"));
		assertThat(scan("/")).containsExactly("/b");
	}

	@Test
	void findsUntrackedPathsThatWereTrackedForLonger() {
		track(HOUR, "/hour", "/kept", "/claimed");
		track(Duration.ofSeconds(50), "/seconds");
		track(PathLifetime.FOREVER, "/forever");
		try (Claim claim = this.store.claim(UUID.randomUUID().toString(), new Selection(List.of("/claimed")))) {
			assertThat(claim.size()).isOne();
			assertThat(this.store.untrackNotFound(
					List.of("/seconds", "/hour", "/never-tracked", "/claimed", "/forever"), Duration.ofMinutes(1)))
				.containsExactly("/hour", "/forever");
		}
		assertThat(scan("/")).containsExactly("/kept");
		assertThat(this.store.untrackNotFound(List.of("/hour"), Duration.ofMinutes(1))).isEmpty();
	}

	@Test
	void claimsEverythingAndLeavesNothing() {
		track(HOUR, "/a", "/b");
		track(PathLifetime.FOREVER, "/c");
		Claim claim = claimAll();
		assertThat(claim.size()).isEqualTo(3);
		assertThat(claim.next(10)).extracting(TrackedPath::path).containsExactlyInAnyOrder("/a", "/b", "/c");
		assertThat(this.store.count()).isZero();
		assertThat(scan("/")).isEmpty();
	}

	@Test
	void tracksAnewWhatIsRecordedAfterTheClaim() {
		track(HOUR, "/a", "/b");
		Claim claim = claimAll();
		track(HOUR, "/a", "/c");
		assertThat(claim.next(10)).extracting(TrackedPath::path).containsExactlyInAnyOrder("/a", "/b");
		claim.forget(List.of("/a", "/b"));
		claim.close();
		assertThat(scan("/")).containsExactlyInAnyOrder("/a", "/c");
	}

	@Test
	void readsTheSamePathsUntilTheyAreForgotten() {
		track(HOUR, paths(10));
		Claim claim = claimAll();
		List<TrackedPath> first = claim.next(4);
		assertThat(first).hasSize(4);
		assertThat(claim.next(4)).isEqualTo(first);
		claim.forget(paths(first));
		assertThat(claim.next(10)).hasSize(6).doesNotContainAnyElementsOf(first);
	}

	@Test
	void drainsALargeClaimInChunks() {
		for (int i = 0; i < 5; i++) {
			track(HOUR, IntStream.range(i * 1000, (i + 1) * 1000).mapToObj((n) -> "/" + n).toArray(String[]::new));
		}
		Claim claim = claimAll();
		assertThat(claim.size()).isEqualTo(5000);
		Set<String> read = new HashSet<>();
		List<String> chunk = paths(claim.next(1500));
		while (!chunk.isEmpty()) {
			assertThat(chunk).hasSizeLessThanOrEqualTo(1500);
			read.addAll(chunk);
			claim.forget(chunk);
			chunk = paths(claim.next(1500));
		}
		assertThat(read).hasSize(5000);
		claim.close();
		assertThat(this.store.count()).isZero();
	}

	@Test
	void givesBack() {
		track(HOUR, "/a", "/b", "/c");
		Claim claim = claimAll();
		claim.giveBack(List.of("/a"));
		assertThat(scan("/")).containsExactly("/a");
		assertThat(claim.next(10)).extracting(TrackedPath::path).containsExactlyInAnyOrder("/b", "/c");
	}

	@Test
	void closingGivesBackWhatIsLeft() {
		track(HOUR, paths(2500));
		track(PathLifetime.FOREVER, "/forever");
		try (Claim claim = claimAll()) {
			claim.forget(paths(claim.next(1000)));
		}
		assertThat(this.store.count()).isEqualTo(1501);
	}

	@Test
	void givingBackNeverShortens() {
		track(SHORT, "/a");
		Claim claim = claimAll();
		track(HOUR, "/a");
		claim.close();
		Awaitility.await().during(SHORT).until(() -> this.store.count() == 1);
	}

	@Test
	void givingBackNeverRevivesWhatWasUntrackedSince() {
		track(HOUR, "/a", "/b", "/c", "/d");
		Claim claim = claimAll();
		this.store.untrack(List.of("/a", "/b"));
		expire(Duration.ZERO, "/d");
		claim.giveBack(List.of("/a"));
		claim.close();
		assertThat(scan("/")).containsExactly("/c");
	}

	@Test
	void aClaimedPathThatIsUntrackedIsStillSent() {
		track(HOUR, "/a", "/b");
		Claim claim = claimAll();
		this.store.untrack(List.of("/a"));
		assertThat(claim.next(10)).extracting(TrackedPath::path).containsExactlyInAnyOrder("/a", "/b");
	}

	@Test
	void whatIsTrackedAgainAfterItWasUntrackedStays() {
		track(HOUR, "/a");
		Claim claim = claimAll();
		this.store.untrack(List.of("/a"));
		track(HOUR, "/a");
		claim.close();
		assertThat(scan("/")).containsExactly("/a");
	}

	@Test
	void givingBackDoesNotReviveWhatExpiredSince() {
		track(SHORT, "/short");
		track(HOUR, "/long");
		Claim claim = claimAll();
		Awaitility.await().until(() -> claim.next(10).size() == 1);
		claim.close();
		assertThat(scan("/")).containsExactly("/long");
	}

	@Test
	void claimsSelectedPathsOnly() {
		track(HOUR, "/a", "/a?x=1", "/ab", "/b/1", "/b/2/3", "/b", "/c*d", "/c*de");
		Claim claim = this.store.claim(UUID.randomUUID().toString(),
				new Selection(List.of("/a", "/b/*", "/c*d*", "/never-tracked")));
		assertThat(claim.size()).isEqualTo(5);
		assertThat(claim.next(10)).extracting(TrackedPath::path)
			.containsExactlyInAnyOrder("/a", "/b/1", "/b/2/3", "/c*d", "/c*de");
		assertThat(scan("/")).containsExactlyInAnyOrder("/a?x=1", "/ab", "/b");
		claim.close();
		assertThat(this.store.count()).isEqualTo(8);
	}

	@Test
	void claimsALargeSelection() {
		for (int i = 0; i < 3; i++) {
			track(HOUR, IntStream.range(i * 1000, (i + 1) * 1000).mapToObj((n) -> "/in/" + n).toArray(String[]::new));
		}
		track(HOUR, "/out");
		Claim claim = this.store.claim(UUID.randomUUID().toString(), new Selection(List.of("/in/*")));
		assertThat(claim.size()).isEqualTo(3000);
		assertThat(scan("/")).containsExactly("/out");
	}

	@Test
	void twoClaimsDoNotShareAPath() {
		track(HOUR, "/a");
		Claim first = claimAll();
		track(HOUR, "/b");
		Claim second = claimAll();
		assertThat(first.next(10)).extracting(TrackedPath::path).containsExactly("/a");
		assertThat(second.next(10)).extracting(TrackedPath::path).containsExactly("/b");
		first.close();
		second.close();
		assertThat(scan("/")).containsExactlyInAnyOrder("/a", "/b");
	}

	protected final Claim claimAll() {
		return this.store.claim(UUID.randomUUID().toString(), Selection.ofEverything());
	}

	protected final void track(Duration lifetime, String... paths) {
		List<PathLifetime> all = lifetimes(lifetime, paths);
		for (int start = 0; start < all.size(); start += 1000) {
			this.store.track(all.subList(start, Math.min(start + 1000, all.size())));
		}
	}

	private void expire(Duration lifetime, String... paths) {
		this.store.expire(lifetimes(lifetime, paths));
	}

	protected final Collection<String> scan(String prefix) {
		return this.store.scan(prefix, 10_000).stream().map(TrackedPath::path).toList();
	}

	private static List<PathLifetime> lifetimes(Duration lifetime, String... paths) {
		List<PathLifetime> lifetimes = new ArrayList<>();
		for (String path : paths) {
			lifetimes.add(new PathLifetime(path, lifetime));
		}
		return lifetimes;
	}

	private static String[] paths(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "/" + i).toArray(String[]::new);
	}

	private static List<String> paths(List<TrackedPath> tracked) {
		return tracked.stream().map(TrackedPath::path).toList();
	}

	private static List<String> claimed(Claim claim) {
		return paths(claim.next(10_000));
	}

}
