package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.memory.MemoryUrlStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Time passes only while the rate limiter waits.
 */
class QuotaRateLimiterTests {

	private Instant now = Instant.parse("2026-11-22T03:00:00Z");

	private final Clock clock = ((InstantSource) () -> this.now).withZone(ZoneOffset.UTC);

	private final Lease lease = new MemoryRunLedger(new MemoryUrlStore(this.clock), 50, Duration.ofMinutes(10),
			PathPatterns.UNKNOWN, this.clock)
		.acquire();

	private final List<Batch> inProgress = new ArrayList<>();

	private final HeldRuns runs = new HeldRuns() {

		@Override
		Collection<Batch> inProgress() {
			return QuotaRateLimiterTests.this.inProgress;
		}

	};

	@Test
	void allowsHundredCallsAtOnce() {
		QuotaRateLimiter rateLimiter = rateLimiter(new Quotas(0, 0, 0, 0, 0.5));
		assertThat(waitFor(() -> send(rateLimiter, 100, batch(1, 0)))).isZero();
		assertThat(waitFor(() -> send(rateLimiter, 3, batch(1, 0)))).isEqualTo(Duration.ofSeconds(6));
	}

	@Test
	void allowsUnusedCallsLater() {
		QuotaRateLimiter rateLimiter = rateLimiter(new Quotas(0, 0, 0, 0, 0.5));
		send(rateLimiter, 100, batch(1, 0));
		this.now = this.now.plusSeconds(20);
		assertThat(waitFor(() -> send(rateLimiter, 10, batch(1, 0)))).isZero();
		assertThat(waitFor(() -> send(rateLimiter, 1, batch(1, 0)))).isPositive();
	}

	@Test
	void batchWaitsForTimeOfEarlierItems() {
		QuotaRateLimiter rateLimiter = rateLimiter(new Quotas(150, 1, 0, 0, 1000));
		assertThat(waitFor(() -> send(rateLimiter, 3, batch(600, 0)))).isEqualTo(Duration.ofSeconds(8));
		assertThat(waitFor(() -> send(rateLimiter, 1, batch(10, 10)))).as("wildcards have a quota of their own")
			.isZero();
		assertThat(waitFor(() -> send(rateLimiter, 1, batch(1, 1)))).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void itemsInProgressHoldUpBatchAboveQuota() {
		QuotaRateLimiter rateLimiter = rateLimiter(new Quotas(0, 0, 3000, 15, 1000));
		this.inProgress.addAll(List.of(batch(1500, 0), batch(1500, 0)));
		assertThat(waitFor(() -> send(rateLimiter, 1, batch(15, 15)))).as("counts only exact paths").isZero();
		assertThat(waitFor(() -> send(rateLimiter, 1, batch(1, 0)))).as("until one is completed").isPositive();
		assertThat(this.inProgress).hasSize(1);
	}

	@Test
	void sendsBatchAboveQuotaAlone() {
		QuotaRateLimiter rateLimiter = rateLimiter(new Quotas(0, 0, 100, 1, 1000));
		assertThat(waitFor(() -> send(rateLimiter, 1, batch(200, 0)))).isZero();
	}

	@Test
	void doesNotSendIfNodeHasToLeave() {
		QuotaRateLimiter rateLimiter = new QuotaRateLimiter(this.lease, new Quotas(1, 1, 0, 0, 1000), this.runs,
				new FakeRunClock(() -> this.now, (duration) -> false), new RunObserver() {
				});
		assertThat(rateLimiter.await(batch(10, 0), Instant.MAX)).isTrue();
		rateLimiter.sent(batch(10, 0));
		assertThat(rateLimiter.await(batch(10, 0), Instant.MAX)).isFalse();
	}

	@Test
	void endsTheWaitAtTheDeadline() {
		QuotaRateLimiter rateLimiter = new QuotaRateLimiter(this.lease, new Quotas(0, 0, 3000, 15, 1000), this.runs,
				new FakeRunClock(() -> this.now, (duration) -> {
					this.now = this.now.plus(duration);
					return true;
				}), new RunObserver() {
				});
		this.inProgress.add(batch(3000, 0));
		Instant deadline = this.now.plusSeconds(90);
		assertThat(rateLimiter.await(batch(10, 0), deadline)).isFalse();
		assertThat(this.now).isBetween(deadline, deadline.plusSeconds(1));
	}

	@Test
	void doesNotWaitAfterClockIsSetBack() {
		QuotaRateLimiter rateLimiter = rateLimiter(new Quotas(150, 1, 0, 0, 0.5));
		send(rateLimiter, 100, batch(10, 1));
		this.now = this.now.minusSeconds(600);
		assertThat(waitFor(() -> send(rateLimiter, 1, batch(10, 1)))).isZero();
	}

	private QuotaRateLimiter rateLimiter(Quotas quotas) {
		return new QuotaRateLimiter(this.lease, quotas, this.runs, new FakeRunClock(() -> this.now, (duration) -> {
			this.now = this.now.plus(duration);
			if (!this.inProgress.isEmpty()) {
				this.inProgress.remove(0);
			}
			return true;
		}), new RunObserver() {
		});
	}

	private static void send(QuotaRateLimiter rateLimiter, int times, Batch batch) {
		IntStream.range(0, times).forEach((i) -> {
			assertThat(rateLimiter.await(batch, Instant.MAX)).isTrue();
			rateLimiter.sent(batch);
		});
	}

	private Duration waitFor(Runnable action) {
		Instant before = this.now;
		action.run();
		return Duration.between(before, this.now);
	}

	private static Batch batch(int items, int wildcards) {
		List<String> all = IntStream.range(0, items).mapToObj((i) -> "/" + i + ((i < wildcards) ? "*" : "")).toList();
		return RunState.unsent("reference", all);
	}

}
