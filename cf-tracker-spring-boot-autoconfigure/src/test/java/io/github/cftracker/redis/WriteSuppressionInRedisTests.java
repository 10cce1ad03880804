package io.github.cftracker.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.State;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.distribution.Ttls;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.recording.TestRecorder;
import io.github.cftracker.run.Lease;
import io.github.cftracker.run.Step;
import io.github.cftracker.testing.Claims;
import io.github.cftracker.testing.RedisLedgers;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.SharedRedis;
import io.github.cftracker.tracking.LifetimePolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.times;

/**
 * A hot path is written now and then, and yet again as soon as anybody has taken it away.
 */
class WriteSuppressionInRedisTests {

	private static final Duration HOUR = Duration.ofHours(1);

	@RegisterExtension
	static final SharedRedis redis = new SharedRedis();

	private final RedisKeys keys = new RedisKeys("test", "E" + UUID.randomUUID().toString().replace("-", ""));

	private final RedisUrlStore other = store();

	private final RedisRunLedger ledger = RedisLedgers.create(redis.own(), this.keys, Duration.ofSeconds(30),
			Duration.ofMinutes(10), 5);

	private final PathRecorder recorder = recorder(store());

	@Test
	void aHotPathIsWrittenOnce() {
		know("/a");
		Double written = score("/a");
		respond("/a");
		respond("/a");
		assertThat(this.recorder.pending()).isZero();
		assertThat(score("/a")).isEqualTo(written);
	}

	@Test
	void theLifetimeIsExactUntilAPathIsHotAndNeverTooShort() {
		respond("/other");
		respond("/a");
		assertThat(lifetime("/a")).isBetween(HOUR.minusSeconds(1), HOUR.plusSeconds(2));
		respond("/a");
		assertThat(lifetime("/a")).isBetween(HOUR.plusSeconds(50), HOUR.plusSeconds(62));
		respond("/a");
		assertThat(lifetime("/a")).isGreaterThan(HOUR);
		respond("/a", HOUR.plusSeconds(70), null, Set.of());
		assertThat(lifetime("/a")).isGreaterThan(HOUR.plusSeconds(70).minusMillis(500));
	}

	@Test
	void whatDoesNotLiveLongIsWrittenEachTime() {
		Duration fiveMinutes = Duration.ofMinutes(5);
		respond("/other", fiveMinutes, null, Set.of());
		respond("/a", fiveMinutes, null, Set.of());
		Double written = score("/a");
		respond("/a", fiveMinutes.plusSeconds(1), null, Set.of());
		assertThat(score("/a")).isGreaterThan(written);
		assertThat(lifetime("/a")).isBetween(fiveMinutes, fiveMinutes.plusSeconds(2));
	}

	@Test
	void whatLivesForeverIsWrittenOnce() {
		RedisUrlStore counted = spy(store());
		PathRecorder recorder = recorder(counted);
		respond(recorder, "/other", HOUR, null, Set.of());
		respond(recorder, "/a", PathLifetime.FOREVER, null, Set.of());
		respond(recorder, "/a", HOUR, null, Set.of());
		respond(recorder, "/a", PathLifetime.FOREVER, null, Set.of());
		then(counted).should(times(2)).trackAndAsk(any());
		assertThat(this.other.scan("/a", 1)).singleElement().satisfies((path) -> assertThat(path.expiresAt()).isNull());
	}

	@Test
	void whatHasNoShorterLifeIsNoRemoval() {
		know("/a");
		String removed = removed();
		this.other.expire(List.of(new PathLifetime("/unknown", HOUR)));
		this.other.untrack(List.of("/unknown"));
		assertThat(removed()).isEqualTo(removed);
		this.other.expire(List.of(new PathLifetime("/a", HOUR)));
		assertThat(removed()).isNotEqualTo(removed);
	}

	@Test
	void anotherRouteAndOtherTagsAreWritten() {
		know("/a");
		respond("/a", HOUR, "/{page}", Set.of());
		assertThat(this.other.scan("/a", 1)).extracting(TrackedPath::route).containsExactly("/{page}");
		respond("/a", HOUR, "/{page}", Set.of("x", "y"));
		respond("/a", HOUR, "/{page}", Set.of("z"));
		assertThat(this.other.scan("/a", 1)).singleElement()
			.satisfies((path) -> assertThat(path.tags()).contains("x", "y", "z"));
	}

	@Test
	void whatThisNodeUntracksIsWrittenAgain() {
		know("/a");
		this.recorder.untrack("/a");
		this.recorder.flush();
		assertThat(this.other.count()).isOne();
		respond("/a");
		assertThat(tracked()).contains("/a");
	}

