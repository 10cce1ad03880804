package io.github.cftracker.test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CachedObjectTests extends EdgeTestSupport {

	@Test
	void showsVersionThatObjectWasRenderedFrom() throws Exception {
		Instant storedAt = this.clock.instant();
		this.origin.answer("/a?x=1", 200, "X-Version", "7");
		get("/a?x=1");
		this.clock.advance(Duration.ofMinutes(1));
		this.origin.answer("/a?x=1", 200, "X-Version", "8");
		get("/a?x=1");
		assertThat(this.cloudFront.cachedObjects()).singleElement().satisfies((object) -> {
			assertThat(object.target()).isEqualTo("/a?x=1");
			assertThat(object.status()).isEqualTo(200);
			assertThat(object.headers().get("x-version")).containsExactly("7");
			assertThat(object.headers()).containsKey("Date").doesNotContainKeys("X-Cache", "Via", "Age");
			assertThat(object.storedAt()).isEqualTo(storedAt);
		});
	}

	@Test
	void listsErrorsAndLeavesOutWhatIsNotCached() throws Exception {
		this.origin.answer("/missing", 404);
		this.origin.answer("/private", 200, "Cache-Control", "no-store");
		for (String target : List.of("/b", "/a", "/missing", "/private")) {
			get(target);
		}
		assertThat(this.cloudFront.cachedObjects()).extracting(CachedObject::target)
			.containsExactly("/b", "/a", "/missing");
		assertThat(this.cloudFront.cachedObjects()).last().extracting(CachedObject::status).isEqualTo(404);
	}

	@Test
	void leavesOutWhatExpiredOrWasInvalidated() throws Exception {
		this.origin.answer("/short", 200, "Cache-Control", "max-age=5");
		get("/short");
		get("/a");
		get("/b");
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(this.cloudFront.cachedObjects()).extracting(CachedObject::target).containsExactly("/a", "/b");
		invalidate("reference", "/a");
		assertThat(this.cloudFront.cachedObjects()).extracting(CachedObject::target).containsExactly("/b");
		this.cloudFront.clear();
		assertThat(this.cloudFront.cachedObjects()).isEmpty();
	}

	@Test
	void showsTagsThatInvalidationsFindItBy() throws Exception {
		this.origin.answer("/a", 200, "Cache-Tag", "Product:42, shop", "Cache-Tag", "no tag,SHOP", "Other", "other");
		this.cloudFront.distribution((distribution) -> distribution.cacheTagHeader("cache-tag"));
		get("/a");
		get("/b");
		assertThat(this.cloudFront.cachedObjects()).extracting(CachedObject::tags)
			.containsExactly(List.of("product:42", "shop"), List.of());
		this.cloudFront.distribution((distribution) -> distribution.cacheTagHeader("Other"));
		assertThat(this.cloudFront.cachedObjects()).extracting(CachedObject::tags)
			.containsExactly(List.of(), List.of());
	}

	@Test
	void cannotBeChanged() throws Exception {
		get("/a");
		CachedObject object = this.cloudFront.cachedObjects().get(0);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> object.headers().clear());
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> object.headers().get("Date").clear());
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> object.tags().add("a"));
	}

}
