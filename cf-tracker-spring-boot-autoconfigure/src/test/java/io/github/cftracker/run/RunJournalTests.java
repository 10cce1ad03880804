package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.testing.Planners;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunJournalTests {

	private final List<Run> finished = new ArrayList<>();

	@Test
	void reportsEndOfAbandonedRunWithBatchInProgress() {
		RunJournal run = run();
		Batch batch = RunState.unsent("cf-tracker-R1-1", List.of("/a"));
		run.freeze(batch, List.of("/a"), false);
		run.accepted(batch, "I1", List.of("/a"));
		run.failed("The claim could not be read");
		run.abandoned();
		assertThat(run.isFinished()).isTrue();
		assertThat(this.finished).singleElement()
			.satisfies((ended) -> assertThat(ended.error()).isEqualTo("The claim could not be read"));
	}

	@Test
	void reportsEndOnce() {
		RunJournal run = run();
		run.sent();
		run.nothingInProgress();
		assertThat(this.finished).hasSize(1);
	}

	private RunJournal run() {
		MemoryUrlStore store = new MemoryUrlStore(Clock.systemUTC());
		MemoryRunLedger ledger = new MemoryRunLedger(store, 50, Duration.ofMinutes(10), PathPatterns.UNKNOWN,
				Clock.systemUTC());
		ledger.request("R1", InvalidationRequest.ofEverything());
		Lease lease = Objects.requireNonNull(ledger.acquire());
		Run queued = Objects.requireNonNull(lease.next().run());
		Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
		RunContext context = new RunContext(ledger, new ScriptedClient(), () -> {
		}, new RunSettings(1000, Duration.ZERO, Duration.ofSeconds(30), Duration.ofHours(6), backoff, backoff,
				new Quotas(150, 1, 3000, 15, 10), Duration.ofMillis(500), PlanSettings.EXACT), Planners.exact(store),
				new RunObserver() {

					@Override
					public void finished(Run run) {
						RunJournalTests.this.finished.add(run);
					}

				});
		RunJournal run = new RunJournal(queued, lease, context, Instant.MAX);
		run.started();
		run.claim(queued.selection());
		run.claimed(1, 1);
		return run;
	}

}
