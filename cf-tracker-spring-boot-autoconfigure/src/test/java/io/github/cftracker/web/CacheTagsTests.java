package io.github.cftracker.web;

import java.io.IOException;
import java.util.List;
import java.util.Set;

import io.github.cftracker.CacheTag;
import io.github.cftracker.CacheTags;
import io.github.cftracker.web.RawClient.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.github.cftracker.web.TaggedApplication.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Handler methods with {@link CacheTags} in Tomcat: what CloudFront and the store get.
 */
@ExtendWith(OutputCaptureExtension.class)
class CacheTagsTests {

	private static TaggedApplication application;

	@BeforeAll
	static void start() {
		application = TaggedApplication.start("--cf.tracker.tags.header=Cache-Tag",
				"--cf.tracker.tracking.flush-interval=50ms");
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@AfterEach
	void clear() {
		application.store().clear();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# target           | tags
			/body/1            | product:1, products
			/composed/2        | composed:2
			/entity/3          | name:p3
			/view/4            | product:4, brand:acme, by-name:acme, site:main
			/mav/5             | brand:acme, site:main
			/callable/6        | product:6, name:p6
			/deferred/7        | product:7, name:p7
			/future/8          | product:8, name:p8
			/later-view/9      | product:9, brand:acme
			/streaming/10      | product:10
			/other-thread      | other-thread
			/by-hand/11        | product:11
			/unmodified/12     | product:12
			/proxied/13        | product:13
			/forwarded         | forwarded, product:8, products
			""")
	void writesTagsToHeaderAndStore(String target, String tags) throws IOException {
		Response response = application.get(target);
		assertThat(response.status()).isEqualTo(200);
		assertThat(header(response)).containsExactly(tags.split(", ", -1));
		assertThat(application.tags(target)).containsExactlyInAnyOrder(tags.split(", ", -1));
	}

	@Test
	void tracksRoute() throws IOException {
		application.get("/body/1?x=1");
		assertThat(application.tracked("/body/1?x=1").route()).isEqualTo("/body/{id}");
	}

	@Test
	void makesTagForEachElement() throws IOException {
		String target = "/collections?numbers=1,2&maybe=there";
		assertThat(header(application.get(target))).containsExactly("ann", "bob", "1", "2", "author:ann:1",
				"author:ann:2", "author:bob:1", "author:bob:2", "there");
		assertThat(application.tags(target)).hasSize(9);
		assertThat(header(application.get("/collections?numbers=1"))).doesNotContain("there", "optional.empty");
	}

	@Test
	void omitsNullAndBlankTags() throws IOException {
		assertThat(header(application.get("/nothing"))).containsExactly("kept");
		assertThat(header(application.get("/nothing?x="))).containsExactly("kept");
		assertThat(header(application.get("/nothing?x=y"))).containsExactly("a:y", "y", "kept");
	}

	@Test
	void omitsFailedExpressionAndLogsItOnce(CapturedOutput output) throws IOException {
		for (int i = 0; i < 3; i++) {
			Response response = application.get("/faulty/" + i);
			assertThat(response.status()).isEqualTo(200);
			assertThat(header(response)).containsExactly("product:" + i);
		}
		assertThat(output.toString().lines().filter((line) -> line.contains("WARN") && line.contains("CacheTags")))
			.singleElement()
			.satisfies((line) -> assertThat(line).contains("'brand:#{#brnad.name}'", "TaggedPages.faulty()",
					"Variable '#brnad' does not exist", "[a0, id, model, p0, result, site]", "Fix the expression"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/body/21", "/callable/22" })
	void writesTagsToHead(String target) throws IOException {
		assertThat(header(application.send("HEAD", target))).hasSize(2);
		assertThat(application.tags(target)).hasSize(2);
	}

	@ParameterizedTest
	@CsvSource({ "/unmodified/31, product:31", "/entity/32, name:p32" })
	void writesTagsToNotModifiedPage(String target, String tag) throws IOException {
		Response response = application.get(target, "If-None-Match: \"v1\"");
		assertThat(response.status()).isEqualTo(304);
		assertThat(header(response)).containsExactly(tag);
		assertThat(application.tags(target)).containsExactly(tag);
	}

	@Test
	void writesTagsToEmptyPage() throws IOException {
		Response response = application.get("/accepted");
		assertThat(response.status()).isEqualTo(204);
		assertThat(header(response)).containsExactly("accepted");
		assertThat(application.tags("/accepted")).containsExactly("accepted");
	}

	@Test
	void keepsTagsOfMethodThatForwards() throws IOException {
		Response response = application.get("/forwarding");
		assertThat(response.body()).contains("body");
		assertThat(header(response)).containsExactly("product:7", "products");
		assertThat(application.tags("/forwarding")).containsExactlyInAnyOrder("product:7", "products", "forwarding",
				CacheTag.UNSENT);
	}

	@Test
	void reportsHeaderOfEntityThatReplacesTags(CapturedOutput output) throws IOException {
		assertThat(header(application.get("/own/entity"))).containsExactly("own");
		assertThat(application.tags("/own/entity")).containsExactlyInAnyOrder("own", "annotated", CacheTag.UNSENT);
		assertThat(output).containsOnlyOnce("'Cache-Tag' of '/own/entity' lacks cache tags");
	}

	@Test
	void writesNoTagsForOtherMethods() throws IOException {
		Response response = application.send("POST", "/body/1", "Content-Length: 0");
		assertThat(response.status()).isEqualTo(200);
		assertThat(header(response)).isEmpty();
	}

	@Test
	void mergesTagsOfResponsesInFlush() throws IOException {
		try (TaggedApplication slow = TaggedApplication.start("--cf.tracker.tracking.flush-interval=1h")) {
			slow.get("/union", "X-Part: 1");
			slow.get("/union", "X-Part: 2");
			slow.get("/union", "X-Part: ");
			slow.flush();
			assertThat(slow.tags("/union")).containsExactlyInAnyOrder("u:1", "u:2", CacheTag.UNSENT);
			assertThat(slow.store().tracked("/union")).hasSize(1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "0, 500", "404, 404", "503, 503" })
	void omitsTagsOfFailedPage(int status, int answered) throws IOException {
		Response response = application.get("/throws/" + status);
		assertThat(response.status()).isEqualTo(answered);
		assertThat(header(response)).doesNotContain("never");
		application.get("/body/41");
		application.tracked("/body/41");
		assertThat(application.store().tracked("/throws/" + status)).isEmpty();
		if (status == 404) {
			await().untilAsserted(() -> assertThat(application.store().untracked()).contains("/throws/404"));
		}
	}

	@Test
	void writesTagsToStoreOnlyWithoutHeader() throws IOException {
		try (TaggedApplication plain = TaggedApplication.start("--cf.tracker.tags.header=")) {
			assertThat(plain.get("/view/1").text()).doesNotContainIgnoringCase("cache-tag");
			assertThat(plain.tags("/view/1")).contains("product:1", "brand:acme");
			assertThat(header(plain.get("/own"))).hasSize(3);
			assertThat(plain.tags("/own")).isEmpty();
			plain.get("/many/60/10");
			assertThat(plain.tags("/many/60/10")).hasSize(61).contains(CacheTag.UNSENT);
		}
	}

	@Test
	void writesNoTagsIfNothingIsTracked() throws IOException {
		try (TaggedApplication off = TaggedApplication.start("--cf.tracker.tags.header=Cache-Tag",
				"--cf.tracker.tracking.enabled=false")) {
			assertThat(off.get("/body/1").text()).doesNotContainIgnoringCase("cache-tag");
			assertThat(off.get("/add?tag=a").status()).isEqualTo(200);
		}
		try (TaggedApplication strict = TaggedApplication.start("--cf.tracker.tags.header=Cache-Tag",
				"--cf.tracker.tracking.source=cloudfront")) {
			assertThat(strict.get("/body/1").text()).doesNotContainIgnoringCase("cache-tag");
			assertThat(header(strict.get("/body/1", "X-Amz-Cf-Id: x", "Via: 2.0 abc.cloudfront.net (CloudFront)")))
				.isEqualTo(List.of("product:1", "products"));
			assertThat(strict.tags("/body/1")).isEqualTo(Set.of("product:1", "products"));
		}
	}

}
