package io.github.cftracker.web;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.cftracker.CacheTag;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.testing.NewThread;
import io.github.cftracker.tracking.ResponseFindings;
import io.github.cftracker.web.CollectedTags.Labels;
import io.github.cftracker.web.FlawReport.Flaw;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class CollectedTagsTests {

	private static final FlawReport REPORT = new FlawReport(
			new ResponseFindings(new DistributionDoctor(), Clock.systemUTC()));

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final CollectedTags tags = new CollectedTags(new TagHeader("Cache-Tag", () -> true, REPORT));

	@Test
	void aResponseWithoutTagsHasNoHeader() {
		this.tags.open(this.response);
		this.tags.add(List.of("", " "));
		assertThat(this.tags.close()).isSameAs(Labels.NONE);
		assertThat(this.response.getHeaderNames()).isEmpty();
	}

	@Test
	void whatComesAfterTheResponseIsCompleteIsLeftOut() {
		this.tags.open(this.response);
		this.tags.add(List.of("a"));
		assertThat(this.tags.close().tags()).containsExactly("a");
		this.tags.add(List.of("b"));
		assertThat(this.response.getHeader("Cache-Tag")).isEqualTo("a");
		Labels again = this.tags.close();
		assertThat(again.tags()).containsExactly("a");
		assertThat(again.flaw()).isNull();
	}

	@Test
	void cloudFrontDoesNotKnowTagsThatWereNotSentOrNotRead() {
		for (TagHeader header : Arrays.asList(null, new TagHeader("Cache-Tag", () -> false, REPORT))) {
			CollectedTags unknown = new CollectedTags(header);
			unknown.open(this.response);
			unknown.add(List.of("a"));
			Labels labels = unknown.close();
			assertThat(labels.tags()).containsExactlyInAnyOrder("a", CacheTag.UNSENT);
			assertThat(labels.flaw()).isNull();
		}
	}

	@Test
	void theTagsOfAPageThatFailedStayAndItsHeaderIsNotMissed() {
		this.tags.open(this.response);
		this.tags.add(List.of("a"));
		this.tags.close();
		this.response.reset();
		this.tags.open(this.response);
		Labels failed = this.tags.close();
		assertThat(failed.tags()).containsExactlyInAnyOrder("a", CacheTag.UNSENT);
		assertThat(failed.flaw()).isNull();
		this.tags.open(this.response);
		this.tags.add(List.of("error"));
		assertThat(this.response.getHeader("Cache-Tag")).isEqualTo("a,error");
	}

	@Test
	void anAddedTagThatTheHeaderHasAlreadyIsNotLate() {
		this.tags.open(this.response);
		this.tags.add(List.of("a"));
		this.response.setCommitted(true);
		this.tags.add(List.of("A"));
		assertThat(this.tags.close().flaw()).isNull();
		this.tags.open(this.response);
		this.tags.add(List.of("b"));
		assertThat(this.tags.close().flaw()).isEqualTo(Flaw.LATE);
	}

	@Test
	void aResponseWithMoreTagsThanAreKeptHasEveryTag() {
		this.tags.open(this.response);
		this.tags.add(IntStream.range(0, 1000).mapToObj(String::valueOf).toList());
		assertThat(this.tags.close()).isEqualTo(new Labels(Set.of(CacheTag.ANY), 65, Flaw.LARGE));
		assertThat(this.response.getHeader("Cache-Tag").split(",", -1)).hasSize(50);
	}

	@Test
	void manyThreadsMayAddTags() {
		this.tags.open(this.response);
		List<CompletableFuture<Void>> threads = IntStream.range(0, 10)
			.mapToObj((i) -> CompletableFuture.runAsync(() -> add(i), NewThread.EACH))
			.toList();
		CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).join();
		assertThat(this.response.getHeader("Cache-Tag").split(",", -1)).hasSize(50).doesNotHaveDuplicates();
		assertThat(this.tags.close()).isEqualTo(new Labels(all(), 50, null));
	}

	private void add(int thread) {
		for (int i = 0; i < 200; i++) {
			this.tags.add(List.of("t" + thread + (i % 5)));
		}
	}

	private static Set<String> all() {
		return IntStream.range(0, 10)
			.boxed()
			.flatMap((thread) -> Stream.of(0, 1, 2, 3, 4).map((i) -> "t" + thread + i))
			.collect(Collectors.toSet());
	}

}