	@Test
	void whatThisNodeLetsExpireIsWrittenAgain() {
		know("/a");
		this.recorder.expire("/a", Duration.ofMinutes(1));
		this.recorder.flush();
		respond("/a");
		assertThat(lifetime("/a")).isGreaterThan(Duration.ofMinutes(50));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("waysToLoseAPath")
	void isWrittenAgain(String way, Consumer<WriteSuppressionInRedisTests> losing) {
		know("/a");
		await(1);
		// It has been rendered, and nobody has written it down when the path is lost
		this.recorder.track("/a", HOUR, System.nanoTime(), null, Set.of());
		losing.accept(this);
		this.recorder.flush();
		assertThat(this.recorder.pending()).isZero();
		assertThat(this.other.scan("/a", 10)).extracting(TrackedPath::path).contains("/a");
		assertThat(lifetime("/a")).isGreaterThan(Duration.ofMinutes(50));
	}

	static Stream<Arguments> waysToLoseAPath() {
		return Stream.of(way("a claim of everything", (test) -> {
			test.other.claim("c", Selection.ofEverything());
			test.track("/since");
		}), way("a claim", (test) -> test.other.claim("c", new Selection(List.of("/a")))),
				way("a run of everything", (test) -> {
					test.claim(Selection.ofEverything());
					test.track("/since");
				}), way("a run", (test) -> test.claim(new Selection(List.of("/a")))),
				way("a follow-up", WriteSuppressionInRedisTests::claimLate),
				way("a 404 on another node", (test) -> test.other.untrack(List.of("/a"))),
				way("a shorter lifetime",
						(test) -> test.other.expire(List.of(new PathLifetime("/a", Duration.ofMinutes(1))))),
				way("a wildcard, and a run of that",
						(test) -> test.other.fold(new PathLifetime("/a*", HOUR), List.of("/a"))),
				way("somebody deleting the paths", (test) -> redis.template().delete(test.keys.paths())),
				way("somebody deleting everything", (test) -> redis.template()
					.delete(redis.template().keys("test:{" + test.keys.distributionId() + "}*"))));
	}

	private static Arguments way(String name, Consumer<WriteSuppressionInRedisTests> losing) {
		return Arguments.of(name, losing);
	}

	@Test
	void aResponseThatBeganBeforeABatchWasAcceptedIsLate() {
		Runnable accept = batch();
		know("/a");
		await(1);
		this.recorder.track("/a", HOUR, System.nanoTime(), null, Set.of());
		await(1);
		accept.run();
		this.recorder.flush();
		assertThat(late()).contains("/a");
	}

	@Test
	void aSlowResponseIsLateHoweverWellThePathIsKnown() {
		Runnable accept = batch();
		long startedAt = System.nanoTime();
		// Redis goes by the age that a write carries, and a write may take a while
		await(500);
		accept.run();
		await(2);
		know("/a");
		assertThat(late()).doesNotContain("/a");
		this.recorder.track("/a", HOUR, startedAt, null, Set.of());
		this.recorder.flush();
		assertThat(late()).contains("/a");
	}

	@Test
	void aResponseWhileTheServerIsAskedWaits() {
		RedisUrlStore asked = spy(store());
		PathRecorder recorder = recorder(asked);
		respond(recorder, "/other", HOUR, null, Set.of());
		respond(recorder, "/a", HOUR, null, Set.of());
		respond(recorder, "/a", HOUR, null, Set.of());
		willAnswer((call) -> {
			Object state = call.callRealMethod();
			recorder.track("/a", HOUR, System.nanoTime(), null, Set.of());
			return state;
		}).given(asked).ask();
		respond(recorder, "/a", HOUR, null, Set.of());
		assertThat(recorder.pending()).isOne();
	}

	private List<String> late() {
		return List.copyOf(redis.template().opsForZSet().range(this.keys.late(), 0, -1));
	}

	/**
	 * Sends a batch.
	 * @return accepts it
	 */
	private Runnable batch() {
		Lease lease = this.ledger.acquire();
		Run run = started(lease, Selection.ofEverything());
		track("/b");
		Claims.claim(lease, run);
		Batch batch = Batch.unsent("ref", 1, 0);
		Run sending = run.withBatches(List.of(batch));
		lease.apply(new Step.Freeze(sending, batch, List.of("/b"), false));
		return () -> lease.apply(new Step.Accept(sending, batch, List.of()));
	}

	private void claim(Selection selection) {
		Lease lease = this.ledger.acquire();
		Claims.claim(lease, started(lease, selection));
	}

	private void claimLate() {
		Lease lease = this.ledger.acquire();
		Claims.claimLate(lease, started(lease, new Selection(List.of("/x"))), List.of("/a"));
	}

	private Run started(Lease lease, Selection selection) {
		Run run = this.ledger.request(UUID.randomUUID().toString(), new InvalidationRequest(selection)).orElseThrow();
		Run started = run.withState(State.SENDING).withSelection(selection);
		lease.apply(new Step.Start(started));
		return started;
	}

	/**
	 * Has a path written, on a node that knows what the server says, and written again a
	 * minute longer.
	 */
	private void know(String path) {
		respond("/other");
		respond(path);
		respond(path);
	}

	private void respond(String path) {
		respond(path, HOUR, null, Set.of());
	}

	private void respond(String path, Duration lifetime, @Nullable String route, Set<String> tags) {
		respond(this.recorder, path, lifetime, route, tags);
	}

	private static void respond(PathRecorder recorder, String path, Duration lifetime, @Nullable String route,
			Set<String> tags) {
		await(2);
		recorder.track(path, lifetime, System.nanoTime(), route, tags);
		recorder.flush();
		await(2);
	}

	private static void await(int millis) {
		long until = System.nanoTime() + millis * 1_000_000L;
		while (System.nanoTime() < until) {
			Thread.onSpinWait();
		}
	}

	private static PathRecorder recorder(RedisUrlStore store) {
		return TestRecorder.of(store, new LifetimePolicy(LifetimePolicy.Mode.DERIVED, HOUR,
				new Ttls(Duration.ZERO, HOUR, Duration.ofDays(365)), Duration.ZERO, Clock.systemUTC()), 1000);
	}

	private RedisUrlStore store() {
		return RedisStores.create(redis.own(), this.keys);
	}

	private void track(String path) {
		this.other.track(List.of(new PathLifetime(path, HOUR)));
	}

	private List<String> tracked() {
		return this.other.scan("", 10).stream().map(TrackedPath::path).toList();
	}

	private @Nullable Double score(String path) {
		return redis.template().opsForZSet().score(this.keys.paths(), path);
	}

	private @Nullable String removed() {
		return redis.template().opsForValue().get(this.keys.removed());
	}

	private Duration lifetime(String path) {
		return Duration.between(Instant.now(), this.other.scan(path, 1).get(0).expiresAt());
	}

}
