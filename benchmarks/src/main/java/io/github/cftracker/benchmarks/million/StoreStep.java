package io.github.cftracker.benchmarks.million;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.github.cftracker.Claim;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.UrlStore;
import io.github.cftracker.benchmarks.measure.RedisProbe;
import io.github.cftracker.benchmarks.measure.TrackedPaths;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.testing.TestRedis;

/**
 * Something that the store does to all paths, or to runs.
 *
 * @param beside what others wait for meanwhile
 * @param found how many paths or runs there were
 * @param redisMicros the time that Redis spent on it
 */
record StoreStep(Beside beside, long found, long redisMicros) {

	private static final List<String> COMMANDS = List.of("evalsha", "zscan", "hmget");

	/**
	 * Counts, reads, claims and gives back, and lists runs.
	 */
	static List<StoreStep> all(TrackedPaths paths, TestRedis redis, RedisProbe probe, int count) throws IOException {
		UrlStore store = paths.store();
		RunLedger runs = FinishedRuns.write(paths.redis());
		List<StoreStep> steps = new ArrayList<>();
		AtomicLong found = new AtomicLong();
		Claim[] claim = new Claim[1];
		steps.add(of("count", redis, probe, found, () -> found.set(store.count())));
		steps.add(of("read all tracked paths", redis, probe, found,
				() -> store.forEach((path) -> found.incrementAndGet())));
		steps.add(of("list 100 of a category", redis, probe, found,
				() -> found.set(store.scan("/shop/category-123/", 100).size())));
		steps.add(of("claim all", redis, probe, found, () -> {
			claim[0] = store.claim("benchmark", InvalidationRequest.ofEverything().selection());
			found.set(claim[0].size());
		}));
		steps.add(of("read all claimed paths", redis, probe, found,
				() -> claim[0].forEach((path) -> found.incrementAndGet())));
		steps.add(of("give all back", redis, probe, found, () -> {
			claim[0].close();
			found.set(store.count());
		}));
		// The first call loads the script with EVAL, which is not counted
		runs.list(0);
		StoreStep list = of("list 50 runs of 1,000 batches", redis, probe, found,
				() -> found.set(runs.list(Integer.MAX_VALUE).runs().size()));
		// The commands of a script are also counted on their own
		steps.add(new StoreStep(list.beside, list.found, probe.micros("evalsha")));
		if (steps.stream().anyMatch((step) -> step.found != count && !step.beside.what().startsWith("list"))) {
			throw new IllegalStateException("Expected %d paths, but found: %s".formatted(count, steps));
		}
		return steps;
	}

	private static StoreStep of(String what, TestRedis redis, RedisProbe probe, AtomicLong found, Runnable action)
			throws IOException {
		found.set(0);
		probe.commands().configResetstat();
		Beside beside = Beside.during(what, redis, probe, action);
		return new StoreStep(beside, found.get(), COMMANDS.stream().mapToLong(probe::micros).sum());
	}

}
