package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.State;
import io.github.cftracker.cloudfront.CloudFrontConnection;
import io.github.cftracker.cloudfront.SdkInvalidationClient;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.test.RecordedCall;
import io.github.cftracker.testing.CloudFrontClients;
import io.github.cftracker.testing.Planners;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the calls that a {@link CompletionWatch} makes for a run of 60 batches.
 */
class ListedCompletionTests {

	private static final int BATCHES = 60;

	private static final RunSettings SETTINGS = new RunSettings(1000, Duration.ZERO, Duration.ofSeconds(30),
			Duration.ofMinutes(10), new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)),
			new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(1)), new Quotas(0, 0, 0, 0, 1000),
			Duration.ofMillis(500), PlanSettings.EXACT);

	private Instant now = Instant.parse("2026-11-22T03:00:00Z");

	private final Clock clock = ((InstantSource) () -> this.now).withZone(ZoneOffset.UTC);

	private final LocalCloudFront cloudFront = LocalCloudFront.builder().completesAfter(Duration.ofHours(1)).start();

	private final CloudFrontClient sdk = CloudFrontClients.of(this.cloudFront);

	private final SdkInvalidationClient client = new SdkInvalidationClient(
			CloudFrontConnection.using(() -> this.sdk, "test"), this.cloudFront.distributionId());

	private final HeldRuns runs = new HeldRuns();

	private final RunJournal run = run();

	private final CompletionWatch watch = new CompletionWatch(this.client, this.runs, SETTINGS,
			new FakeRunClock(this.clock, (duration) -> true));

	@AfterEach
	void close() {
		this.sdk.close();
		this.cloudFront.close();
	}

	@Test
	void takesOneCallForAllBatches() {
		tickFor(Duration.ofSeconds(10));
		long polls = calls("ListInvalidations");
		assertThat(polls).isPositive();
		complete();
		assertThat(calls("ListInvalidations")).isEqualTo(polls + 1);
		assertThat(calls("GetInvalidation")).isZero();
	}

	@Test
	void takesOneCallForEachBatchIfListingIsDenied() {
		this.cloudFront.refuse("ListInvalidations", LocalCloudFront.ALWAYS, 403, "AccessDenied", "You may not list");
		complete();
		assertThat(calls("ListInvalidations")).isEqualTo(1);
		assertThat(calls("GetInvalidation")).isEqualTo(BATCHES);
	}

	@Test
	void takesOneCallForEachBatchIfOthersAreNewer() {
		IntStream.range(0, 100).forEach((i) -> this.client.create("other-" + i, List.of("/other")));
		complete();
		assertThat(calls("ListInvalidations")).isEqualTo(1);
		assertThat(calls("GetInvalidation")).isEqualTo(BATCHES);
	}

	private void complete() {
		this.cloudFront.completesAfter(Duration.ZERO);
		tickFor(Duration.ofSeconds(11));
		assertThat(this.run.run().state()).isEqualTo(State.COMPLETED);
	}

	private long calls(String operation) {
		return this.cloudFront.calls().stream().map(RecordedCall::operation).filter(operation::equals).count();
	}

	private void tickFor(Duration duration) {
		Instant end = this.now.plus(duration);
		while (this.now.isBefore(end)) {
			this.now = this.now.plusMillis(100);
			this.watch.tick();
		}
	}

	private RunJournal run() {
		MemoryUrlStore store = new MemoryUrlStore(this.clock);
		MemoryRunLedger ledger = new MemoryRunLedger(store, 50, Duration.ofMinutes(10), PathPatterns.UNKNOWN,
				this.clock);
		ledger.request("R1", InvalidationRequest.ofEverything());
		Lease lease = ledger.acquire();
		RunContext context = new RunContext(ledger, this.client, () -> {
		}, SETTINGS, Planners.exact(store), new RunObserver() {
		});
		RunJournal run = new RunJournal(Objects.requireNonNull(lease.next().run()), lease, context,
				this.now.plus(SETTINGS.giveUpAfter()));
		run.started();
		run.claim(run.run().selection());
		run.claimed(BATCHES, BATCHES);
		for (int i = 1; i <= BATCHES; i++) {
			List<String> items = List.of("/" + i);
			Batch batch = RunState.unsent("cf-tracker-R1-" + i, items);
			run.freeze(batch, items, false);
			run.accepted(batch, this.client.create(batch.callerReference(), items), items);
		}
		run.sent();
		this.runs.add(run);
		return run;
	}

}
