package io.github.cftracker.web;

import java.io.IOException;
import java.util.HashSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.cftracker.CacheTag;
import io.github.cftracker.ResponseTags;
import io.github.cftracker.web.RawClient.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;

import static io.github.cftracker.web.TaggedApplication.header;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of tags on their way into the header and the store.
 */
@ExtendWith(OutputCaptureExtension.class)
class ResponseTagsTests {

	private static TaggedApplication application;

	@BeforeAll
	static void start() {
		application = TaggedApplication.start("--cf.tracker.tags.header=Cache-Tag");
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@AfterEach
	void clear() {
		application.store().clear();
	}

	@Test
	void encodesTags() throws IOException {
		String hash = CacheTag.of("t".repeat(300));
		assertThat(header(application.get("/odd"))).containsExactly("two%20words", "a%2cb", "%f0%9f%98%80", "upper",
				hash);
		assertThat(application.tags("/odd")).containsExactlyInAnyOrder("two%20words", "a%2cb", "%f0%9f%98%80", "upper",
				hash);
	}

	@ParameterizedTest
	@CsvSource({ "50, 10, 50, 50", "60, 10, 50, 60", "63, 10, 50, 63", "20, 250, 15, 20", "30, 256, 15, 30" })
	void limitsTagsOfHeaderOnly(int count, int length, int sent, int kept, CapturedOutput output) throws IOException {
		String target = "/many/" + count + "/" + length;
		Response response = application.get(target);
		assertThat(response.status()).isEqualTo(200);
		assertThat(header(response)).hasSize(sent);
		assertThat(String.join(",", header(response))).hasSizeLessThanOrEqualTo(TagHeader.MAX_LENGTH);
		Set<String> tags = new HashSet<>(application.tags(target));
		assertThat(tags.remove(CacheTag.UNSENT)).isEqualTo(count != sent);
		assertThat(tags).hasSize(kept);
		if (count == sent) {
			assertThat(output).doesNotContain("lacks");
		}
	}

	@Test
	void countsPageWithTooManyTagsForEveryTag() throws IOException {
		assertThat(header(application.get("/many/1000/10"))).hasSize(50);
		assertThat(application.tags("/many/1000/10")).containsExactly(CacheTag.ANY);
	}

	@Test
	void reportsTagsThatDoNotFitOncePerRoute(CapturedOutput output) throws IOException {
		try (TaggedApplication fresh = TaggedApplication.start("--cf.tracker.tags.header=Cache-Tag")) {
			for (int i = 0; i < 3; i++) {
				fresh.get("/many/60/" + (10 + i));
				fresh.tracked("/many/60/" + (10 + i));
			}
		}
		assertThat(lines(output)).singleElement()
			.satisfies((line) -> assertThat(line).contains("'Cache-Tag' of '/many/60/10'", "60 cache tags",
					"at most 50 tags", "4000 characters"));
	}

	@Test
	void reportsLateTagsOnce(CapturedOutput output) throws IOException {
		for (int i = 0; i < 2; i++) {
			Response response = application.get("/committed/" + i);
			assertThat(response.status()).isEqualTo(200);
			assertThat(header(response)).isEmpty();
			assertThat(application.tags("/committed/" + i)).containsExactlyInAnyOrder("late", "annotated",
					CacheTag.UNSENT);
		}
		assertThat(lines(output)).singleElement()
			.satisfies((line) -> assertThat(line).contains("'Cache-Tag' of '/committed/0'", "after the response",
					"Add them before"));
	}

	@Test
	void keepsTagsOfApplication(CapturedOutput output) throws IOException {
		assertThat(application.get("/own").text()).contains("Cache-Tag: own-1, Own-2", "Cache-Tag: own-3");
		assertThat(application.tags("/own")).containsExactlyInAnyOrder("own-1", "own-2", "own-3");
		assertThat(header(application.get("/own/annotated"))).containsExactly("own-1", "own-2", "own-3", "annotated");
		assertThat(application.tags("/own/annotated")).containsExactlyInAnyOrder("own-1", "own-2", "own-3",
				"annotated");
		assertThat(lines(output)).isEmpty();
	}

	@Test
	void reportsHeaderThatApplicationOverwrites(CapturedOutput output) throws IOException {
		assertThat(header(application.get("/own/replaced"))).containsExactly("own");
		assertThat(application.tags("/own/replaced")).containsExactlyInAnyOrder("own", "added", CacheTag.UNSENT);
		assertThat(lines(output)).singleElement().satisfies((line) -> assertThat(line).contains("overwritten"));
	}

	@Test
	void writesTagsAgainAfterReset() throws IOException {
		assertThat(header(application.get("/reset"))).containsExactly("before", "after");
		assertThat(application.tags("/reset")).containsExactlyInAnyOrder("before", "after");
	}

	@Test
	void ignoresTagsOfUntrackedRequest() throws IOException {
		Response response = application.send("POST", "/add?tag=a", "Content-Length: 0");
		assertThat(response.status()).isEqualTo(405);
		ResponseTags.add(new MockHttpServletRequest(), "a", null);
		ResponseTags.add(new MockHttpServletRequest(), List.of("a"));
	}

	@Test
	void addsTagsToCollectorOfTest() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		List<String> added = new ArrayList<>();
		ResponseTags.Collector collector = added::addAll;
		request.setAttribute(ResponseTags.Collector.ATTRIBUTE, collector);
		ResponseTags.add(request, "a", "b");
		assertThat(added).containsExactly("a", "b");
	}

	private static List<String> lines(CapturedOutput output) {
		return output.toString().lines().filter((line) -> line.contains("lacks")).toList();
	}

}
