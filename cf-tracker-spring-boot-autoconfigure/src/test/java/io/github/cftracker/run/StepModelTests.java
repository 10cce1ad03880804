package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.github.cftracker.Claim;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.Trigger;
import io.github.cftracker.UrlStore;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.run.RunState.Transition;
import io.github.cftracker.testing.Claims;
import io.github.cftracker.testing.RedisLedgers;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.SharedRedis;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Comparison of a ledger in memory and one in Redis after each of the same random steps.
 * Both may get a step twice.
 */
class StepModelTests {

	@RegisterExtension
	static final SharedRedis redis = new SharedRedis();

	private static final int STEPS = 40;

	static IntStream seeds() {
		return IntStream.rangeClosed(1, Integer.getInteger("steps.seeds", 10));
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void memoryAndRedisHoldSameState(int seed) {
		Random random = new Random(seed);
		RedisKeys keys = new RedisKeys("steps", "seed-" + seed);
		Side memory = memory();
		Side inRedis = new Side(RedisStores.create(redis.own(), keys),
				RedisLedgers.create(redis.own(), keys, Duration.ofMinutes(5), Duration.ofMinutes(10), 50));
		List<Side> sides = List.of(memory, inRedis);
		List<PathLifetime> paths = IntStream.range(0, 30)
			.mapToObj((i) -> new PathLifetime("/%02d".formatted(i), Duration.ofHours(1)))
			.toList();
		sides.forEach((side) -> side.store.track(paths));
		RunState state = begin(sides, random);
		List<String> history = new ArrayList<>();
		for (int i = 0; i < STEPS && !state.isFinal(); i++) {
			if (random.nextInt(8) == 0) {
				String untracked = "/%02d".formatted(random.nextInt(30));
				history.add("untrack " + untracked);
				sides.forEach((side) -> side.store.untrack(List.of(untracked)));
			}
			Transition next = next(state, memory, random);
			Step.OfRun step = Objects.requireNonNull(next.step());
			history.add(step.getClass().getSimpleName() + " " + step.changed());
			memory.lease.apply(step);
			inRedis.lease.apply(step);
			if (random.nextInt(4) == 0) {
				// A client that lost its connection sends a step again
				inRedis.lease.apply(step);
				memory.lease.apply(step);
			}
			state = next.state();
			compare(memory, inRedis, state, "seed %d: %s".formatted(seed, history));
		}
		end(sides, state);
		compare(memory, inRedis, state, "seed %d at the end: %s".formatted(seed, history));
	}

	private static Side memory() {
		MemoryUrlStore store = new MemoryUrlStore(Clock.systemUTC());
		return new Side(store,
				new MemoryRunLedger(store, 50, Duration.ofMinutes(10), PathPatterns.UNKNOWN, Clock.systemUTC()));
	}

	private static RunState begin(List<Side> sides, Random random) {
		Selection selection = random.nextBoolean() ? Selection.ofEverything()
				: new Selection(List.of("/0*", "/15", "/16", "/17"));
		Instant requestedAt = Instant.now();
		sides.forEach(
				(side) -> side.ledger.request("R", new InvalidationRequest(selection, Trigger.API, "someone", null)));
		Run queued = Run.queued("R", selection, Trigger.API, requestedAt).withRequestedBy("someone");
		RunState state = RunState.of(queued);
		for (Side side : sides) {
			Run next = Objects.requireNonNull(side.lease.next().run());
			assertThat(next.id()).isEqualTo("R");
			side.lease.apply(Objects.requireNonNull(state.started().step()));
		}
		state = state.started().state();
		List<String> planned = random.nextBoolean() ? List.of() : List.of("#tag", "/2*");
		for (Side side : sides) {
			side.claim = Claims.claim(side.lease, state.run());
			side.lease.apply(Objects.requireNonNull(state.planned(planned).step()));
		}
		assertThat(sides.get(0).claim.size()).isEqualTo(sides.get(1).claim.size());
		Transition claimed = state.claimed(sides.get(0).claim.size(), sides.get(0).claim.size(), List.of());
		sides.forEach((side) -> side.lease.apply(Objects.requireNonNull(claimed.step())));
		return claimed.state();
	}

	/**
	 * Choose one of the transitions that are possible now.
	 */
	private static Transition next(RunState state, Side memory, Random random) {
		List<Function<RunState, Transition>> possible = new ArrayList<>();
		List<String> left = new TreeSet<>(memory.claim.next(100).stream().map(TrackedPath::path).toList()).stream()
			.limit(1 + random.nextInt(6))
			.toList();
		String reference = "cf-tracker-R-" + (state.originals(false).size() + 1);
		if (!left.isEmpty()) {
			// The paths have the same lifetime, so they are in alphabetical order
			boolean consecutive = random.nextBoolean();
			possible.add((from) -> from.frozen(RunState.unsent(reference, left), left, consecutive));
		}
		else {
			possible.add((from) -> from.frozen(RunState.unsent(reference, List.of("/planned*")), List.of("/planned*"),
					false));
		}
		for (Batch batch : state.in(BatchState.SENDING)) {
			List<String> items = memory.lease.items(state.run()).frozen(batch);
			possible.add((from) -> from.attempted(batch));
			possible.add((from) -> from.refused(batch, "Rate exceeded"));
			possible.add((from) -> from.accepted(batch, "I-" + batch.callerReference(), items));
			possible.add((from) -> from.kept(batch));
			if (items.size() > 1) {
				possible.add((from) -> from.split(batch, items));
			}
			else {
				possible.add((from) -> from.rejected(batch, new RejectedPath(items.get(0), "Bad path")));
			}
			if (CallerReference.renames(batch.callerReference()) < 2) {
				possible.add((from) -> from.renamed(batch, items));
			}
		}
		List<Batch> inProgress = state.in(BatchState.IN_PROGRESS);
		if (!inProgress.isEmpty()) {
			List<Batch> completed = inProgress.subList(random.nextInt(inProgress.size()), inProgress.size());
			possible.add((from) -> from.completed(completed));
		}
		return possible.get(random.nextInt(possible.size())).apply(state);
	}

	private static void end(List<Side> sides, RunState state) {
		RunState last = state;
		for (Batch batch : state.in(BatchState.SENDING)) {
			Transition kept = last.kept(batch);
			sides.forEach((side) -> side.lease.apply(Objects.requireNonNull(kept.step())));
			last = kept.state();
		}
		for (Side side : sides) {
			side.claim.close();
		}
		Transition ended = last.abandoned(List.of());
		sides.forEach((side) -> side.lease.apply(Objects.requireNonNull(ended.step())));
		sides.forEach((side) -> assertThat(side.lease.unfinished()).isEmpty());
		sides.forEach((side) -> assertThat(side.ledger.find("R")).get()
			.satisfies((run) -> assertThat(run.finishedAt()).isNotNull()));
	}

	private static void compare(Side memory, Side inRedis, RunState state, String description) {
		assertThat(known(inRedis)).as(description).isEqualTo(known(memory));
		for (Batch batch : state.run().batches()) {
			assertThat(inRedis.lease.items(state.run()).frozen(batch)).as("%s, items of %s", description, batch)
				.isEqualTo(memory.lease.items(state.run()).frozen(batch));
		}
		assertThat(inRedis.lease.items(state.run()).acceptedCovering()).as(description)
			.isEqualTo(memory.lease.items(state.run()).acceptedCovering());
		assertThat(tracked(inRedis)).as(description).isEqualTo(tracked(memory));
		assertThat(inRedis.ledger.status().billedThisMonth()).as(description)
			.isEqualTo(memory.ledger.status().billedThisMonth());
		assertThat(inRedis.lease.unfinished()).as(description).hasSameSizeAs(memory.lease.unfinished());
	}

	/**
	 * Return the run as a ledger has it, without times, which differ between ledgers.
	 */
	private static Run known(Side side) {
		Run run = side.ledger.find("R").orElseThrow();
		return new Run(run.id(), run.state(), Instant.EPOCH, null, run.selection(), run.trigger(), run.requestedBy(),
				run.paths(), run.items(), run.wildcards(), run.batches(), run.rejected(), run.possiblyBilledTwice(),
				run.error(), run.findings());
	}

	private static Set<String> tracked(Side side) {
		Set<String> tracked = new HashSet<>();
		side.store.forEach((path) -> tracked.add(path.path()));
		return tracked;
	}

	/**
	 * Store with its ledger and the lease of its only node.
	 */
	private static final class Side {

		private final UrlStore store;

		private final RunLedger ledger;

		private final Lease lease;

		private Claim claim;

		Side(UrlStore store, RunLedger ledger) {
			this.store = store;
			this.ledger = ledger;
			this.lease = Objects.requireNonNull(ledger.acquire());
		}

	}

}
