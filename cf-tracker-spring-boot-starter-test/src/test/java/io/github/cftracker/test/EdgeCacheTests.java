package io.github.cftracker.test;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EdgeCacheTests {

	private static final int MAX_OBJECTS = 1_000;

	private final MutableClock clock = new MutableClock();

	private final EdgeCache cache = new EdgeCache(MAX_OBJECTS, this.clock, () -> "Cache-Tag");

	@Test
	void evictsOldestBeyondTheLimit() {
		put("/oldest");
		put("/replaced");
		for (int i = 2; i < MAX_OBJECTS; i++) {
			put("/" + i);
		}
		put("/replaced");
		put("/one-too-many");
		assertThat(this.cache.find("/oldest", "GET")).isNull();
		assertThat(this.cache.find("/replaced", "GET")).isNotNull();
		assertThat(this.cache.find("/2", "GET")).isNotNull();
		assertThat(this.cache.find("/one-too-many", "GET")).isNotNull();
	}

	@Test
	void dropsExactPathAndPrefix() {
		List.of("/a", "/a?x=1", "/ab", "/b/c", "/b/c?x=1", "/b").forEach(this::put);
		this.cache.drop(List.of("/a", "/b/*", "#tag", "/ab*c"));
		assertThat(List.of("/a", "/b/c", "/b/c?x=1")).allMatch((key) -> this.cache.find(key, "GET") == null);
		assertThat(List.of("/a?x=1", "/ab", "/b")).allMatch((key) -> this.cache.find(key, "GET") != null);
	}

	@Test
	void keepsWhatWildcardNamesWithoutItsAsterisk() {
		put("/", "/dir/", "/dir/?x=1", "/dir/a", "/a|b", "/a|bc", "/c");
		this.cache.put("/dir/", "OPTIONS", response(), Duration.ofHours(1));
		this.cache.drop(List.of("/dir/*", "/a%7Cb*", "/c*", "/c"));
		assertThat(targets()).containsExactly("/", "/dir/", "/a|b", "/dir/");
		this.cache.drop(List.of("/dir/*", "/dir*"));
		assertThat(targets()).containsExactly("/", "/a|b");
	}

	@Test
	void dropsEverythingWithTheWildcardOfEverything() {
		put("/", "/dir/", "/c");
		this.cache.drop(List.of("/*"));
		assertThat(targets()).isEmpty();
	}

	@Test
	void dropsWhatWildcardNamesWithoutItsAsteriskWhenItMatchesEmpty() {
		this.cache.wildcardsMatchEmpty(true);
		put("/", "/dir/", "/dir/a", "/a|b", "/c");
		this.cache.put("/dir/", "OPTIONS", response(), Duration.ofHours(1));
		this.cache.drop(List.of("/dir/*", "/a%7Cb*", "/c*"));
		assertThat(targets()).containsExactly("/");
		this.cache.drop(List.of("/*"));
		assertThat(targets()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/a%7Cb%7Cc", "/a%7Cb%7C*", "/a*" })
	void dropsEveryTargetThatPathNamesEncoded(String path) {
		put("/a|b|c", "/a%7Cb|c", "/a|b%7Cc", "/a%7Cb%7Cc", "/z", "/A|b|c", "/b|c", "/a|b|c");
		this.cache.drop(List.of(path));
		assertThat(targets()).containsExactly("/z", "/A|b|c", "/b|c");
	}

	@Test
	void dropsEncodedTargetWhereverItIsReplacedOrGone() {
		put("/a|b", "/a|b");
		this.cache.drop(List.of("/a%7Cb"));
		assertThat(targets()).isEmpty();
		put("/a|b");
		this.cache.drop(List.of("/a%7C*"));
		put("/a|b");
		this.clock.advance(Duration.ofHours(1));
		assertThat(this.cache.find("/a|b", "GET")).isNull();
		put("/a%7Cb");
		this.cache.clear();
		put("/a|b");
		this.cache.drop(List.of("/a%7Cb"));
		assertThat(targets()).isEmpty();
	}

	@Test
	void dropsOtherHexCaseOnlyAsItIsWritten() {
		put("/a|b", "/a%7Cb", "/a%7cb");
		this.cache.drop(List.of("/a%7cb"));
		assertThat(targets()).containsExactly("/a|b", "/a%7Cb");
	}

	@Test
	void dropsAllMethods() {
		for (String path : List.of("/a%7Cb", "/a%7C*")) {
			put("/a|b");
			this.cache.put("/a|b", "OPTIONS", response(), Duration.ofHours(1));
			this.cache.drop(List.of(path));
			assertThat(targets()).isEmpty();
		}
	}

	@Test
	void dropsTaggedWhateverItsMethodOrSpelling() {
		OriginResponse tagged = new OriginResponse(200, Map.of("Cache-Tag", List.of("tag")), new byte[0]);
		put("/a%7Cb");
		this.cache.put("/a|b", "GET", tagged, Duration.ofHours(1));
		this.cache.put("/a|b", "OPTIONS", tagged, Duration.ofHours(1));
		this.cache.put("/head", "HEAD", tagged, Duration.ofHours(1));
		this.cache.drop(List.of("#tag"));
		assertThat(targets()).containsExactly("/a%7Cb");
		put("/a|b");
		this.cache.drop(List.of("/a%7Cb"));
		assertThat(targets()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void dropsWhatAnyOfManyPrefixesCovers(boolean wildcardsMatchEmpty) {
		this.cache.wildcardsMatchEmpty(wildcardsMatchEmpty);
		Random random = new Random(42);
		String[] targets = IntStream.range(0, 500).mapToObj((i) -> path(random, 6)).distinct().toArray(String[]::new);
		List<String> prefixes = IntStream.range(0, 20).mapToObj((i) -> path(random, 4)).toList();
		put(targets);
		this.cache.drop(prefixes.stream().map((prefix) -> prefix + "*").toList());
		List<String> left = Stream.of(targets)
			.filter((target) -> prefixes.stream()
				.noneMatch((prefix) -> target.startsWith(prefix) && (wildcardsMatchEmpty || !target.equals(prefix))))
			.toList();
		assertThat(targets()).isEqualTo(left).hasSizeBetween(50, targets.length - 50);
	}

	@Test
	void keepsObjectWhoseTimeIsBeyondAllNumbers() {
		this.cache.put("/a", "GET", response(), Duration.ofSeconds(Long.MAX_VALUE));
		assertThat(this.cache.find("/a", "GET")).isNotNull();
	}

	@Test
	void givesBackResponseAsItWas() {
		OriginResponse response = new OriginResponse(203,
				Map.of("x-Own", List.of("a:b", "", "\u00c3\u00a9"), "ETag", List.of("\"1\"")), new byte[] { 1, -1 });
		this.cache.put("/a", "GET", response, Duration.ofHours(1));
		StoredObject stored = this.cache.find("/a", "GET");
		assertThat(stored.response().status()).isEqualTo(203);
		assertThat(stored.response().headers()).isEqualTo(response.headers());
		assertThat(stored.response().headers().keySet()).containsExactly("ETag", "x-Own");
		assertThat(stored.response().body()).containsExactly(1, -1);
		assertThat(stored.storedAt()).isEqualTo(this.clock.instant());
	}

	private static String path(Random random, int maxLength) {
		StringBuilder path = new StringBuilder("/");
		IntStream.range(0, random.nextInt(2, maxLength)).forEach((i) -> path.append("ab/-".charAt(random.nextInt(4))));
		return path.toString();
	}

	private List<String> targets() {
		return this.cache.objects().stream().map(CachedObject::target).toList();
	}

	private void put(String... keys) {
		Arrays.stream(keys).forEach((key) -> this.cache.put(key, "GET", response(), Duration.ofHours(1)));
	}

	private static OriginResponse response() {
		return new OriginResponse(200, Map.of(), new byte[0]);
	}

}
