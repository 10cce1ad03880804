package io.github.cftracker.benchmarks.million;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.benchmarks.measure.Application;
import io.github.cftracker.redis.LedgerSettings;
import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.redis.RedisRunLedger;
import io.github.cftracker.redis.TrackerRedisConnection;
import io.github.cftracker.run.Lease;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.run.Step;

/**
 * Runs of 1,000 batches, as many as the ledger keeps.
 */
final class FinishedRuns {

	private static final int RUNS = 50;

	private static final int BATCHES = 1000;

	private FinishedRuns() {
	}

	/**
	 * Write the runs under keys that no application uses.
	 * @param redis the connection
	 * @return the ledger that has them
	 */
	static RunLedger write(TrackerRedisConnection redis) {
		RunLedger ledger = new RedisRunLedger(redis, new RedisKeys("finished-runs", Application.DISTRIBUTION_ID),
				new LedgerSettings(Duration.ofMinutes(1), Duration.ofMinutes(10), RUNS, 0), PathPatterns.UNKNOWN,
				Clock.systemUTC());
		Lease lease = Objects.requireNonNull(ledger.acquire());
		List<Batch> batches = IntStream.range(0, BATCHES)
			.mapToObj((i) -> Batch.unsent("cf-tracker-benchmark-" + i, 1000, 0)
				.withInvalidationId("I2J3K4L5M6N7O8P9Q0R1S2T3U4")
				.withState(BatchState.COMPLETED))
			.toList();
		for (int i = 0; i < RUNS; i++) {
			Run run = ledger.request(UUID.randomUUID().toString(), InvalidationRequest.ofPaths("/" + i))
				.orElseThrow()
				.withBatches(batches)
				.withState(Run.State.COMPLETED);
			lease.apply(new Step.Start(run));
			lease.apply(new Step.Save(run, batches));
			lease.apply(new Step.Finish(run));
		}
		lease.release();
		return ledger;
	}

}
