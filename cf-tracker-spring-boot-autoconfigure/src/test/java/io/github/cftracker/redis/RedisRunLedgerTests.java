package io.github.cftracker.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.cftracker.Claim;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.Run.State;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.Trigger;
import io.github.cftracker.run.FollowUp;
import io.github.cftracker.run.BatchLimit;
import io.github.cftracker.run.Lease;
import io.github.cftracker.run.Lease.Usage;
import io.github.cftracker.run.LeaseLostException;
import io.github.cftracker.testing.SharedRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RedisRunLedgerTests {

	@RegisterExtension
	static final SharedRedis redis = new SharedRedis();

	private final RedisKeys keys = new RedisKeys("test", UUID.randomUUID().toString());

	private final RedisUrlStore store = new RedisUrlStore(redis.template(), this.keys, Duration.ofSeconds(30));

	private final RedisRunLedger ledger = ledger(Duration.ofSeconds(30));

	@Test
	void onlyOneNodeHasTheLease() {
		assertThat(this.ledger.acquire()).isNotNull();
		assertThat(ledger(Duration.ofSeconds(30)).acquire()).isNull();
	}

	@Test
	void aReleasedLeaseIsFreeAtOnce() {
		this.ledger.acquire().release();
		assertThat(ledger(Duration.ofSeconds(30)).acquire()).isNotNull();
	}

	@Test
	void whoeverLostTheLeaseCannotWrite() {
		RedisRunLedger sleepy = ledger(Duration.ofMillis(50));
		Lease lost = sleepy.acquire();
		Run run = started(lost, Selection.ofEverything());
		track("/a", "/b");
		Claim claim = lost.claim(run);
		Lease successor = Awaitility.await().until(this.ledger::acquire, (lease) -> lease != null);
		List<Runnable> writes = List.of(lost::renew, lost::release, lost::reopen, () -> lost.start(run),
				() -> lost.save(run), () -> lost.claim(run), () -> freeze(lost, run, "ref", List.of("/a")),
				() -> lost.finish(run), () -> lost.claimLate(run, List.of("/a")), lost::followUps,
				() -> lost.use(List.of(new Usage("calls", Duration.ofSeconds(1), Duration.ZERO))),
				() -> lost.refusal("no"), () -> claim.next(1), () -> claim.forget(List.of("/a")),
				() -> claim.giveBack(List.of("/a")), claim::close);
		assertThat(writes)
			.allSatisfy((write) -> assertThatExceptionOfType(LeaseLostException.class).isThrownBy(write::run));
		assertThat(successor.claim(run).next(10)).extracting(TrackedPath::path).containsExactlyInAnyOrder("/a", "/b");
		assertThat(successor.unfinished()).extracting(Run::id).containsExactly(run.id());
		assertThat(this.ledger.refusal()).isNull();
	}

	@Test
	void aLeaseThatNobodyTookMayBeRenewedLate() {
		RedisRunLedger sleepy = ledger(Duration.ofMillis(50));
		Lease lease = sleepy.acquire();
		Awaitility.await().pollDelay(Duration.ofMillis(200)).until(() -> true);
		lease.renew();
		started(lease, Selection.ofEverything());
		assertThat(lease.unfinished()).hasSize(1);
	}

	@Test
	void theSameNodeMayTakeItsLeaseAgainAndInvalidatesTheOldOne() {
		Lease old = this.ledger.acquire();
		assertThat(this.ledger.acquire()).isNotNull();
		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(old::renew);
	}

	@Test
	void aRunIsReadAsItWasWritten() {
		Lease lease = this.ledger.acquire();
		Run requested = started(lease, new Selection(List.of("/a", "/b/*")));
		Batch first = new Batch("ref-1", null, BatchState.SENDING, 2, 1, 3, 1, "Rate exceeded\nreally");
		Batch second = new Batch("ref-2", "I2J3", BatchState.IN_PROGRESS, 10, 0, 1, 0, null);
		Run run = new Run(requested.id(), State.SENDING, requested.requestedAt(), null, requested.selection(),
				requested.trigger(), requested.requestedBy(), 7L, 8L, 1L, List.of(first, second),
				List.of(new RejectedPath("/x y", "has a ' '"), new RejectedPath("/~", "has a\n'~'")), 0, "No\nmore");
		lease.save(run, second);
		lease.save(run, first);
		assertThat(this.ledger.find(run.id())).contains(run);
		assertThat(this.ledger.latest()).singleElement().satisfies((listed) -> {
			assertThat(listed.batches()).isEmpty();
			assertThat(listed.rejected()).hasSize(2);
			assertThat(listed.error()).isEqualTo("No\nmore");
		});
		Run finished = lease.finish(new Run(run.id(), State.FAILED, run.requestedAt(), null, run.selection(),
				run.trigger(), run.requestedBy(), 7L, 8L, 1L, run.batches(), run.rejected(), 5, "No\nmore"));
		assertThat(finished.state()).isEqualTo(State.FAILED);
		assertThat(finished.finishedAt()).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
	}

	@Test
	void claimsOnceHoweverOftenItIsAsked() {
		Lease lease = this.ledger.acquire();
		Run run = started(lease, Selection.ofEverything());
		track("/a", "/b");
		assertThat(lease.claim(run).size()).isEqualTo(2);
		track("/c");
		assertThat(lease.claim(run).size()).isEqualTo(2);
		assertThat(tracked()).containsExactly("/c");
	}

	@Test
	void aFrozenBatchKeepsItsOrderAndItsLifetimes() {
		Lease lease = this.ledger.acquire();
		Run run = started(lease, Selection.ofEverything());
		this.store.track(List.of(new PathLifetime("/b", Duration.ofHours(1)),
				new PathLifetime("/a", Duration.ofHours(2)), new PathLifetime("/c", PathLifetime.FOREVER)));
		Instant expiry = expiry("/a");
		lease.claim(run);
		Batch batch = freeze(lease, run, "ref", List.of("/c", "/a", "/b", "/never-tracked"));
		List<String> items = lease.items(run, batch);
		assertThat(items).containsExactly("/never-tracked", "/b", "/a", "/c");
		lease.giveBack(with(run, batch), batch);
		assertThat(tracked()).containsExactlyInAnyOrder("/a", "/b", "/c");
		assertThat(expiry("/a")).isEqualTo(expiry);
		assertThat(lease.items(run, batch)).isEmpty();
	}

	@Test
	void givingBackNeverShortensALifetime() {
		Lease lease = this.ledger.acquire();
		Run run = started(lease, Selection.ofEverything());
		track("/frozen", "/claimed", "/returned");
		lease.claim(run);
		Batch batch = freeze(lease, run, "ref", List.of("/frozen"));
		List<String> all = List.of("/frozen", "/claimed", "/returned");
		this.store.track(all.stream().map((path) -> new PathLifetime(path, Duration.ofHours(5))).toList());
		lease.giveBack(with(run, batch), batch);
		lease.claim(run).giveBack(List.of("/returned"));
		lease.claim(run).close();
		assertThat(all).allSatisfy((path) -> assertThat(expiry(path)).isAfter(Instant.now().plus(Duration.ofHours(4))));
	}

	@Test
	void theHalvesOfABatchAreItsBeginningAndItsEnd() {
		Lease lease = this.ledger.acquire();
		Run run = started(lease, Selection.ofEverything());
		track("/a", "/b", "/c", "/d", "/e");
		lease.claim(run);
		Batch parent = freeze(lease, run, "ref", List.of("/a", "/b", "/c", "/d", "/e"));
		List<String> items = lease.items(run, parent);
		this.store.untrack(List.of(items.get(0), items.get(4)));
		Batch first = batch("ref.0", 2);
		Batch second = batch("ref.1", 3);
		lease.split(with(run, parent, first, second), parent, first, second);
		assertThat(lease.items(run, first)).isEqualTo(items.subList(0, 2));
		assertThat(lease.items(run, second)).isEqualTo(items.subList(2, 5));
		Batch renamed = batch("ref.1.r", 3);
		lease.rename(with(run, second, renamed), second, renamed, 3);
		assertThat(lease.items(run, renamed)).isEqualTo(items.subList(2, 5));
		lease.giveBack(with(run, first), first);
		lease.giveBack(with(run, renamed), renamed);
		// What was untracked while it was frozen stays so
		assertThat(tracked()).containsExactlyInAnyOrderElementsOf(items.subList(1, 4));
	}

	@Test
	void whatARunHasFrozenIsNeverTakenForAbandoned() {
		Lease lease = this.ledger.acquire();
		Run run = started(lease, Selection.ofEverything());
		track("/a", "/b");
		lease.claim(run);
		freeze(lease, run, "ref", List.of("/a"));
		RedisUrlStore impatient = new RedisUrlStore(redis.template(), this.keys, Duration.ZERO);
		impatient.removeExpired();
		assertThat(tracked()).isEmpty();
	}

	@Test
	void aRequestForEverythingJoinsOneThatWaitsAndNoOther() {
		Run selected = request(new Selection(List.of("/a")));
		Run everything = request(Selection.ofEverything());
		assertThat(request(Selection.ofEverything()).id()).isEqualTo(everything.id());
		assertThat(request(new Selection(List.of("/a"))).id()).isNotEqualTo(selected.id());
		Lease lease = this.ledger.acquire();
		assertThat(lease.nextWaiting()).contains(selected);
		lease.start(everything);
		assertThat(request(Selection.ofEverything()).id()).isNotEqualTo(everything.id());
	}

	@Test
	void aHundredRunsMayWait() {
		IntStream.range(0, 100).forEach((i) -> request(new Selection(List.of("/" + i))));
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> request(Selection.ofEverything()))
			.withMessage("100 runs are already queued");
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> this.ledger.requestOnce("id", "name", Duration.ofHours(1)));
		this.ledger.acquire().start(this.ledger.latest().get(99));
		assertThat(this.ledger.requestOnce("id", "name", Duration.ofHours(1))).isPresent();
		assertThat(this.ledger.requestOnce("other", "name", Duration.ofHours(1))).isEmpty();
	}

	@Test
	void forgetsTheOldestFinishedRuns() {
		Lease lease = this.ledger.acquire();
		Run unfinished = started(lease, new Selection(List.of("/unfinished")));
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			Run run = started(lease, new Selection(List.of("/" + i)));
			lease.finish(new Run(run.id(), State.FAILED, run.requestedAt(), null, run.selection(), run.trigger(),
					run.requestedBy(), null, null, null, List.of(), List.of(), 0, "no"));
			ids.add(0, run.id());
		}
		assertThat(this.ledger.latest()).extracting(Run::id)
			.startsWith(ids.subList(0, 4).toArray(String[]::new))
			.contains(unfinished.id())
			.hasSize(5);
		assertThat(this.ledger.find(ids.get(7))).isEmpty();
		assertThat(redis.template().hasKey(this.keys.run(ids.get(7)))).isFalse();
	}

	@Test
	void whatBeganBeforeTheClaimAndIsRecordedAfterwardsIsLate() {
		Lease lease = this.ledger.acquire();
		Run run = started(lease, Selection.ofEverything());
		record("/before", Duration.ofMinutes(1));
		lease.claim(run).close();
		record("/late", Duration.ofMinutes(1));
		record("/new", Duration.ZERO);
		this.store.untrack(List.of("/before"));
		assertThat(lease.followUps()).singleElement().satisfies((followUp) -> {
			assertThat(followUp.run().id()).isEqualTo(run.id());
			assertThat(followUp.paths()).containsExactly("/late");
		});
		assertThat(lease.claimLate(run, List.of("/late")).next(10)).extracting(TrackedPath::path)
			.containsExactly("/late");
		assertThat(lease.followUps()).isEmpty();
		assertThat(tracked()).containsExactly("/new");
	}

	@Test
	void lateIsOnlyWhatIsStillTracked() {
		Lease lease = this.ledger.acquire();
		Run run = started(lease, Selection.ofEverything());
		lease.claim(run).close();
		record("/gone", Duration.ofMinutes(1));
		this.store.untrack(List.of("/gone"));
		List<FollowUp> followUps = lease.followUps();
		assertThat(lease.claimLate(run, followUps.get(0).paths()).size()).isZero();
	}

	@Test
	void whatTheNextRunClaimsIsNotLateAnyMore() {
		Lease lease = this.ledger.acquire();
		lease.claim(started(lease, Selection.ofEverything())).close();
		record("/late", Duration.ofMinutes(1));
		assertThat(lease.claim(started(lease, Selection.ofEverything())).size()).isEqualTo(1);
		assertThat(lease.followUps()).isEmpty();
	}

	@Test
	void nothingIsLateWithoutAWindow() {
		RedisRunLedger ledger = new RedisRunLedger(redis.template(), this.keys, Duration.ofSeconds(30), Duration.ZERO,
				5);
		Lease lease = ledger.acquire();
		lease.claim(started(lease, Selection.ofEverything())).close();
		record("/late", Duration.ofMinutes(1));
		assertThat(lease.followUps()).isEmpty();
	}

	@Test
	void aResourceIsFreeWhenItsUseIsOver() {
		Lease lease = this.ledger.acquire();
		assertThat(untilFree(lease, "items")).isZero();
		lease.use(List.of(new Usage("items", Duration.ofSeconds(10), Duration.ZERO)));
		lease.use(List.of(new Usage("items", Duration.ofSeconds(10), Duration.ZERO)));
		lease.use(List.of(new Usage("calls", Duration.ofSeconds(10), Duration.ofSeconds(20))));
		assertThat(untilFree(lease, "items", "calls")).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(20));
		assertThat(untilFree(lease, "calls")).isZero();
		lease.use(List.of(new Usage("calls", Duration.ofSeconds(10), Duration.ofSeconds(20)),
				new Usage("calls", Duration.ofSeconds(10), Duration.ofSeconds(20))));
		assertThat(untilFree(lease, "calls")).isPositive();
	}

	@Test
	void aResourceIsFreeWhenTheClockWasSetBack() {
		Lease lease = this.ledger.acquire();
		lease.use(List.of(new Usage("items", Duration.ofSeconds(10), Duration.ZERO)));
		String pace = this.keys.pace();
		Object until = redis.template().opsForHash().get(pace, "items");
		redis.template().opsForHash().put(pace, "items:at", until);
		assertThat(untilFree(lease, "items")).as("it was used in the future").isZero();
		redis.template().opsForHash().put(pace, "items", Long.toString(System.currentTimeMillis() + 600_000));
		assertThat(untilFree(lease, "items")).as("longer than it can be in use").isZero();
	}

	@Test
	void aLeaseIsOverWhenTheClockWasSetBack() {
		assertThat(this.ledger.acquire()).isNotNull();
		RedisRunLedger other = ledger(Duration.ofSeconds(30));
		assertThat(other.acquire()).isNull();
		redis.template()
			.opsForHash()
			.put(this.keys.lease(), "until", Long.toString(System.currentTimeMillis() + 600_000));
		assertThat(other.acquire()).isNotNull();
	}

	@Test
	void keepsTheLimitOfBatchesForAnHour() {
		Lease lease = this.ledger.acquire();
		assertThat(lease.batchLimit()).isEqualTo(BatchLimit.NONE);
		lease.limitBatches(new BatchLimit(100, 5));
		assertThat(ledger(Duration.ofSeconds(30)).acquire()).isNull();
		assertThat(lease.batchLimit()).isEqualTo(new BatchLimit(100, 5));
		assertThat(redis.template().getExpire(this.keys.batchLimit())).isBetween(3500L, 3600L);
	}

	private static Duration untilFree(Lease lease, String... resources) {
		return lease.untilFree(
				Stream.of(resources).map((name) -> new Usage(name, Duration.ofMinutes(1), Duration.ZERO)).toList());
	}

	private RedisRunLedger ledger(Duration lease) {
		return new RedisRunLedger(redis.template(), this.keys, lease, Duration.ofMinutes(10), 5);
	}

	private Run request(Selection selection) {
		return this.ledger.request(UUID.randomUUID().toString(), selection, Trigger.API, null);
	}

	private Run started(Lease lease, Selection selection) {
		Run run = request(selection);
		Run started = new Run(run.id(), State.SENDING, run.requestedAt(), null, selection, run.trigger(),
				run.requestedBy(), null, null, null, List.of(), List.of(), 0, null);
		lease.start(started);
		return started;
	}

	private static Batch freeze(Lease lease, Run run, String reference, List<String> items) {
		Batch batch = batch(reference, items.size());
		lease.freeze(with(run, batch), batch, items);
		return batch;
	}

	private static Batch batch(String reference, int items) {
		return new Batch(reference, null, BatchState.SENDING, items, 0, 0, 0, null);
	}

	private static Run with(Run run, Batch... batches) {
		return new Run(run.id(), run.state(), run.requestedAt(), null, run.selection(), run.trigger(),
				run.requestedBy(), run.paths(), run.items(), run.wildcards(), List.of(batches), List.of(), 0, null);
	}

	private void track(String... paths) {
		this.store.track(List.of(paths).stream().map((path) -> new PathLifetime(path, Duration.ofHours(1))).toList());
	}

	private void record(String path, Duration age) {
		this.store.track(List.of(new PathLifetime(path, Duration.ofHours(1), age)));
	}

	private List<String> tracked() {
		return this.store.scan("/", 100).stream().map(TrackedPath::path).toList();
	}

	private Instant expiry(String path) {
		return this.store.scan(path, 1).get(0).expiresAt();
	}

}
