package io.github.cftracker.web;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.cftracker.CacheTag;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.Ttls;
import io.github.cftracker.testing.Distributions;
import io.github.cftracker.testing.NewThread;
import io.github.cftracker.tracking.LifetimePolicy;
import io.github.cftracker.tracking.TrackingRules;
import io.github.cftracker.tracking.TrackingSettings;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class CollectedTagsTests {

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final CollectedTags tags = new CollectedTags(new TagHeader("Cache-Tag", rules()));

	@Test
	void writesNoHeaderWithoutTags() {
		this.tags.open(this.response);
		this.tags.add(List.of("", " "));
		assertThat(this.tags.close()).isSameAs(ResponseTagSet.NONE);
		assertThat(this.response.getHeaderNames()).isEmpty();
	}

	@Test
	void ignoresTagsAfterResponseIsComplete() {
		this.tags.open(this.response);
		this.tags.add(List.of("a"));
		assertThat(this.tags.close().tags()).containsExactly("a");
		this.tags.add(List.of("b"));
		assertThat(this.response.getHeader("Cache-Tag")).isEqualTo("a");
		ResponseTagSet again = this.tags.close();
		assertThat(again.tags()).containsExactly("a");
		assertThat(again.loss()).isNull();
	}

	@Test
	void marksTagsThatCloudFrontDoesNotRead() {
		TrackingRules rules = rules();
		rules.use(Distributions.of("*=app"));
		for (TagHeader header : Arrays.asList(null, new TagHeader("Cache-Tag", rules))) {
			CollectedTags unknown = new CollectedTags(header);
			unknown.open(this.response);
			unknown.add(List.of("a"));
			ResponseTagSet set = unknown.close();
			assertThat(set.tags()).containsExactlyInAnyOrder("a", CacheTag.UNSENT);
			assertThat(set.loss()).isNull();
		}
	}

	@Test
	void keepsTagsOfFailedPage() {
		this.tags.open(this.response);
		this.tags.add(List.of("a"));
		this.tags.close();
		this.response.reset();
		this.tags.open(this.response);
		ResponseTagSet failed = this.tags.close();
		assertThat(failed.tags()).containsExactlyInAnyOrder("a", CacheTag.UNSENT);
		assertThat(failed.loss()).isNull();
		this.tags.open(this.response);
		this.tags.add(List.of("error"));
		assertThat(this.response.getHeader("Cache-Tag")).isEqualTo("a,error");
	}

	@Test
	void reportsNoLossIfHeaderHasLateTag() {
		this.tags.open(this.response);
		this.tags.add(List.of("a"));
		this.response.setCommitted(true);
		this.tags.add(List.of("A"));
		assertThat(this.tags.close().loss()).isNull();
		this.tags.open(this.response);
		this.tags.add(List.of("b"));
		assertThat(this.tags.close().loss()).isEqualTo(TagLoss.LATE);
	}

	@Test
	void countsResponseWithTooManyTagsForEveryTag() {
		this.tags.open(this.response);
		this.tags.add(IntStream.range(0, 1000).mapToObj(String::valueOf).toList());
		assertThat(this.tags.close()).isEqualTo(new ResponseTagSet(Set.of(CacheTag.ANY), 65, TagLoss.LARGE));
		assertThat(this.response.getHeader("Cache-Tag").split(",", -1)).hasSize(50);
	}

	@Test
	void acceptsTagsOfManyThreads() {
		this.tags.open(this.response);
		List<CompletableFuture<Void>> threads = IntStream.range(0, 10)
			.mapToObj((i) -> CompletableFuture.runAsync(() -> add(i), NewThread.EACH))
			.toList();
		CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).join();
		assertThat(this.response.getHeader("Cache-Tag").split(",", -1)).hasSize(50).doesNotHaveDuplicates();
		assertThat(this.tags.close()).isEqualTo(new ResponseTagSet(all(), 50, null));
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

	private static TrackingRules rules() {
		return new TrackingRules(new TrackingSettings(Set.of("GET"),
				new LifetimePolicy(LifetimePolicy.Mode.DERIVED, Duration.ofHours(1),
						new Ttls(Duration.ZERO, Duration.ofHours(1), Duration.ofDays(1)), Duration.ZERO,
						Clock.systemUTC()),
				null, null, null, List.of(), false), new DistributionDoctor(), 100);
	}

}
