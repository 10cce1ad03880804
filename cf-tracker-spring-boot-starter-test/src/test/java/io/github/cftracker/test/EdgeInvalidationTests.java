package io.github.cftracker.test;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudfront.model.CloudFrontException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EdgeInvalidationTests extends EdgeTestSupport {

	@Test
	void dropsExactTargetOnly() throws Exception {
		List<String> others = List.of("/a/", "/ab", "/A", "/a?x=1");
		get("/a");
		for (String other : others) {
			get(other);
		}
		invalidate("first", "/a");
		assertThat(cacheState(get("/a"))).isEqualTo(MISS);
		for (String other : others) {
			assertThat(cacheState(get(other))).isEqualTo(HIT);
		}
	}

	@Test
	void dropsTargetWithQueryString() throws Exception {
		get("/a");
		get("/a?x=1");
		get("/a?x=12");
		invalidate("first", "/a?x=1");
		assertThat(cacheState(get("/a?x=1"))).isEqualTo(MISS);
		assertThat(cacheState(get("/a"))).isEqualTo(HIT);
		assertThat(cacheState(get("/a?x=12"))).isEqualTo(HIT);
	}

	@Test
	void dropsPrefixWithQueryStrings() throws Exception {
		List<String> dropped = List.of("/ab/c", "/a?x=1");
		for (String target : dropped) {
			get(target);
		}
		get("/a");
		get("/b");
		invalidate("first", "/a*");
		for (String target : dropped) {
			assertThat(cacheState(get(target))).isEqualTo(MISS);
		}
		assertThat(cacheState(get("/a"))).isEqualTo(HIT);
		assertThat(cacheState(get("/b"))).isEqualTo(HIT);
	}

	@Test
	void dropsDirectoryWithItsWildcardOnlyWhenWildcardsMatchEmpty() throws Exception {
		get("/dir/");
		get("/dir/a");
		invalidate("first", "/dir/*");
		assertThat(targets()).containsExactly("/dir/");
		this.cloudFront.wildcardsMatchEmpty(true);
		invalidate("second", "/dir/*");
		assertThat(targets()).isEmpty();
		this.cloudFront.close();
		this.cloudFront = LocalCloudFront.builder().origin(this.origin.uri()).wildcardsMatchEmpty(true).start();
		get("/dir/");
		invalidate("first", "/dir/*");
		assertThat(targets()).isEmpty();
		this.cloudFront.wildcardsMatchEmpty(false);
		get("/dir/");
		invalidate("second", "/dir/*");
		assertThat(targets()).containsExactly("/dir/");
	}

	@Test
	void takesAsteriskInTheMiddleAsOrdinaryCharacter() throws Exception {
		get("/a/b/c");
		get("/a/*/c");
		invalidate("first", "/a/*/c");
		assertThat(cacheState(get("/a/b/c"))).isEqualTo(HIT);
		assertThat(cacheState(get("/a/*/c"))).isEqualTo(MISS);
	}

	@Test
	void dropsCachedHeadAndError() throws Exception {
		this.origin.answer("/gone", 404);
		send("HEAD", "/a", "");
		get("/gone");
		invalidate("first", "/a", "/gone");
		assertThat(cacheState(send("HEAD", "/a", ""))).isEqualTo(MISS);
		assertThat(get("/gone").headers().firstValue("Age")).isEmpty();
	}

	@Test
	void dropsNothingForReplay() throws Exception {
		invalidate("first", "/a");
		get("/a");
		invalidate("first", "/a");
		assertThat(cacheState(get("/a"))).isEqualTo(HIT);
	}

	@Test
	void dropsNothingWhenRefused() throws Exception {
		get("/a");
		assertThatExceptionOfType(CloudFrontException.class).isThrownBy(() -> invalidate("first", "/a", "/b c"));
		this.cloudFront.refuseNext(400, "TooManyInvalidationsInProgress", "Slow down");
		assertThatExceptionOfType(CloudFrontException.class).isThrownBy(() -> invalidate("second", "/a"));
		assertThat(cacheState(get("/a"))).isEqualTo(HIT);
	}

	@Test
	void forgetsObjectsOnClear() throws Exception {
		get("/a");
		this.cloudFront.clear();
		assertThat(cacheState(get("/a"))).isEqualTo(MISS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/a", "/*", "#tag" })
	void cachesAnswerThatWasUnderWayDuringInvalidation(String item) throws Exception {
		this.cloudFront.distribution((distribution) -> distribution.cacheTagHeader("Cache-Tag"));
		CountDownLatch invalidated = new CountDownLatch(1);
		this.origin.answer("/a", (exchange) -> {
			try {
				invalidated.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			exchange.getResponseHeaders().add("Cache-Tag", "tag");
			return 200;
		});
		CompletableFuture<HttpResponse<String>> slow = CompletableFuture.supplyAsync(() -> {
			try {
				return get("/a");
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		Awaitility.await().until(() -> this.origin.targets().contains("/a"));
		invalidate("first", item);
		invalidated.countDown();
		assertThat(cacheState(slow.join())).isEqualTo(MISS);
		assertThat(get("/a").body()).isEqualTo("page 1");
		invalidate("second", item);
		assertThat(get("/a").body()).isEqualTo("page 2");
	}

}
