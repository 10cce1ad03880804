package io.github.cftracker.recording;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.cftracker.CacheTag;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.Ttls;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.testing.NewThread;
import io.github.cftracker.tracking.LifetimePolicy;
import io.github.cftracker.tracking.LifetimePolicy.Mode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PathRecorderTests {

	private static final LifetimePolicy LIFETIMES = new LifetimePolicy(Mode.DERIVED, Duration.ofHours(24),
			new Ttls(Duration.ZERO, Duration.ofHours(24), Duration.ofDays(365)), Duration.ofHours(1),
			Clock.systemUTC());

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration MOMENT = Duration.ofMillis(20);

	private static final Duration SLOW = Duration.ofSeconds(50);

	private final FakeStore store = new FakeStore();

	private final PathRecorder recorder = TestRecorder.of(this.store, LIFETIMES, 10_000);

	@Test
	void writesNothingWhenNothingHappened() {
		this.recorder.flush();
		assertThat(this.store.calls).isEmpty();
	}

	@Test
	void writesNothingBeforeTheFlush() {
		this.recorder.track("/a");
		assertThat(this.store.calls).isEmpty();
		assertThat(this.recorder.pending()).isOne();
	}

	@Test
	void onePathThatTheStoreRefusesDoesNotHoldUpTheOthers() {
		this.store.refuses("/17");
		for (int i = 0; i < 2500; i++) {
			this.recorder.track("/" + i);
		}
		this.recorder.flush();
		assertThat(this.recorder.pending()).isZero();
		assertThat(this.recorder.dropped()).isOne();
		Set<String> written = new HashSet<>();
		this.store.calls.forEach((call) -> written.addAll(call.paths().keySet()));
		assertThat(written).hasSize(2499).doesNotContain("/17");
	}

	@Test
	void writesEveryPathOnce() {
		this.recorder.track("/a", HOUR);
		this.recorder.track("/b", HOUR);
		this.recorder.track("/a", HOUR);
		assertThat(this.recorder.pending()).isEqualTo(2);
		this.recorder.flush();
		assertThat(this.store.onlyCall().paths()).containsOnlyKeys("/a", "/b");
		assertThat(this.recorder.pending()).isZero();
	}

	@Test
	void writesAgainWhatIsTrackedAgain() {
		this.recorder.track("/a", HOUR);
		this.recorder.flush();
		this.recorder.track("/a", HOUR);
		this.recorder.flush();
		assertThat(this.store.methods()).containsExactly("track", "track");
	}

	@Test
	void tracksForTheDefaultLifetime() {
		this.recorder.track("/a");
		assertLifetime("/a", Duration.ofHours(25));
	}

	@Test
	void tracksForever() {
		this.recorder.track("/a", PathLifetime.FOREVER);
		this.recorder.flush();
		assertThat(this.store.onlyCall().paths()).containsEntry("/a", PathLifetime.FOREVER);
	}

	@Test
	void neverShortensALifetime() {
		this.recorder.track("/a", HOUR);
		this.recorder.track("/a", Duration.ofMinutes(1));
		assertLifetime("/a", HOUR);
	}

	@Test
	void renewsALifetime() {
		this.recorder.track("/a", Duration.ofMinutes(1));
		this.recorder.track("/a", HOUR);
		assertLifetime("/a", HOUR);
	}

	@Test
	void takesOffTheTimeWaited() {
		Duration lifetime = Duration.ofSeconds(59);
		this.recorder.track("/a", lifetime);
		this.recorder.expire("/b", HOUR);
		waitFor(MOMENT);
		this.recorder.flush();
		assertThat(this.store.calls).hasSize(2);
		assertThat(this.store.calls.get(0).paths().get("/a")).isLessThanOrEqualTo(lifetime.minus(MOMENT))
			.isGreaterThan(Duration.ofSeconds(30));
		assertThat(this.store.calls.get(1).paths().get("/b")).isLessThanOrEqualTo(HOUR.minus(MOMENT))
			.isGreaterThan(HOUR.minusMinutes(1));
	}

	@Test
	void roundsAMinuteAndMoreUpToWholeSeconds() {
		this.recorder.track("/a", HOUR);
		this.recorder.track("/b", Duration.ofMinutes(1).plusMillis(1500));
		waitFor(MOMENT);
		this.recorder.flush();
		assertThat(this.store.onlyCall().paths()).hasSize(2)
			.allSatisfy((path, lifetime) -> assertThat(lifetime.getNano()).isZero());
		assertThat(this.store.onlyCall().paths().get("/a")).isLessThanOrEqualTo(HOUR)
			.isGreaterThan(HOUR.minusMinutes(1));
	}

	@Test
	void tellsTheAgeOfAResponse() {
		this.recorder.track("/a", HOUR, startedBefore(SLOW), null, Set.of());
		assertAge("/a", SLOW);
	}

	@Test
	void neverMakesAResponseYoungerThanItIs() {
		long start = System.nanoTime();
		this.recorder.track("/a", HOUR, start, null, Set.of());
		Duration age = Duration.ofNanos(System.nanoTime() - start);
		assertAge("/a", age);
	}

	@Test
	void whatIsTrackedByHandHasNoAgeHoweverLongItWaits() {
		this.recorder.track("/a");
		this.recorder.track("/b", HOUR);
		this.recorder.expire("/c", HOUR);
		waitFor(MOMENT);
		this.recorder.flush();
		assertThat(this.store.methods()).containsExactly("track", "expire");
		assertThat(this.store.calls).allSatisfy((call) -> assertThat(call.ages().values()).containsOnly(Duration.ZERO));
	}

	@Test
	void theAgeGrowsWhileAResponseWaits() {
		this.recorder.track("/a", HOUR, System.nanoTime(), null, Set.of());
		waitFor(MOMENT);
		assertAge("/a", MOMENT);
	}

	@Test
	void theAgeGrowsAcrossAFlushThatFails() {
		this.recorder.track("/a", HOUR, System.nanoTime(), null, Set.of());
		this.store.failsWith("down");
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(this.recorder::flush);
		waitFor(MOMENT);
		this.store.answers();
		assertAge("/a", MOMENT);
	}

	@Test
	void theAgeGrowsWhileTheChunksBeforeAreWritten() {
		for (int i = 0; i < 1_001; i++) {
			this.recorder.track("/" + i, HOUR, System.nanoTime(), null, Set.of());
		}
		this.store.onCall(() -> waitFor(MOMENT));
		this.recorder.flush();
		assertThat(this.store.calls.get(1).ages().values()).singleElement()
			.satisfies((age) -> assertThat(age).isGreaterThanOrEqualTo(MOMENT));
	}

	@ParameterizedTest
	@CsvSource({ "50, 0", "0, 50" })
	void theOldestOfSeveralResponsesCounts(long first, long second) {
		this.recorder.track("/a", HOUR, startedBefore(Duration.ofSeconds(first)), null, Set.of());
		this.recorder.track("/a", HOUR, startedBefore(Duration.ofSeconds(second)), null, Set.of());
		assertAge("/a", SLOW);
	}

	@Test
	void trackingByHandDoesNotHideTheAgeOfAResponse() {
		this.recorder.track("/a");
		this.recorder.track("/a", HOUR, startedBefore(SLOW), null, Set.of());
		this.recorder.track("/a");
		assertAge("/a", SLOW);
	}

	@Test
	void untrackDiscardsTheAge() {
		this.recorder.track("/a", HOUR, startedBefore(SLOW), null, Set.of());
		this.recorder.untrack("/a");
		this.recorder.track("/a", HOUR, System.nanoTime(), null, Set.of());
		this.recorder.flush();
		assertThat(this.store.onlyCall().ages().get("/a")).isPositive().isLessThan(SLOW);
	}

	@Test
	void tellsTheRouteAndTheTagsOfAllResponses() {
		this.recorder.track("/a", HOUR, System.nanoTime(), "/{id}", Set.of("a", "b"));
		this.recorder.track("/a", HOUR, System.nanoTime(), "/{name}", Set.of("c"));
		this.recorder.track("/a", HOUR, System.nanoTime(), null, Set.of());
		this.recorder.track("/b", HOUR, System.nanoTime(), null, Set.of());
		this.recorder.track("/c");
		this.recorder.flush();
		FakeStore.Call call = this.store.onlyCall();
		assertThat(call.of("/a").route()).isEqualTo("/{name}");
		assertThat(call.of("/a").tags()).containsExactlyInAnyOrder("a", "b", "c", CacheTag.UNSENT);
		assertThat(call.of("/b").route()).isNull();
		assertThat(call.of("/b").tags()).isEmpty();
		assertThat(call.of("/c").tags()).isEmpty();
	}

	@Test
	void tagsThatTheCallerChangesLaterStayAsTheyWere() {
		Set<String> tags = new HashSet<>(Set.of("a"));
		this.recorder.track("/a", HOUR, System.nanoTime(), null, tags);
		tags.add("b");
		this.recorder.flush();
		assertThat(this.store.onlyCall().of("/a").tags()).containsExactly("a");
	}

	@Test
	void tagsAreWrittenAgainAfterAFlushThatFails() {
		this.recorder.track("/a", HOUR, System.nanoTime(), "/{id}", Set.of("a"));
		this.store.failsWith("down");
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(this.recorder::flush);
		this.recorder.track("/a", HOUR, System.nanoTime(), "/{id}", Set.of("b"));
		this.store.answers();
		this.recorder.flush();
		assertThat(this.store.onlyCall().of("/a").tags()).containsExactlyInAnyOrder("a", "b", CacheTag.UNSENT);
	}

	@Test
	void aWildcardInPlaceOfAPathHasItsTags() {
		PathRecorder full = TestRecorder.of(this.store, LIFETIMES, 1);
		full.track("/other/1", HOUR);
		full.track("/a/1", HOUR, System.nanoTime(), "/a/{id}", Set.of("a"));
		full.track("/a/2", HOUR, System.nanoTime(), "/a/{id}", Set.of("b"));
		full.flush();
		assertThat(this.store.onlyCall().of("/a/*").tags()).containsExactlyInAnyOrder("a", "b", CacheTag.UNSENT);
	}

	@Test
	void thePathThatEndsBeforeTheAsteriskHasRoomInAFullBuffer() {
		PathRecorder full = TestRecorder.of(this.store, LIFETIMES, 1);
		full.track("/other/1", HOUR);
		full.track("/a/", HOUR, System.nanoTime(), "/a/", Set.of());
		full.track("/a/1", HOUR, System.nanoTime(), "/a/{id}", Set.of());
		full.flush();
		assertThat(this.store.onlyCall().paths()).containsOnlyKeys("/other/1", "/a/", "/a/*");
		assertThat(full.overflowed()).isOne();
		assertThat(full.dropped()).isZero();
	}

	@Test
	void keepsExactPathsWhereTooManyPathsAreWidened() {
		MemoryUrlStore memory = new MemoryUrlStore(Clock.systemUTC());
		PathRecorder bounded = TestRecorder.of(memory, LIFETIMES, new PathLimits(1000, 1_000_000, 10_000),
				new DistributionDoctor());
		for (int flush = 0; flush < 2; flush++) {
			for (int i = 0; i < 50; i++) {
				bounded.track("/p/" + i, HOUR, System.nanoTime(), "/p/{id}", Set.of());
			}
			for (int i = 0; i < 11; i++) {
				bounded.track("/p/x" + i + "-*", HOUR, System.nanoTime(), "/p/{id}", Set.of());
			}
			bounded.flush();
		}
		assertThat(memory.scan("/", 100)).extracting(TrackedPath::path)
			.hasSize(61)
			.contains("/p/*")
			.filteredOn((path) -> !path.endsWith("*"))
			.hasSize(50);
		assertThat(bounded.folded()).isPositive();
		assertThat(bounded.dropped()).isZero();
	}

	@Test
	void expireLeavesTheAgeAlone() {
		this.recorder.track("/a", HOUR, startedBefore(SLOW), null, Set.of());
		this.recorder.expire("/a", HOUR);
		this.recorder.flush();
		assertThat(this.store.methods()).containsExactly("track", "expire");
		assertThat(this.store.calls.get(0).ages().get("/a")).isGreaterThanOrEqualTo(SLOW);
		assertThat(this.store.calls.get(1).ages().get("/a")).isZero();
	}

	@Test
	void aStartThatIsYetToComeIsNoAge() {
		this.recorder.track("/a", HOUR, System.nanoTime() + SLOW.toNanos(), null, Set.of());
		this.recorder.flush();
		assertThat(this.store.onlyCall().ages()).containsEntry("/a", Duration.ZERO);
	}

	@Test
	void doesNotTrackWhatExpiredWhileItWaited() {
		this.recorder.track("/a", MOMENT);
		waitFor(MOMENT.multipliedBy(2));
		this.recorder.flush();
		assertThat(this.store.calls).isEmpty();
		assertThat(this.recorder.pending()).isZero();
	}

	@Test
	void expiresAfterTrackInOneFlush() {
		this.recorder.track("/a", HOUR);
		this.recorder.expire("/a", Duration.ofMinutes(1));
		this.recorder.flush();
		assertThat(this.store.methods()).containsExactly("track", "expire");
		assertThat(this.store.calls.get(1).paths().get("/a")).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -5 })
	void expiresAtOnce(long seconds) {
		this.recorder.expire("/a", Duration.ofSeconds(seconds));
		this.recorder.flush();
		assertThat(this.store.onlyCall().method()).isEqualTo("expire");
		assertThat(this.store.onlyCall().paths().get("/a")).isLessThanOrEqualTo(Duration.ZERO);
	}

	@Test
	void untracksAfterTrack() {
		this.recorder.track("/a", HOUR);
		this.recorder.expire("/a", HOUR);
		this.recorder.untrack("/a");
		this.recorder.flush();
		assertThat(this.store.onlyCall().method()).isEqualTo("untrack");
	}

	@Test
	void tracksAfterUntrack() {
		this.recorder.untrack("/a");
		this.recorder.track("/a", HOUR);
		this.recorder.flush();
		assertThat(this.store.methods()).containsExactly("track");
	}

	@Test
	void endsInTheStateOfTheLastChange() {
		MemoryUrlStore memory = new MemoryUrlStore(Clock.systemUTC());
		PathRecorder recorder = TestRecorder.of(memory, LIFETIMES, 100);
		recorder.track("/tracked", HOUR);
		recorder.track("/untracked", HOUR);
		recorder.track("/expired", HOUR);
		recorder.track("/forever", HOUR);
		recorder.flush();
		recorder.untrack("/tracked");
		recorder.track("/tracked", HOUR);
		recorder.untrack("/untracked");
		recorder.expire("/expired", Duration.ZERO);
		recorder.expire("/forever", PathLifetime.FOREVER);
		recorder.expire("/never-tracked", HOUR);
		recorder.flush();
		assertThat(memory.scan("/", 10)).extracting(TrackedPath::path).containsExactly("/forever", "/tracked");
		assertThat(memory.scan("/forever", 1)).containsExactly(new TrackedPath("/forever", null));
	}

	@Test
	void keepsWhatAnUnavailableStoreDidNotTake() {
		this.recorder.track("/a", HOUR);
		this.recorder.expire("/b", HOUR);
		this.recorder.untrack("/c");
		this.store.failsWith("down");
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(this.recorder::flush).withMessage("down");
		assertThat(this.recorder.pending()).isEqualTo(3);
		this.recorder.track("/a", HOUR.multipliedBy(2));
		this.store.answers();
		this.recorder.flush();
		assertThat(this.store.methods()).containsExactly("track", "expire", "untrack");
		assertThat(this.store.calls.get(0).paths().get("/a")).isGreaterThan(HOUR);
		assertThat(this.recorder.pending()).isZero();
	}

	@Test
	void aResponseDuringTheWriteIsWrittenAgain() throws Exception {
		long startedAt = System.nanoTime();
		this.recorder.track("/a", HOUR, startedAt, null, Set.of());
		flushWhile(() -> this.recorder.track("/a", HOUR, startedAt, null, Set.of()));
		assertThat(this.recorder.pending()).isOne();
	}

	@Test
	void keepsWhatFollowsAFailureInTheMiddle() {
		track(2_500);
		this.store.onCall(() -> {
			if (this.store.attempts.get() > 1) {
				throw new StoreUnavailableException("down", new IllegalStateException());
			}
		});
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(this.recorder::flush);
		assertThat(this.recorder.pending()).isEqualTo(1_500);
		this.store.answers();
		this.recorder.flush();
		assertThat(written()).hasSize(2_500);
	}

	@Test
	void keepsAChangeThatComesDuringAWrite() throws Exception {
		this.recorder.track("/a", HOUR);
		this.recorder.track("/b", HOUR);
		flushWhile(() -> {
			this.recorder.track("/a", HOUR);
			this.recorder.track("/c", HOUR);
		});
		assertThat(this.recorder.pending()).isEqualTo(2);
		this.recorder.flush();
		assertThat(this.store.calls).hasSize(2);
		assertThat(this.store.calls.get(1).paths()).containsOnlyKeys("/a", "/c");
	}

	@Test
	void keepsAnUntrackThatComesDuringAWrite() throws Exception {
		this.recorder.track("/a", HOUR);
		flushWhile(() -> this.recorder.untrack("/a"));
		this.recorder.flush();
		assertThat(this.store.methods()).containsExactly("track", "untrack");
	}

	@Test
	void letsRequestsGoOnWhileTheStoreIsSlow() throws Exception {
		this.recorder.track("/a", HOUR);
		flushWhile(() -> assertThat(CompletableFuture.runAsync(() -> {
			this.recorder.track("/a", HOUR);
			this.recorder.expire("/b", HOUR);
			this.recorder.untrack("/c");
		}, NewThread.EACH)).succeedsWithin(Duration.ofSeconds(30)));
	}

	@Test
	void dropsAndCountsNewPathsWhenFull() {
		PathRecorder small = TestRecorder.of(this.store, LIFETIMES, 2);
		small.track("/a", HOUR);
		small.track("/b", HOUR);
		small.track("/c", HOUR);
		small.track("/c", HOUR);
		assertThat(small.dropped()).isEqualTo(2);
		assertThat(small.pending()).isEqualTo(2);
		small.flush();
		assertThat(this.store.onlyCall().paths()).containsOnlyKeys("/a", "/b");
	}

	@Test
	void updatesKnownPathsWhenFull() {
		PathRecorder small = TestRecorder.of(this.store, LIFETIMES, 2);
		small.track("/a", HOUR);
		small.track("/b", HOUR);
		small.track("/a", HOUR.multipliedBy(3));
		small.untrack("/b");
		assertThat(small.dropped()).isZero();
		small.flush();
		assertThat(this.store.methods()).containsExactly("track", "untrack");
		assertThat(this.store.calls.get(0).paths().get("/a")).isGreaterThan(HOUR);
	}

	@Test
	void takesNewPathsAgainAfterAFlush() {
		PathRecorder small = TestRecorder.of(this.store, LIFETIMES, 1);
		small.track("/a", HOUR);
		small.track("/b", HOUR);
		small.flush();
		small.track("/b", HOUR);
		small.flush();
		assertThat(small.dropped()).isOne();
		assertThat(written()).containsExactlyInAnyOrder("/a", "/b");
	}

	@Test
	void writesAtMost1000PathsInACall() {
		track(2_500);
		this.recorder.flush();
		assertThat(this.store.calls).extracting((call) -> call.paths().size())
			.containsExactlyInAnyOrder(1_000, 1_000, 500);
		assertThat(written()).hasSize(2_500);
		assertThat(this.recorder.pending()).isZero();
	}

	@Test
	void losesNothingBetweenManyThreads() throws Exception {
		List<CompletableFuture<Void>> threads = List.of(trackInBackground("/a"), trackInBackground("/b"),
				trackInBackground("/c"));
		while (!threads.stream().allMatch(CompletableFuture::isDone)) {
			this.recorder.flush();
		}
		CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
		this.recorder.flush();
		assertThat(this.recorder.pending()).isZero();
		assertThat(written()).hasSize(6_000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "a/b", "*", "?x=1", " /a", "http://example.org/a" })
	void refusesWhatIsNoPath(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.recorder.track(path))
			.withMessage("Path must start with '/': '%s'", path);
		assertThatIllegalArgumentException().isThrownBy(() -> this.recorder.track(path, HOUR));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.recorder.track(path, HOUR, System.nanoTime(), null, Set.of()));
		assertThatIllegalArgumentException().isThrownBy(() -> this.recorder.expire(path, HOUR));
		assertThatIllegalArgumentException().isThrownBy(() -> this.recorder.untrack(path));
		assertThat(this.recorder.pending()).isZero();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1 })
	void refusesToTrackForNoTime(long seconds) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.recorder.track("/a", Duration.ofSeconds(seconds)))
			.withMessage("The lifetime of '/a' must be positive, but is '%s'", Duration.ofSeconds(seconds));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.recorder.track("/a", Duration.ofSeconds(seconds), System.nanoTime(), null, Set.of()))
			.withMessage("The lifetime of '/a' must be positive, but is '%s'", Duration.ofSeconds(seconds));
		assertThat(this.recorder.pending()).isZero();
	}

	@Test
	void tracksWhatCloudFrontWouldNotAccept() {
		this.recorder.track("/~é {}", HOUR);
		assertLifetime("/~é {}", HOUR);
	}

	private void flushWhile(Runnable action) throws Exception {
		CountDownLatch writing = new CountDownLatch(1);
		CountDownLatch proceed = new CountDownLatch(1);
		this.store.onCall(() -> {
			writing.countDown();
			await(proceed);
		});
		CompletableFuture<Void> flush = CompletableFuture.runAsync(this.recorder::flush, NewThread.EACH);
		try {
			await(writing);
			action.run();
		}
		finally {
			this.store.answers();
			proceed.countDown();
			flush.get(5, TimeUnit.SECONDS);
		}
	}

	private CompletableFuture<Void> trackInBackground(String prefix) {
		return CompletableFuture.runAsync(() -> {
			for (int i = 0; i < 20_000; i++) {
				this.recorder.track(prefix + i % 2_000, HOUR);
			}
		}, NewThread.EACH);
	}

	private void track(int count) {
		for (int i = 0; i < count; i++) {
			this.recorder.track("/" + i, HOUR);
		}
	}

	private Set<String> written() {
		Set<String> written = new HashSet<>();
		this.store.calls.forEach((call) -> written.addAll(call.paths().keySet()));
		return written;
	}

	private void assertLifetime(String path, Duration lifetime) {
		this.recorder.flush();
		assertThat(this.store.onlyCall().method()).isEqualTo("track");
		assertThat(this.store.onlyCall().paths().get(path)).isBetween(lifetime.minusSeconds(30), lifetime);
	}

	private void assertAge(String path, Duration atLeast) {
		this.recorder.flush();
		assertThat(this.store.onlyCall().method()).isEqualTo("track");
		assertThat(this.store.onlyCall().ages().get(path)).isBetween(atLeast, atLeast.plusSeconds(30));
	}

	private static long startedBefore(Duration duration) {
		return System.nanoTime() - duration.toNanos();
	}

	private static void waitFor(Duration duration) {
		long start = System.nanoTime();
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.until(() -> System.nanoTime() - start > duration.plusMillis(1).toNanos());
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
