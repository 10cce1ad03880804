package io.github.cftracker.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

import io.github.cftracker.test.CachedObject;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One setup: masters are killed one after the other, and each is a replica again before
 * the next is killed.
 */
final class FailoverRun implements AutoCloseable {

	/**
	 * More than two batches.
	 */
	private static final int AT_LEAST_HELD = 500;

	private static final int MOST_INVALIDATIONS = 5;

	private final List<FailoverRound> rounds = new ArrayList<>();

	private final FailoverSetup setup;

	private final FailoverStage its;

	private final Failover failover;

	private BillCheck bill;

	private FailoverRun(FailoverSetup setup, Path directory) {
		this.setup = setup;
		this.its = new FailoverStage(setup, directory);
		this.failover = new Failover(this.its, setup.lag());
		this.bill = this.its.bill(this.failover.redisDown());
	}

	static FailoverResult of(FailoverSetup setup, Path directory) throws InterruptedException, ExecutionException {
		try (FailoverRun run = new FailoverRun(setup, directory)) {
			run.happen();
			return new FailoverResult(setup, run.rounds, run.its, run.failover.redisDown());
		}
	}

	private void happen() throws InterruptedException, ExecutionException {
		try {
			Wait.until(Duration.ofSeconds(30),
					() -> this.its.stage().cluster().serving().stream().allMatch(Node::isWarm));
			this.its.redis().makeWhole(this.its.key());
			for (int i = 0; i < this.setup.rounds(); i++) {
				for (Phase phase : this.setup.phases()) {
					this.rounds.add(round(phase));
					System.out.printf("%s, round %d: %s%n", this.setup, i + 1, this.rounds.get(this.rounds.size() - 1));
				}
			}
			if (!this.its.viewers().stop()) {
				this.its.stage().problem("Viewers still wait for pages");
			}
		}
		catch (ConditionTimeoutException ex) {
			this.its.stage().problem("Redis did not come back: " + ex);
		}
	}

	private FailoverRound round(Phase phase) throws InterruptedException, ExecutionException {
		expect(Wait.until(Duration.ofSeconds(30), () -> held() > AT_LEAST_HELD), "Viewers do not fill the edge");
		Instant from = Instant.now();
		int viewed = this.its.viewers().requested();
		int failed = this.its.viewers().failed();
		Optional<String> id = this.failover.during(phase);
		long before = id.map(this.its::billed).orElse(0L);
		String state = id.map(this.its.runs()::awaitEnd).orElse("refused");
		Duration endAfter = Duration.between(this.failover.killed(), Instant.now());
		if (phase == Phase.RUN && state.equals("COMPLETED")) {
			expect(this.its.billed(id.orElseThrow()) > before, "No batch was left to be sent after the kill");
		}
		int objects = held();
		boolean completed = state.equals("COMPLETED");
		List<CachedObject> stale = new ArrayList<>(completed ? this.its.awaitStale() : List.of());
		boolean even = completed && stale.isEmpty();
		if (!even) {
			this.its.sayState("Run %s is %s, the master was killed at %s".formatted(id, state, this.failover.killed()));
		}
		List<CachedObject> lost = new ArrayList<>(untracked(stale));
		this.its.redis().makeWhole(this.its.key());
		boolean repeated = this.failover.isRepeated();
		if (!even) {
			makeEven();
		}
		if (!completed) {
			// What the run should have invalidated, another one has, or nobody will
			stale.addAll(this.its.awaitStale());
			lost.addAll(untracked(stale));
		}
		BillCheck earlier = this.bill;
		this.bill = this.its.bill(this.failover.redisDown());
		return new FailoverRound(phase, from, Instant.now(), state, this.failover.masterAfter(), repeated, endAfter,
				objects, describe(stale), describe(lost), this.bill.items() - earlier.items(),
				this.bill.twice().stream().filter((twice) -> !earlier.twice().contains(twice)).toList(),
				this.bill.said() - earlier.said(), this.its.viewers().requested() - viewed,
				this.its.viewers().failed() - failed);
	}

	private List<CachedObject> untracked(List<CachedObject> stale) {
		if (stale.isEmpty()) {
			return List.of();
		}
		Set<String> tracked = this.its.tracked();
		return stale.stream().filter((object) -> !tracked.contains(object.target())).toList();
	}

	private int held() {
		return this.its.stage().cloudFront().cachedObjects().size();
	}

	private void makeEven() {
		String state = "refused";
		for (int i = 0; i < MOST_INVALIDATIONS && !state.equals("COMPLETED"); i++) {
			this.its.stage().content().change();
			state = this.its.stage().operators().invalidate().map(this.its.runs()::awaitEnd).orElse("refused");
		}
		expect(state.equals("COMPLETED"), "The invalidation between rounds is " + state);
	}

	private void expect(boolean condition, String otherwise) {
		if (!condition) {
			this.its.stage().problem(otherwise);
		}
	}

	private static List<String> describe(List<CachedObject> objects) {
		return objects.stream().map(EdgeCheck::describe).toList();
	}

	@Override
	public void close() {
		this.failover.close();
		this.its.close();
	}

}
