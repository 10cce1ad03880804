package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Run.State;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.run.InvalidationException.Kind;
import io.github.cftracker.testing.Planners;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class CompletionWatchTests {

	private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(10);

	private static final RunSettings SETTINGS = new RunSettings(1000, Duration.ZERO, Duration.ofSeconds(30),
			GIVE_UP_AFTER, new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)),
			new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(1)), new Quotas(0, 0, 0, 0, 1000),
			Duration.ofMillis(500), PlanSettings.EXACT);

	private final Instant start = Instant.parse("2026-11-22T03:00:00Z");

	private Instant now = this.start;

	private final Clock clock = ((InstantSource) () -> this.now).withZone(ZoneOffset.UTC);

	private final Questions client = new Questions();

	private final RunJournal run = run();

	private final CompletionWatch watch = new CompletionWatch(this.client, runs(), SETTINGS,
			new FakeRunClock(this.clock, (duration) -> true));

	@Test
	void completesTheRun() {
		this.client.completed = true;
		tickFor(Duration.ofSeconds(2));
		assertThat(state()).isEqualTo(State.COMPLETED);
	}

	@Test
	void endsAsAcceptedWhenAskingIsNotPermitted() {
		this.client.answer = new InvalidationException("Denied", Kind.DENIED, "Grant it", null);
		tickFor(Duration.ofSeconds(2));
		assertThat(state()).isEqualTo(State.ACCEPTED);
		assertThat(this.run.run().batches()).extracting(Batch::error).containsExactly("Denied. Grant it");
		assertThat(this.client.asked).isEqualTo(1);
	}

	@Test
	void asksAgainAfterUnknownRefusal() {
		this.client.answer = new InvalidationException("New", Kind.REFUSED, null, null);
		tickFor(Duration.ofSeconds(5));
		this.client.answer = null;
		this.client.completed = true;
		tickFor(Duration.ofSeconds(10));
		assertThat(state()).isEqualTo(State.COMPLETED);
	}

	@Test
	void toleratesAnUnknownInvalidationForTwoMinutes() {
		this.client.answer = new InvalidationException("No such invalidation", Kind.NOT_FOUND, null, null);
		tickFor(Duration.ofSeconds(115));
		assertThat(state()).isEqualTo(State.IN_PROGRESS);
		tickFor(Duration.ofSeconds(20));
		assertThat(state()).isEqualTo(State.FAILED);
		assertThat(this.run.run().error()).contains("'I1'", "does not exist: No such invalidation");
	}

	@Test
	void endsAsAcceptedAtTheDeadlineWithoutAnAnswer() {
		this.client.answer = new InvalidationException("Connection reset", Kind.TEMPORARY, null);
		tickFor(Duration.ofSeconds(50));
		assertThat(this.run.certainlyInProgress()).hasSize(1);
		tickFor(Duration.ofSeconds(30));
		assertThat(this.run.certainlyInProgress()).as("other batches do not wait for it").isEmpty();
		assertThat(state()).isEqualTo(State.IN_PROGRESS);
		tickFor(GIVE_UP_AFTER);
		assertThat(state()).isEqualTo(State.ACCEPTED);
	}

	@Test
	void failsAtTheDeadlineWhenCloudFrontDoesNotComplete() {
		tickFor(GIVE_UP_AFTER.plusSeconds(20));
		assertThat(state()).isEqualTo(State.FAILED);
		assertThat(this.run.run().error()).contains("did not complete it within PT10M");
	}

	@Test
	void keepsRetryAfterUpToTheMaximumBackoff() {
		this.client.answer = new InvalidationException("Slow down", Kind.THROTTLED, null, null)
			.retryAfter(Duration.ofHours(1));
		tickFor(Duration.ofSeconds(59));
		assertThat(this.client.asked).isEqualTo(1);
		tickFor(Duration.ofSeconds(15));
		assertThat(this.client.asked).isEqualTo(2);
	}

	@Test
	void asksForSeveralBatchesAtOnce() {
		accept("I2");
		this.client.listed = Map.of("I1", false, "I2", true);
		tickFor(Duration.ofSeconds(2));
		assertThat(this.run.run().batches()).extracting(Batch::state)
			.containsExactly(BatchState.IN_PROGRESS, BatchState.COMPLETED);
		accept("I3");
		this.client.listed = Map.of("I1", true, "I2", true, "I3", true);
		tickFor(Duration.ofSeconds(2));
		assertThat(state()).isEqualTo(State.COMPLETED);
	}

	@Test
	void asksForTheBatchesThatAreNotListed() {
		accept("I2");
		accept("I3");
		this.client.listed = Map.of("I2", true);
		tickFor(Duration.ofMillis(600));
		assertThat(this.client.asked).as("only for the first of them, which is in progress").isEqualTo(1);
		this.client.completed = true;
		tickFor(Duration.ofSeconds(2));
		assertThat(state()).isEqualTo(State.COMPLETED);
	}

	@ParameterizedTest
	@EnumSource(names = { "DENIED", "REFUSED", "TEMPORARY" })
	void asksForEachBatchWhenItCannotList(Kind kind) {
		accept("I2");
		this.client.notListed = new InvalidationException("No", kind, null, null);
		tickFor(Duration.ofSeconds(50));
		assertThat(this.client.lists).isEqualTo(1);
		assertThat(this.client.asked).isGreaterThan(5);
		tickFor(Duration.ofSeconds(30));
		assertThat(this.client.lists).isEqualTo((kind == Kind.DENIED) ? 1 : 2);
		this.client.completed = true;
		tickFor(Duration.ofSeconds(11));
		assertThat(state()).isEqualTo(State.COMPLETED);
	}

	@Test
	void asksForEachBatchWhenListingIsNotSupported() {
		accept("I2");
		this.client.notListed = new UnsupportedOperationException("Older SDK");
		this.client.completed = true;
		tickFor(Duration.ofSeconds(2));
		assertThat(state()).isEqualTo(State.COMPLETED);
	}

	@Test
	void keepsRetryAfterOfAList() {
		accept("I2");
		this.client.notListed = new InvalidationException("Slow down", Kind.THROTTLED, null, null)
			.retryAfter(Duration.ofSeconds(30));
		tickFor(Duration.ofSeconds(29));
		assertThat(this.client.lists).isEqualTo(1);
		assertThat(this.client.asked).isZero();
		this.client.completed = true;
		tickFor(Duration.ofSeconds(15));
		assertThat(state()).isEqualTo(State.COMPLETED);
	}

	@Test
	void makesNoFurtherCallWhenAListIsThrottled() {
		accept("I2");
		this.client.notListed = new InvalidationException("Slow down", Kind.THROTTLED, null, null);
		tickFor(Duration.ofMillis(600));
		assertThat(this.client.lists).isEqualTo(1);
		assertThat(this.client.asked).isZero();
	}

	@Test
	void aListDoesNotProlongThePatienceWithAnUnknownInvalidation() {
		accept("I2");
		this.client.listed = Map.of("I1", false);
		this.client.answer = new InvalidationException("No such invalidation", Kind.NOT_FOUND, null, null);
		tickFor(Duration.ofSeconds(135));
		assertThat(state()).isEqualTo(State.FAILED);
		assertThat(this.run.run().error()).contains("'I2'", "does not exist: No such invalidation");
	}

	@Test
	void aListDoesNotHideThatAnotherBatchIsUncertain() {
		accept("I2");
		this.client.listed = Map.of("I1", false);
		this.client.answer = new InvalidationException("Connection reset", Kind.TEMPORARY, null);
		tickFor(Duration.ofSeconds(80));
		assertThat(this.run.certainlyInProgress()).isEmpty();
		this.client.listed = Map.of("I1", false, "I2", false);
		tickFor(Duration.ofSeconds(11));
		assertThat(this.run.certainlyInProgress()).hasSize(2);
	}

	private void accept(String invalidationId) {
		List<String> items = List.of("/" + invalidationId);
		Batch batch = RunState.unsent("cf-tracker-R1-" + invalidationId, items);
		this.run.freeze(batch, items, false);
		this.run.accepted(batch, invalidationId, items);
	}

	private void tickFor(Duration duration) {
		Instant end = this.now.plus(duration);
		while (this.now.isBefore(end)) {
			this.now = this.now.plusMillis(100);
			this.watch.tick();
		}
	}

	private State state() {
		return this.run.run().state();
	}

	private HeldRuns runs() {
		HeldRuns runs = new HeldRuns();
		runs.add(this.run);
		return runs;
	}

	private RunJournal run() {
		MemoryRunLedger ledger = new MemoryRunLedger(new MemoryUrlStore(this.clock), 50, Duration.ofMinutes(10),
				PathPatterns.UNKNOWN, this.clock);
		ledger.request("R1", InvalidationRequest.ofEverything());
		Lease lease = ledger.acquire();
		Run queued = Objects.requireNonNull(lease.next().run());
		RunContext context = new RunContext(ledger, this.client, () -> {
		}, SETTINGS, Planners.exact(new MemoryUrlStore(this.clock)), new RunObserver() {
		});
		RunJournal run = new RunJournal(queued, lease, context, this.start.plus(GIVE_UP_AFTER));
		run.started();
		run.claim(queued.selection());
		run.claimed(1, 1);
		Batch batch = RunState.unsent("cf-tracker-R1-1", List.of("/a"));
		run.freeze(batch, List.of("/a"), false);
		run.accepted(batch, "I1", List.of("/a"));
		run.sent();
		assertThat(run.state().in(BatchState.IN_PROGRESS)).hasSize(1);
		return run;
	}

	private static final class Questions implements InvalidationClient {

		private @Nullable InvalidationException answer;

		private boolean completed;

		private int asked;

		private Map<String, Boolean> listed = Map.of();

		private @Nullable RuntimeException notListed;

		private int lists;

		@Override
		public String create(String callerReference, List<String> items) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Optional<String> find(String callerReference, @Nullable List<String> items, Instant since) {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean isCompleted(String invalidationId) {
			this.asked++;
			if (this.answer != null) {
				throw this.answer;
			}
			return this.completed;
		}

		@Override
		public Map<String, Boolean> listCompleted(Collection<String> invalidationIds) {
			this.lists++;
			if (this.notListed != null) {
				throw this.notListed;
			}
			return this.listed;
		}

	}

}
