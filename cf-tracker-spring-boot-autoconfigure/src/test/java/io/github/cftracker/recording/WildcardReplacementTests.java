package io.github.cftracker.recording;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.memory.MemoryUrlStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willCallRealMethod;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.spy;

class WildcardReplacementTests {

	private final UrlStore store = spy(new MemoryUrlStore(Clock.systemUTC()));

	private final List<String> written = new ArrayList<>();

	private final WildcardReplacement replacement = new WildcardReplacement(this.store, this::written);

	@Test
	void replacesHoweverManyPathsThereAre() {
		track("/a/", 25_000);
		track("/b/", 3);
		this.replacement.replace("/a/");
		assertThat(tracked()).containsExactlyInAnyOrder("/a/*", "/b/0", "/b/1", "/b/2");
		assertThat(this.written).contains("/a/*");
	}

	@Test
	void leavesThePathThatEndsBeforeTheAsteriskAlone() {
		track("/a/", 25_000);
		this.store.track(List.of(new PathLifetime("/a/", Duration.ofHours(1))));
		this.replacement.replace("/a/");
		assertThat(tracked()).containsExactlyInAnyOrder("/a/*", "/a/");
	}

	@Test
	void triesAgainWhereTheStoreIsAway() {
		track("/a/", 3);
		willThrow(new StoreUnavailableException("away", new IllegalStateException())).given(this.store)
			.fold(any(), any());
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> this.replacement.replace("/a/"));
		willCallRealMethod().given(this.store).fold(any(), any());
		this.replacement.replace("/a/");
		assertThat(tracked()).containsExactly("/a/*");
	}

	@Test
	void leavesAloneWhatTheStoreRefuses() {
		track("/a/", 3);
		track("/b/", 3);
		willThrow(new IllegalArgumentException("no wildcards")).given(this.store).fold(any(), any());
		this.replacement.replace("/a/");
		willCallRealMethod().given(this.store).fold(any(), any());
		this.replacement.replace("/b/");
		assertThat(tracked()).containsExactlyInAnyOrder("/a/0", "/a/1", "/a/2", "/b/*");
	}

	private void track(String prefix, int count) {
		this.store.track(
				IntStream.range(0, count).mapToObj((i) -> new PathLifetime(prefix + i, Duration.ofHours(1))).toList());
	}

	private List<String> tracked() {
		return this.store.scan("/", 100_000).stream().map(TrackedPath::path).toList();
	}

	private void written(Collection<PathLifetime> paths) {
		paths.forEach((path) -> this.written.add(path.path()));
	}

}
