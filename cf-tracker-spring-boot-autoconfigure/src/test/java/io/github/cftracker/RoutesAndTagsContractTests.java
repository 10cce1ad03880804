package io.github.cftracker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.cftracker.plan.Coverage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link UrlStore} keeps to that keeps routes and tags.
 */
public abstract class RoutesAndTagsContractTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration SHORT = Duration.ofMillis(300);

	protected UrlStore store;

	protected abstract UrlStore createStore(long maxTagEntries);

	/**
	 * Whether nothing is kept of any tag.
	 */
	protected abstract boolean hasNoTags();

	@BeforeEach
	void create() {
		this.store = createStore(1000);
	}

	@Test
	void showsRouteAndTags() {
		track("/products/4", "/products/{id}", "product:4", "brand:x");
		track("/about", null);
		assertThat(this.store.keepsRoutesAndTags()).isTrue();
		assertThat(find("/products/4")).satisfies((path) -> {
			assertThat(path.route()).isEqualTo("/products/{id}");
			assertThat(path.tags()).containsExactlyInAnyOrder("product:4", "brand:x");
			assertThat(path.expiresAt()).isNotNull();
		});
		assertThat(find("/about")).isEqualTo(new TrackedPath("/about", find("/about").expiresAt()));
		List<TrackedPath> all = new ArrayList<>();
		this.store.forEach(all::add);
		assertThat(all).containsExactlyInAnyOrderElementsOf(this.store.scan("/", 10)).hasSize(2);
	}

	@Test
	void keepsRouteOfWhatNeverExpires() {
		this.store.track(List.of(new PathLifetime("/a", PathLifetime.FOREVER, Duration.ZERO, "/{slug}", Set.of())));
		assertThat(find("/a")).isEqualTo(new TrackedPath("/a", null, "/{slug}", Set.of()));
	}

	@Test
	void keepsRouteWhereOnlyTheLifetimeIsSet() {
		track("/a", "/{slug}");
		this.store.expire(List.of(new PathLifetime("/a", HOUR.multipliedBy(2))));
		assertThat(find("/a").route()).isEqualTo("/{slug}");
	}

	@Test
	void tellsManyRoutesApart() {
		for (int i = 0; i < 300; i++) {
			track("/" + i, "/routes/" + i);
		}
		assertThat(IntStream.range(0, 300))
			.allSatisfy((i) -> assertThat(select(routes("/routes/" + i))).containsExactly("/" + i));
	}

	@Test
	void selectsByTagExactly() {
		track("/products/4", null, "product:4");
		track("/products/42", null, "product:42");
		track("/products", null, "product:4", "product:42");
		track("/about", null);
		assertThat(select(tags("product:4"))).containsExactlyInAnyOrder("/products/4", "/products");
		assertThat(scan()).containsExactlyInAnyOrder("/products/42", "/about");
	}

	@Test
	void selectsTheUnionOfAllFields() {
		track("/named", null);
		track("/below/a", null);
		track("/routed", "/{slug}");
		track("/tagged", null, "news");
		track("/shops/1/reviews?page=2", null);
		track("/shops/1", null);
		assertThat(select(new Selection(List.of("/named", "/below/*", "/untracked"), List.of("/shops/*/reviews"),
				List.of("/{slug}"), List.of("news"))))
			.containsExactlyInAnyOrder("/named", "/below/a", "/routed", "/tagged", "/shops/1/reviews?page=2");
		assertThat(scan()).containsExactly("/shops/1");
	}

	@Test
	void hasTheTagsOfAllResponsesSinceTheLastInvalidation() {
		track("/a", null, "one");
		track("/a", null, "two");
		assertThat(find("/a").tags()).containsExactlyInAnyOrder("one", "two", CacheTag.UNSENT);
		Claim claim = claim(Selection.ofEverything());
		claim.forget(List.of("/a"));
		claim.close();
		track("/a", null, "three");
		assertThat(find("/a").tags()).containsExactly("three");
		assertThat(select(tags("one"))).isEmpty();
	}

	@Test
	void givesBackWithRouteAndTags() {
		track("/a", "/{slug}", "one");
		Claim claim = claim(tags("one"));
		track("/a", "/{slug}", "two");
		claim.giveBack(List.of("/a"));
		claim.close();
		assertThat(find("/a").tags()).containsExactlyInAnyOrder("one", "two", CacheTag.UNSENT);
		assertThat(find("/a").route()).isEqualTo("/{slug}");
	}

	@Test
	void showsTagsOfClaimedPaths() {
		track("/a", "/{slug}", "one");
		Claim claim = claim(Selection.ofEverything());
		assertThat(claim.next(10)).singleElement()
			.satisfies((path) -> assertThat(path.tags()).containsExactly("one"))
			.satisfies((path) -> assertThat(path.route()).isEqualTo("/{slug}"));
		List<TrackedPath> all = new ArrayList<>();
		claim.forEach(all::add);
		assertThat(all).isEqualTo(claim.next(10));
		claim.close();
	}

	@Test
	void forgetsTagsOfWhatIsUntracked() {
		track("/a", null, "one");
		this.store.untrack(List.of("/a"));
		assertThat(hasNoTags()).isTrue();
		track("/a", null);
		assertThat(select(tags("one"))).isEmpty();
	}

	@Test
	void forgetsTagsOfWhatExpires() {
		this.store.track(List.of(new PathLifetime("/a", SHORT, Duration.ZERO, null, Set.of("one"))));
		Awaitility.await().until(() -> this.store.count() == 0);
		this.store.removeExpired();
		assertThat(hasNoTags()).isTrue();
	}

	@Test
	void forgetsTagsOfWhatExpiresInAClaim() {
		this.store.track(List.of(new PathLifetime("/a", SHORT, Duration.ZERO, null, Set.of("one"))));
		Claim claim = claim(Selection.ofEverything());
		Awaitility.await().until(() -> claim.next(1).isEmpty());
		claim.close();
		this.store.removeExpired();
		assertThat(hasNoTags()).isTrue();
	}

	@Test
	void forgetsTagsOfWhatIsInvalidated() {
		track("/a", null, "one", "two");
		Claim claim = claim(Selection.ofEverything());
		claim.forget(List.of("/a"));
		claim.close();
		assertThat(hasNoTags()).isTrue();
	}

	@Test
	void aWildcardHasTheTagsOfWhatItReplaces() {
		track("/products/1", null, "product:1");
		track("/products/2", null, "product:2");
		this.store.fold(new PathLifetime("/products/*", HOUR), List.of("/products/1", "/products/2"));
		assertThat(find("/products/*").tags()).containsExactlyInAnyOrder("product:1", "product:2", CacheTag.UNSENT);
		assertThat(select(tags("product:2"))).containsExactly("/products/*");
	}

	@Test
	void noTagStandsForAWildcardThatReplacesOnePath() {
		track("/products/1", null, "product:1");
		track("/blog/1", null);
		this.store.fold(new PathLifetime("/products/*", HOUR), List.of("/products/1"));
		this.store.fold(new PathLifetime("/blog/*", HOUR), List.of("/blog/1"));
		assertThat(find("/products/*").tags()).containsExactlyInAnyOrder("product:1", CacheTag.UNSENT);
		assertThat(find("/blog/*").tags()).isEmpty();
	}

	@Test
	void aWildcardOverAFolderIsOfAnyRoute() {
		track("/products/1", "/products/{id}");
		track("/products/1/reviews", "/products/{id}/reviews");
		track("/blog/*", "/blog/{slug}");
		track("/about?*", "/about");
		this.store.fold(new PathLifetime("/products/*", HOUR), List.of("/products/1", "/products/1/reviews"));
		assertThat(find("/products/*").route()).isEqualTo(TrackedPath.ANY_ROUTE);
		assertThat(find("/about?*").route()).isEqualTo("/about");
		assertThat(select(routes("/products/{id}"))).containsExactlyInAnyOrder("/products/*", "/blog/*");
		assertThat(select(routes("/about"))).containsExactly("/about?*");
	}

	@Test
	void aPathWithTooManyTagsCountsAsHavingEveryTag() {
		String[] many = IntStream.range(0, 65).mapToObj((i) -> "tag:" + i).toArray(String[]::new);
		track("/a", null, Arrays.copyOf(many, 40));
		assertThat(find("/a").tags()).hasSize(40);
		track("/a", null, Arrays.copyOfRange(many, 40, 65));
		assertThat(find("/a").tags()).containsExactly(CacheTag.ANY);
		assertThat(select(tags("whatever"))).containsExactly("/a");
		claimAndForget();
		assertThat(hasNoTags()).isTrue();
	}

	@Test
	void beyondTheBoundPathsCountAsHavingEveryTag() {
		this.store = createStore(4);
		track("/a", null, "one", "two");
		track("/b", null, "one", "two");
		track("/c", null, "one", "two");
		assertThat(find("/b").tags()).hasSize(2);
		assertThat(find("/c").tags()).containsExactly(CacheTag.ANY);
		assertThat(select(tags("two"))).containsExactlyInAnyOrder("/a", "/b", "/c");
		claimAndForget();
		track("/d", null, "one", "two");
		assertThat(find("/d").tags()).hasSize(2);
	}

	@Test
	void claimsThousandsByTag() {
		this.store = createStore(10_000);
		List<String> all = IntStream.range(0, 3000).mapToObj((i) -> "/" + i).toList();
		for (int start = 0; start < all.size(); start += 1000) {
			this.store.track(all.subList(start, start + 1000)
				.stream()
				.map((path) -> new PathLifetime(path, HOUR, Duration.ZERO, null, Set.of("all")))
				.toList());
		}
		assertThat(select(tags("all"))).containsExactlyInAnyOrderElementsOf(all);
	}

	@Test
	void theRouteThatRenderedAPathLastCountsWhateverItsLifetime() {
		track("/a", "/old");
		this.store.track(List.of(new PathLifetime("/a", HOUR.dividedBy(2), Duration.ZERO, "/new", Set.of())));
		assertThat(find("/a").route()).isEqualTo("/new");
		assertThat(find("/a").expiresAt()).isAfter(Instant.now().plus(HOUR.dividedBy(2)).plusSeconds(60));
	}

	@Test
	void whatIsTrackedWithoutARouteKeepsIts() {
		track("/a", "/{slug}");
		this.store.track(List.of(new PathLifetime("/a", HOUR.multipliedBy(2))));
		assertThat(find("/a").route()).isEqualTo("/{slug}");
		this.store.track(List.of(new PathLifetime("/b", PathLifetime.FOREVER)));
		track("/b", "/{slug}");
		assertThat(find("/b")).isEqualTo(new TrackedPath("/b", null, "/{slug}", Set.of()));
	}

	@Test
	void whatIsGivenBackHasTheRouteThatRenderedItSince() {
		track("/a", "/old");
		Claim claim = claim(Selection.ofEverything());
		this.store.track(List.of(new PathLifetime("/a", HOUR.dividedBy(2), Duration.ZERO, "/new", Set.of())));
		claim.close();
		assertThat(find("/a").route()).isEqualTo("/new");
		assertThat(find("/a").expiresAt()).isAfter(Instant.now().plus(HOUR.dividedBy(2)).plusSeconds(60));
	}

	@Test
	void noTagStandsForAPathThatWasRenderedWithOtherTagsToo() {
		track("/a", null, "one", "two");
		track("/a", null, "two", "one");
		assertThat(isCoveredBy("one", "/a")).isTrue();
		track("/a", null, "one", "three");
		assertThat(isCoveredBy("one", "/a")).isFalse();
		assertThat(find("/a").tags()).containsExactlyInAnyOrder("one", "two", "three", CacheTag.UNSENT);
	}

	@Test
	void noTagStandsForAPathThatWasRenderedWithoutTagsToo() {
		track("/a", null, "one");
		track("/a", null);
		track("/b", null);
		track("/b", null, "one");
		assertThat(isCoveredBy("one", "/a")).isFalse();
		assertThat(isCoveredBy("one", "/b")).isFalse();
		claimAndForget();
		assertThat(hasNoTags()).isTrue();
	}

	@Test
	void noTagStandsForAWildcardOverPathsWithDifferentTags() {
		track("/products/1", null, "all", "product:1");
		track("/products/2", null, "all", "product:2");
		track("/blog/1", null, "all");
		track("/blog/2", null);
		this.store.fold(new PathLifetime("/products/*", HOUR), List.of("/products/1", "/products/2"));
		this.store.fold(new PathLifetime("/blog/*", HOUR), List.of("/blog/1", "/blog/2"));
		assertThat(isCoveredBy("product:1", "/products/*")).isFalse();
		assertThat(isCoveredBy("all", "/blog/*")).isFalse();
		claimAndForget();
		assertThat(hasNoTags()).isTrue();
	}

	private boolean isCoveredBy(String tag, String path) {
		return Coverage.of(List.of(CacheTag.item(tag))).covers(find(path));
	}

	@Test
	void tracksManyPathsWithManyTagsEach() {
		this.store = createStore(100_000);
		this.store.track(IntStream.range(0, 1000)
			.mapToObj((i) -> new PathLifetime("/" + i, HOUR, Duration.ZERO, null,
					IntStream.range(0, 20).mapToObj((tag) -> "tag:" + (i + tag)).collect(Collectors.toSet())))
			.toList());
		assertThat(this.store.count()).isEqualTo(1000);
		assertThat(select(tags("tag:500"))).hasSize(20).contains("/481", "/500");
	}

	private void claimAndForget() {
		Claim claim = claim(Selection.ofEverything());
		claim.forget(claim.next(100).stream().map(TrackedPath::path).toList());
		claim.close();
	}

	private Collection<String> select(Selection selection) {
		Claim claim = claim(selection);
		List<String> selected = claim.next(10_000).stream().map(TrackedPath::path).toList();
		claim.forget(selected);
		claim.close();
		return selected;
	}

	private Claim claim(Selection selection) {
		return this.store.claim(UUID.randomUUID().toString(), selection);
	}

	private static Selection tags(String... tags) {
		return new Selection(List.of(), List.of(), List.of(), List.of(tags));
	}

	private static Selection routes(String... routes) {
		return new Selection(List.of(), List.of(), List.of(routes), List.of());
	}

	private void track(String path, String route, String... tags) {
		this.store.track(List.of(new PathLifetime(path, HOUR, Duration.ZERO, route, Set.of(tags))));
	}

	private TrackedPath find(String path) {
		return this.store.scan(path, 10)
			.stream()
			.filter((tracked) -> tracked.path().equals(path))
			.findFirst()
			.orElseThrow();
	}

	private Collection<String> scan() {
		return this.store.scan("/", 10_000).stream().map(TrackedPath::path).collect(Collectors.toSet());
	}

}
