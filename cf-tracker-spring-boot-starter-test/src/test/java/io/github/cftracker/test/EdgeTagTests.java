package io.github.cftracker.test;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EdgeTagTests extends EdgeTestSupport {

	@BeforeEach
	void nameHeader() {
		this.cloudFront.distribution((distribution) -> distribution.cacheTagHeader("Cache-Tag"));
	}

	@Test
	void dropsWhatIsBoundToTagWhateverItsPath() throws Exception {
		for (String target : List.of("/a", "/b/c?x=1", "/b/c?x=2", "/%61")) {
			cache(target, "Cache-Tag", "shop, product:4");
		}
		cache("/product:4", "Cache-Tag", "shop");
		cache("/b/c");
		invalidate("first", "#product:4");
		assertThat(cached()).containsExactly("/product:4", "/b/c");
		assertThat(cacheState(get("/a"))).isEqualTo(MISS);
		assertThat(cacheState(get("/b/c"))).isEqualTo(HIT);
	}

	@Test
	void dropsExactTagOnly() throws Exception {
		for (String tag : List.of("product:4", "product:42", "product:", "xproduct:4", "product", "4", "product:*")) {
			cache("/" + tag, "Cache-Tag", tag);
		}
		invalidate("first", "#product:4", "#product:*", "#roduct:4");
		assertThat(cached()).containsExactly("/product:42", "/product:", "/xproduct:4", "/product", "/4");
	}

	@Test
	void takesTagsInAnyCase() throws Exception {
		cache("/a", "Cache-Tag", "Product:A");
		cache("/b", "CACHE-TAG", "pRODUCT:a");
		invalidate("first", "#proDUCT:A");
		assertThat(cached()).isEmpty();
	}

	@Test
	void takesTagsOfSeveralHeaderLines() throws Exception {
		cache("/a", "Cache-Tag", "first,second", "Cache-Tag", "third");
		cache("/b", "Cache-Tag", "first", "Cache-Tag", "second");
		invalidate("first", "#third");
		assertThat(cached()).containsExactly("/b");
		invalidate("second", "#second");
		assertThat(cached()).isEmpty();
	}

	@Test
	void dropsCachedErrorAndHead() throws Exception {
		this.origin.answer("/gone", 404, "Cache-Tag", "tag");
		this.origin.answer("/head", 200, "Cache-Tag", "tag");
		get("/gone");
		send("HEAD", "/head", "");
		assertThat(cached()).containsExactly("/gone", "/head");
		invalidate("first", "#tag");
		assertThat(get("/gone").headers().firstValue("Age")).isEmpty();
		assertThat(cacheState(send("HEAD", "/head", ""))).isEqualTo(MISS);
	}

	@Test
	void mixesTagsWithPathsAndBillsEachAsOneItem() throws Exception {
		for (String target : List.of("/a", "/b/1", "/b/2", "/c", "/d")) {
			cache(target);
		}
		cache("/tagged/1", "Cache-Tag", "tag");
		cache("/tagged/2", "Cache-Tag", "tag,other");
		this.cloudFront.inProgressQuota(4, 1);
		invalidate("first", "/a", "#tag", "/b/*", "#unknown", "/c");
		assertThat(cached()).containsExactly("/d");
		assertThat(this.cloudFront.billedItems()).isEqualTo(5);
		assertThat(this.cloudFront.invalidations()).singleElement()
			.extracting(Invalidation::paths)
			.isEqualTo(List.of("/a", "#tag", "/b/*", "#unknown", "/c"));
	}

	@Test
	void bindsFirst50Tags() throws Exception {
		cache("/a", "Cache-Tag",
				IntStream.rangeClosed(1, 51).mapToObj(Integer::toString).collect(Collectors.joining(",")));
		invalidate("first", "#51");
		assertThat(cached()).containsExactly("/a");
		invalidate("second", "#50");
		assertThat(cached()).isEmpty();
	}

	@Test
	void ignoresTagInWrongForm() throws Exception {
		String tooLong = "a".repeat(257);
		cache("/a", "Cache-Tag", tooLong + ",b c,d");
		invalidate("first", "#" + tooLong.substring(1), "#b", "#c");
		assertThat(cached()).containsExactly("/a");
		invalidate("second", "#d");
		assertThat(cached()).isEmpty();
	}

	@Test
	void bindsTagsWhenObjectIsCached() throws Exception {
		cache("/a", "Cache-Tag", "old");
		this.origin.answer("/a", 200, "Cache-Tag", "new");
		invalidate("first", "#new");
		assertThat(cacheState(get("/a"))).isEqualTo(HIT);
		invalidate("second", "#old");
		assertThat(cacheState(get("/a"))).isEqualTo(MISS);
		invalidate("third", "#old");
		assertThat(cacheState(get("/a"))).isEqualTo(HIT);
		invalidate("fourth", "#new");
		assertThat(cacheState(get("/a"))).isEqualTo(MISS);
	}

	@Test
	void passesHeaderOnToViewer() throws Exception {
		this.origin.answer("/a", 200, "Cache-Tag", "A, b c,,d");
		for (String state : List.of(MISS, HIT)) {
			HttpResponse<String> response = get("/a");
			assertThat(cacheState(response)).isEqualTo(state);
			assertThat(response.headers().allValues("Cache-Tag")).containsExactly("A, b c,,d");
		}
	}

	@Test
	void billsTagsButDropsNothingWithoutHeader() throws Exception {
		cache("/before", "Cache-Tag", "tag");
		this.cloudFront.distribution((distribution) -> distribution.enabled(true));
		cache("/after", "Cache-Tag", "tag");
		invalidate("first", "#tag", "#other");
		assertThat(cached()).containsExactly("/before", "/after");
		assertThat(this.cloudFront.billedItems()).isEqualTo(2);
		assertThat(this.cloudFront.invalidations()).hasSize(1);
	}

	@Test
	void ignoresTagsOfHeaderThatIsNoLongerNamed() throws Exception {
		cache("/old", "Cache-Tag", "tag", "Edge-Tag", "tag");
		this.cloudFront.distribution((distribution) -> distribution.cacheTagHeader("Edge-Tag"));
		cache("/new", "Cache-Tag", "other", "Edge-Tag", "tag");
		invalidate("first", "#other");
		assertThat(cached()).containsExactly("/old", "/new");
		invalidate("second", "#tag");
		assertThat(cached()).containsExactly("/old");
	}

	private void cache(String target, String... headers) throws Exception {
		this.origin.answer(target, 200, headers);
		assertThat(cacheState(get(target))).isEqualTo(MISS);
	}

	private List<String> cached() {
		return this.cloudFront.cachedObjects().stream().map(CachedObject::target).toList();
	}

}
