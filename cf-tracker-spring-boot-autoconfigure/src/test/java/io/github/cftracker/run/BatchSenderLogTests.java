package io.github.cftracker.run;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.State;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.run.BatchSender.Outcome;
import io.github.cftracker.run.InvalidationException.Kind;
import io.github.cftracker.testing.Planners;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Log lines of a batch. Time passes only while the sender waits.
 */
class BatchSenderLogTests {

	private static final List<String> ITEMS = List.of("/a");

	private static final RunSettings SETTINGS = new RunSettings(1000, Duration.ZERO, Duration.ofSeconds(30),
			Duration.ofMinutes(10), new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)),
			new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(1)), new Quotas(0, 0, 0, 0, 1000),
			Duration.ofMillis(500), PlanSettings.EXACT);

	private final LoggedEvents log = new LoggedEvents();

	private final Queue<InvalidationException> answers = new ArrayDeque<>();

	private final AtomicInteger unsafe = new AtomicInteger();

	private final ScriptedClient client = new ScriptedClient();

	private Instant now = Instant.parse("2026-11-22T03:00:00Z");

	private final Clock clock = ((InstantSource) () -> this.now).withZone(ZoneOffset.UTC);

	private final MemoryUrlStore store = new MemoryUrlStore(this.clock);

	private final MemoryRunLedger ledger = new MemoryRunLedger(this.store, 50, Duration.ofMinutes(10),
			PathPatterns.UNKNOWN, this.clock);

	private final RunContext context = new RunContext(this.ledger, this.client, () -> {
	}, SETTINGS, Planners.exact(this.store), new RunLog());

	private final Lease lease = lease();

	private final RunJournal run = run();

	private final Batch batch = RunState.unsent("cf-tracker-1", ITEMS);

	@AfterEach
	void close() {
		this.log.close();
	}

	@Test
	void logsEachRetryAsOneWarning() {
		this.answers.add(busy());
		this.answers.add(new InvalidationException("Rate exceeded.", Kind.TEMPORARY, null));
		this.answers.add(busy());
		assertThat(send()).isEqualTo(Outcome.SETTLED);
		assertThat(this.log.at(Level.ERROR)).isEmpty();
		assertThat(this.log.at(Level.WARN)).satisfiesExactly((line) -> assertThat(line).matches(
				"CloudFront did not accept batch cf-tracker-1 of run R1 \\(attempt 1\\): Busy\\. Retrying in PT\\S+"),
				(line) -> assertThat(line)
					.matches("CloudFront did not accept batch cf-tracker-1 of run R1 \\(attempt 2\\): "
							+ "Rate exceeded\\. Retrying in PT\\S+"),
				(line) -> assertThat(line).contains("(attempt 3): Busy. Retrying in PT"));
		assertThat(this.log.at(Level.INFO)).containsExactly("Invalidating CloudFront... (1 paths)", "Success! 201",
				"CloudFront accepted batch cf-tracker-1 of run R1 (attempt 4)");
	}

	@Test
	void logsNothingElseIfFirstAttemptIsAccepted() {
		assertThat(send()).isEqualTo(Outcome.SETTLED);
		assertThat(this.log.at(Level.INFO)).containsExactly("Invalidating CloudFront... (1 paths)", "Success! 201");
		assertThat(this.log.at(Level.WARN)).isEmpty();
	}

	@Test
	void logsOneErrorWhenTheBatchIsGivenUp() {
		this.client.before = (reference) -> {
			throw busy();
		};
		assertThat(send()).isEqualTo(Outcome.ENDED);
		this.run.sent();
		int attempts = this.run.state().current(this.batch).attempts();
		assertThat(attempts).isGreaterThan(5);
		assertThat(this.log.at(Level.WARN)).hasSize(attempts - 1)
			.allMatch((line) -> line.startsWith("CloudFront did not accept batch cf-tracker-1 of run R1"));
		assertThat(this.log.at(Level.ERROR)).containsExactly(
				"Run R1 (api) failed: gave up batch cf-tracker-1 after PT10M (attempt %d): Busy".formatted(attempts));
		assertThat(this.run.run().state()).isEqualTo(State.FAILED);
	}

	@Test
	void logsOneErrorWithTheHintWhenPermissionIsMissing() {
		this.answers.add(new InvalidationException("Not authorized", Kind.REFUSED,
				"Grant 'cloudfront:CreateInvalidation' on distribution 'E123'", null));
		assertThat(send()).isEqualTo(Outcome.ENDED);
		this.run.sent();
		assertThat(this.log.at(Level.WARN)).isEmpty();
		assertThat(this.log.at(Level.ERROR))
			.containsExactly("Run R1 (api) failed: batch cf-tracker-1 was not accepted (attempt 1): Not authorized. "
					+ "Grant 'cloudfront:CreateInvalidation' on distribution 'E123'");
	}

	@Test
	void logsOneErrorForLatePathsOfFinishedRun() {
		assertThat(send()).isEqualTo(Outcome.SETTLED);
		this.run.completed(List.of(this.batch));
		this.run.sent();
		Batch late = RunState.unsent("cf-tracker-1-late-1", ITEMS);
		this.answers.add(new InvalidationException("Not authorized", Kind.REFUSED, null, null));
		assertThat(send(late)).isEqualTo(Outcome.ENDED);
		assertThat(this.log.at(Level.ERROR)).containsExactly("Late paths of run R1 (api) were not invalidated: "
				+ "batch cf-tracker-1-late-1 was not accepted (attempt 1): Not authorized");
	}

	@Test
	void logsNeitherControlCharactersNorFurtherLines() {
		this.answers
			.add(new InvalidationException("a\u001b[31mb\u2028c\nx-amz-security-token:secret", Kind.BUSY, null));
		this.answers.add(new InvalidationException("x".repeat(10_000), Kind.BUSY, null));
		assertThat(send()).isEqualTo(Outcome.SETTLED);
		assertThat(this.log.at(Level.WARN)).satisfiesExactly(
				(line) -> assertThat(line).contains(": a [31mb c. Retrying in "),
				(line) -> assertThat(line).hasSizeLessThan(1200));
	}

	@Test
	void logsWaitForReplicasAndItsEnd() {
		this.unsafe.set(3);
		assertThat(send()).isEqualTo(Outcome.SETTLED);
		assertThat(this.log.at(Level.WARN)).containsExactly("Batch cf-tracker-1 of run R1 is waiting: "
				+ "Fewer replicas than 'cf.tracker.redis.wait-replicas' have stored the batch");
		assertThat(this.log.at(Level.INFO))
			.contains("Batch cf-tracker-1 of run R1 is stored on enough replicas. Sending it");
	}

	@Test
	void logsARejectedPathOnce() {
		this.answers.add(new InvalidationException("Bad path", Kind.ITEMS, null));
		assertThat(send()).isEqualTo(Outcome.SETTLED);
		assertThat(this.log.at(Level.WARN))
			.containsExactly("Not invalidated: '/a' was rejected by CloudFront: Bad path");
		assertThat(this.log.at(Level.ERROR)).isEmpty();
	}

	private Outcome send() {
		return send(this.batch);
	}

	private Outcome send(Batch batch) {
		RunClock clock = new FakeRunClock(this.clock, (duration) -> {
			this.now = this.now.plus(duration);
			return true;
		});
		BatchSender sender = new BatchSender(this.context, this.lease,
				new QuotaRateLimiter(this.lease, SETTINGS.quotas(), new HeldRuns(), clock, new RunObserver() {
				}), clock);
		this.run.freeze(batch, ITEMS, false);
		Outcome outcome = sender.send(this.run, batch, ITEMS);
		while (outcome == Outcome.LATER) {
			while (!sender.isDue(this.run, batch)) {
				this.now = this.now.plusMillis(100);
			}
			outcome = sender.send(this.run, batch, ITEMS);
		}
		return outcome;
	}

	private Lease lease() {
		this.client.before = (reference) -> {
			InvalidationException answer = this.answers.poll();
			if (answer != null) {
				throw answer;
			}
		};
		this.ledger.request("R1", InvalidationRequest.ofEverything());
		Lease lease = this.ledger.acquire();
		return (Lease) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Lease.class },
				(proxy, method, args) -> {
					boolean isUnsafe = method.getName().equals("isSafe") && this.unsafe.getAndDecrement() > 0;
					return isUnsafe ? false : method.invoke(lease, args);
				});
	}

	private RunJournal run() {
		Run queued = Objects.requireNonNull(this.lease.next().run());
		RunJournal run = new RunJournal(queued, this.lease, this.context, this.now.plus(SETTINGS.giveUpAfter()));
		run.started();
		run.claim(queued.selection());
		run.claimed(1, 1);
		return run;
	}

	private static InvalidationException busy() {
		return new InvalidationException("Busy", Kind.BUSY, null);
	}

}
