package io.github.cftracker.recording;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.Ttls;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.tracking.LifetimePolicy;
import io.github.cftracker.tracking.LifetimePolicy.Mode;
import io.github.cftracker.tracking.TrackingRules;
import io.github.cftracker.tracking.TrackingSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

class ResponseRecorderTests {

	private static final Duration HOUR = Duration.ofHours(1);

	@Test
	void aTrackerThatIsARecorderIsUsedAsItIs() {
		PathRecorder recorder = TestRecorder.of(new FakeStore(), new LifetimePolicy(Mode.FIXED, HOUR,
				new Ttls(Duration.ZERO, HOUR, HOUR), Duration.ZERO, Clock.systemUTC()), 10);
		BufferedTracker tracker = new BufferedTracker(recorder);
		assertThat(ResponseRecorder.of(tracker)).isSameAs(tracker);
	}

	@Test
	void aTrackerOfTheApplicationTracksWithoutAnAgeAndTags() {
		UrlTracker tracker = mock(UrlTracker.class);
		ResponseRecorder.of(tracker).track("/a", HOUR, System.nanoTime(), "/{id}", Set.of("a"));
		verify(tracker).track("/a", HOUR);
		verifyNoMoreInteractions(tracker);
	}

	@Test
	void untracksAndExpiresAfterResponseThatWaitsForSettings() {
		LifetimePolicy lifetimes = new LifetimePolicy(Mode.FIXED, HOUR, new Ttls(Duration.ZERO, HOUR, HOUR),
				Duration.ZERO, Clock.systemUTC());
		TrackingRules rules = new TrackingRules(
				new TrackingSettings(Set.of("GET"), lifetimes, null, null, null, List.of(), false),
				new DistributionDoctor(), 10);
		MemoryUrlStore store = new MemoryUrlStore(Clock.systemUTC());
		PathRecorder recorder = new PathRecorder(store, new PathLimits(10, 10, 10), rules, new DistributionDoctor(),
				(paths) -> {
				});
		rules.expectDistribution();
		for (String path : List.of("/untracked", "/expired", "/kept")) {
			rules.whenKnown(() -> recorder.track(path, HOUR, System.nanoTime(), null, Set.of()));
		}
		recorder.untrack("/untracked");
		recorder.expire("/expired", Duration.ZERO);
		rules.expectNothing();
		recorder.flush();
		assertThat(store.scan("/", 10)).extracting(TrackedPath::path).containsExactly("/kept");
	}

	@Test
	void untracksWithTrackerOfTheApplication() {
		UrlTracker tracker = mock(UrlTracker.class);
		ResponseRecorder.of(tracker).untrack("/a");
		ResponseRecorder.of(tracker).untrackNotFound("/b");
		verify(tracker).untrack("/a");
		verify(tracker).untrack("/b");
		verifyNoMoreInteractions(tracker);
	}

}
