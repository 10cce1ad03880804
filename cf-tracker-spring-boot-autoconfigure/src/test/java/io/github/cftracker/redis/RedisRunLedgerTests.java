package io.github.cftracker.redis;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.cftracker.Claim;
import io.github.cftracker.Finding;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.Run.State;
import io.github.cftracker.Selection;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.Trigger;
import io.github.cftracker.run.BatchLimit;
import io.github.cftracker.run.FollowUp;
import io.github.cftracker.run.Lease;
import io.github.cftracker.run.Lease.Next;
import io.github.cftracker.run.LeaseLostException;
import io.github.cftracker.run.RunItems;
import io.github.cftracker.run.RunSummary;
import io.github.cftracker.run.RunsInBrief;
import io.github.cftracker.run.Step;
import io.github.cftracker.run.Step.Usage;
import io.github.cftracker.run.UnreadableRunException;
import io.github.cftracker.testing.Claims;
import io.github.cftracker.testing.RedisLedgers;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.SharedRedis;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.RedisURI;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.core.RedisCallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class RedisRunLedgerTests {

	@RegisterExtension
	static final SharedRedis redis = new SharedRedis();

	private final RedisKeys keys = new RedisKeys("test", UUID.randomUUID().toString());

	private final RedisUrlStore store = RedisStores.create(connection(), this.keys);

	private final RedisRunLedger ledger = ledger(Duration.ofSeconds(30));

	/**
	 * The connection to test, of which there are two kinds.
	 */
	TrackerRedisConnection connection() {
		return redis.own();
	}

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
		request(new Selection(List.of("/waiting")));
		Claim claim = Claims.claim(lost, run);
		Lease successor = Awaitility.await().until(this.ledger::acquire, (lease) -> lease != null);
		List<Runnable> writes = List.of(lost::renew, lost::next, () -> lost.apply(new Step.Start(run)),
				() -> lost.apply(new Step.Save(run, List.of())), () -> Claims.claim(lost, run),
				() -> freeze(lost, run, "ref", List.of("/a")), () -> lost.apply(new Step.Finish(run)),
				() -> Claims.claimLate(lost, run, List.of("/a")), lost::followUps,
				() -> lost.apply(new Step.Use(List.of(new Usage("calls", Duration.ofSeconds(1), Duration.ZERO)))),
				() -> lost.apply(new Step.Refuse("no")), () -> claim.next(1), () -> claim.forget(List.of("/a")),
				() -> claim.giveBack(List.of("/a")), claim::close);
		assertThat(writes)
			.allSatisfy((write) -> assertThatExceptionOfType(LeaseLostException.class).isThrownBy(write::run));
		lost.release();
		assertThat(Claims.claim(successor, run).next(10)).extracting(TrackedPath::path)
			.containsExactlyInAnyOrder("/a", "/b");
		assertThat(successor.unfinished()).extracting(Run::id).containsExactly(run.id());
		assertThat(this.ledger.status().refusal()).isNull();
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
		Batch first = Batch.unsent("ref-1", 2, 1).withAttempts(3, 1).withError("Rate exceeded\nreally");
		Batch second = Batch.unsent("ref-2", 10, 0)
			.withInvalidationId("I2J3")
			.withState(BatchState.IN_PROGRESS)
			.withAttempts(1, 0);
		Run run = requested.withCounts(7L, 8L, 1L)
			.withBatches(List.of(first, second))
			.withRejected(List.of(new RejectedPath("/x y", "has a ' '"), new RejectedPath("/~", "has a\n'~'")))
			.withError("No\nmore");
		lease.apply(new Step.Save(run, List.of(second)));
		lease.apply(new Step.Save(run, List.of(first)));
		assertThat(this.ledger.find(run.id())).contains(run);
		assertThat(this.ledger.list(Integer.MAX_VALUE).runs()).containsExactly(run.withBatches(List.of()));
		write(run, "possiblyBilledTwice", "5");
		write(run, "requestedBy", "operator");
		Finding finding = new Finding("id", "problem", "fix", Instant.ofEpochMilli(1));
		Run finished = finish(lease, run.withState(State.FAILED).withFindings(List.of(finding)));
		assertThat(finished.findings()).containsExactly(finding);
		assertThat(this.ledger.list(Integer.MAX_VALUE).runs()).containsExactly(finished.withBatches(List.of()));
		assertThat(finished.state()).isEqualTo(State.FAILED);
		assertThat(finished.finishedAt()).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
	}

	@Test
	void claimsOnceHoweverOftenItIsAsked() {
		Lease lease = this.ledger.acquire();
		Run run = started(lease, Selection.ofEverything());
		track("/a", "/b");
		assertThat(Claims.claim(lease, run).size()).isEqualTo(2);
		track("/c");
		assertThat(Claims.claim(lease, run).size()).isEqualTo(2);
		assertThat(tracked()).containsExactly("/c");
	}

	@Test
	void aFrozenBatchKeepsItsOrderAndItsLifetimes() {
		Lease lease = this.ledger.acquire();
		Run run = started(lease, Selection.ofEverything());
		this.store.track(List.of(new PathLifetime("/b", Duration.ofHours(1)),
				new PathLifetime("/a", Duration.ofHours(2)), new PathLifetime("/c", PathLifetime.FOREVER)));
		Instant expiry = expiry("/a");
		Claims.claim(lease, run);
		Batch batch = freeze(lease, run, "ref", List.of("/c", "/a", "/b", "/never-tracked"));
		List<String> items = lease.items(run).frozen(batch);
		assertThat(items).containsExactly("/never-tracked", "/b", "/a", "/c");
		lease.apply(new Step.GiveBack(with(run, batch), batch));
		assertThat(tracked()).containsExactlyInAnyOrder("/a", "/b", "/c");
		assertThat(expiry("/a")).isEqualTo(expiry);
		assertThat(lease.items(run).frozen(batch)).isEmpty();
	}

	@Test
	void givingBackNeverShortensALifetime() {
		Lease lease = this.ledger.acquire();
		Run run = started(lease, Selection.ofEverything());
		track("/frozen", "/claimed", "/returned");
		Claims.claim(lease, run);
		Batch batch = freeze(lease, run, "ref", List.of("/frozen"));
		List<String> all = List.of("/frozen", "/claimed", "/returned");
		this.store.track(all.stream().map((path) -> new PathLifetime(path, Duration.ofHours(5))).toList());
		lease.apply(new Step.GiveBack(with(run, batch), batch));
		lease.items(run).giveBack(List.of("/returned"));
		Claims.claim(lease, run).close();
		assertThat(all).allSatisfy((path) -> assertThat(expiry(path)).isAfter(Instant.now().plus(Duration.ofHours(4))));
	}

	@Test
	void forgetsTagsOfUntrackedItemThatIsGivenBack() {
		Lease lease = this.ledger.acquire();
		Run run = started(lease, Selection.ofEverything());
		this.store.track(List.of(new PathLifetime("/gone", Duration.ofHours(1), Duration.ZERO, null, Set.of("shop"))));
		Claims.claim(lease, run);
		Batch batch = freeze(lease, run, "ref", List.of("/gone"));
		this.store.untrack(List.of("/gone"));
		lease.apply(new Step.GiveBack(with(run, batch), batch));
		assertThat(redis.template().hasKey(this.keys.tags())).isFalse();
		assertThat(redis.template().hasKey(this.keys.tag("shop"))).isFalse();
	}

	@Test
	void finishIsWrittenAlsoIfTheRunCannotBeReadAfterwards() {
		RedisConnection connection = connection().connection();
		AtomicBoolean failing = new AtomicBoolean();
		RedisConnection failsToRead = (RedisConnection) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { RedisConnection.class }, (proxy, method, args) -> {
					if (failing.get() && Arrays.deepToString(args).contains("HGETALL")) {
						throw new RedisAccessException("Redis did not answer", false, "", null);
					}
					return method.invoke(connection, args);
				});
		Lease lease = RedisLedgers
			.create(new TrackerRedisConnection(failsToRead, "failing connection"), this.keys, Duration.ofSeconds(30),
					Duration.ofMinutes(10), 5)
			.acquire();
		Run run = started(lease, Selection.ofEverything());
		failing.set(true);
		lease.apply(new Step.Finish(run.withState(State.EMPTY).withCounts(0L, 0L, 0L)));
		assertThat(this.ledger.find(run.id())).get().extracting(Run::state).isEqualTo(State.EMPTY);
	}

	@Test
	void theHalvesOfABatchAreItsBeginningAndItsEnd() {
		Lease lease = this.ledger.acquire();
		Run run = started(lease, Selection.ofEverything());
		track("/a", "/b", "/c", "/d", "/e");
		Claims.claim(lease, run);
		Batch parent = freeze(lease, run, "ref", List.of("/a", "/b", "/c", "/d", "/e"));
		List<String> items = lease.items(run).frozen(parent);
		this.store.untrack(List.of(items.get(0), items.get(4)));
		Batch first = batch("ref.0", 2);
		Batch second = batch("ref.1", 3);
		lease.apply(new Step.Split(with(run, parent, first, second), parent, first, second));
		assertThat(lease.items(run).frozen(first)).isEqualTo(items.subList(0, 2));
		assertThat(lease.items(run).frozen(second)).isEqualTo(items.subList(2, 5));
		Batch renamed = batch("ref.1.r", 3);
		lease.apply(new Step.Rename(with(run, second, renamed), second, renamed, 3));
		assertThat(lease.items(run).frozen(renamed)).isEqualTo(items.subList(2, 5));
		lease.apply(new Step.GiveBack(with(run, first), first));
		lease.apply(new Step.GiveBack(with(run, renamed), renamed));
		// What was untracked while it was frozen stays so
		assertThat(tracked()).containsExactlyInAnyOrderElementsOf(items.subList(1, 4));
	}

	@Test
	void findsClaimedWildcardsThatHaveNotExpired() {
		Lease lease = this.ledger.acquire();
		Run run = started(lease, Selection.ofEverything());
		track(IntStream.range(0, 1500).mapToObj((i) -> "/" + i).toArray(String[]::new));
		this.store.track(List.of(new PathLifetime("/last/*", Duration.ofHours(2))));
		RunItems items = Claims.claim(lease, run);
		redis.template().opsForZSet().add(this.keys.claim(run.id()), "/expired/*", 1);
		redis.template().opsForSet().add(this.keys.wildcards(), "/expired/*", "/not/claimed/*");
		assertThat(items.wildcards()).containsExactly("/last/*");
	}

	@Test
	void freezesNoConsecutivePathsOfAClaimThatIsMissing() {
		Lease lease = this.ledger.acquire();
		Run run = started(lease, Selection.ofEverything());
		track("/a", "/b");
		List<String> items = Claims.claim(lease, run).nextPaths(2);
		redis.template().delete(this.keys.claim(run.id()));
		Batch batch = batch("ref", 2);
		assertThatExceptionOfType(StoreUnavailableException.class)
			.isThrownBy(() -> lease.apply(new Step.Freeze(with(run, batch), batch, items, true)))
			.withMessageContaining("the claim has lost paths");
		// So that the next attempt finds that its items are missing
		assertThat(redis.template().hasKey(this.keys.claim(batch.callerReference()))).isFalse();
	}

	@Test
	void freezesNoConsecutivePathsOfAClaimThatHasChanged() {
		Lease lease = this.ledger.acquire();
		Run run = started(lease, Selection.ofEverything());
		track("/a", "/b", "/c");
		RunItems claimed = Claims.claim(lease, run);
		List<String> items = claimed.nextPaths(3);
		redis.template().opsForZSet().remove(this.keys.claim(run.id()), items.get(1));
		Batch batch = batch("ref", 3);
		assertThatExceptionOfType(StoreUnavailableException.class)
			.isThrownBy(() -> lease.apply(new Step.Freeze(with(run, batch), batch, items, true)))
			.withMessageContaining("the claim has changed");
		assertThat(claimed.frozen(batch)).isEmpty();
		assertThat(claimed.nextPaths(3)).containsExactly(items.get(0), items.get(2));
	}

	@Test
	void whatARunHasFrozenIsNeverTakenForAbandoned() {
		Lease lease = this.ledger.acquire();
		Run run = started(lease, Selection.ofEverything());
		track("/a", "/b");
		Claims.claim(lease, run);
		freeze(lease, run, "ref", List.of("/a"));
		RedisUrlStore impatient = RedisStores.create(connection(), this.keys, Duration.ZERO);
		impatient.removeExpired();
		assertThat(tracked()).isEmpty();
	}

	@Test
	void aThousandRunsMayWait() {
		redis.template()
			.opsForList()
			.rightPushAll(this.keys.waiting(), IntStream.range(0, 999).mapToObj((i) -> "lost-" + i).toList());
		Run last = request(new Selection(List.of("/last")));
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> request(Selection.ofEverything()))
			.withMessage("1000 runs are already queued");
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.ledger.request("id",
				InvalidationRequest.ofEverything().withTrigger(Trigger.SCHEDULE).once("name", Duration.ofHours(1))));
		assertThat(request(new Selection(List.of("/last"))).id()).isEqualTo(last.id());
		this.ledger.acquire().apply(new Step.Start(last));
		assertThat(this.ledger.request("id",
				InvalidationRequest.ofEverything().withTrigger(Trigger.SCHEDULE).once("name", Duration.ofHours(1))))
			.isPresent();
		assertThat(this.ledger.request("other",
				InvalidationRequest.ofEverything().withTrigger(Trigger.SCHEDULE).once("name", Duration.ofHours(1))))
			.isEmpty();
	}

	@Test
	void forgetsTheOldestFinishedRuns() {
		Lease lease = this.ledger.acquire();
		Run unfinished = started(lease, new Selection(List.of("/unfinished")));
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			ids.add(0, finished(lease, new Selection(List.of("/" + i)), State.FAILED).id());
		}
		assertThat(this.ledger.list(Integer.MAX_VALUE).runs()).extracting(Run::id)
			.startsWith(ids.subList(0, 5).toArray(String[]::new))
			.contains(unfinished.id())
			.hasSize(6);
		assertThat(this.ledger.find(ids.get(7))).isEmpty();
		assertThat(redis.template().hasKey(this.keys.run(ids.get(7)))).isFalse();
	}

	@Test
	void keepsFailedRunsLongerAndThoseThatWaitTakeNoPlace() {
		Lease lease = this.ledger.acquire();
		Run failed = finished(lease, new Selection(List.of("/failed")), State.FAILED);
		List<Run> completed = IntStream.range(0, 10)
			.mapToObj((i) -> finished(lease, new Selection(List.of("/" + i)), State.COMPLETED))
			.toList();
		IntStream.range(0, 10).forEach((i) -> request(new Selection(List.of("/waiting/" + i))));
		assertThat(this.ledger.list(Integer.MAX_VALUE).runs()).filteredOn((run) -> run.state().isFinal())
			.extracting(Run::id)
			.hasSize(6)
			.contains(failed.id(), completed.get(9).id())
			.doesNotContain(completed.get(0).id())
			.allSatisfy((id) -> assertThat(this.ledger.find(id)).isPresent());
		assertThat(this.ledger.list(0).unfinished()).hasSize(10);
		assertThat(this.ledger.find(completed.get(0).id())).isEmpty();
	}

	@Test
	void doesNotReadMoreOfASelectionThanIsShown() {
		List<String> paths = IntStream.range(0, 5000).mapToObj((i) -> "/products/" + i).toList();
		Run large = request(new Selection(paths));
		Run medium = request(new Selection(paths.subList(0, 500), List.of(), List.of(), List.of("tag")));
		Run small = request(new Selection(List.of("/a", "/b")));
		assertThat(this.ledger.list(Integer.MAX_VALUE).summaries()).extracting(RunSummary::values)
			.containsExactly(2, 501, 5000);
		assertThat(this.ledger.list(Integer.MAX_VALUE).runs()).extracting((run) -> run.selection().paths())
			.containsExactly(List.of("/a", "/b"), paths.subList(0, 100), paths.subList(0, 100));
		assertThat(List.of(large, medium, small)).allSatisfy((run) -> assertThat(this.ledger.find(run.id()))
			.hasValueSatisfying((found) -> assertThat(found.selection()).isEqualTo(run.selection())));
		request(new Selection(List.of("/" + "x".repeat(3990), "/" + "y".repeat(3990), "/" + "z".repeat(3990))));
		assertThat(this.ledger.list(Integer.MAX_VALUE).runs().get(0).selection().paths()).hasSize(2);
	}

	/**
	 * Reading the names of 50,000 batches held up Redis for 30 ms.
	 */
	@Test
	void listsRunsWithoutReadingWholeHashes() {
		Run run = request(new Selection(List.of("/a")));
		IntStream.range(0, 1000).forEach((i) -> write(run, "batch:" + i, i + "\nCOMPLETED\n1\n0\n1\n0\nI1\n"));
		Run rejecting = request(new Selection(List.of("/b")));
		acl("SETUSER", "lists", "on", ">password", "~*", "+@all", "-hkeys", "-hvals", "-hgetall", "-hscan");
		TrackerRedisConnection restricted = TrackerRedisConnection.to(
				RedisURI.create("redis://lists:password@127.0.0.1:" + TestRedis.shared().port()),
				Duration.ofSeconds(5));
		try {
			RedisRunLedger ledger = RedisLedgers.create(restricted, this.keys, Duration.ofSeconds(30),
					Duration.ofMinutes(10), 5);
			assertThat(ledger.list(Integer.MAX_VALUE).runs()).containsExactly(rejecting, run);
			assertThat(ledger.brief().newest()).extracting(Run::id).isEqualTo(rejecting.id());
		}
		finally {
			restricted.destroy();
			acl("SETUSER", "lists", "reset");
		}
	}

	private static void acl(String... args) {
		redis.template()
			.execute((RedisCallback<Object>) (connection) -> connection.execute("ACL",
					Stream.of(args).map((arg) -> arg.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new)));
	}

	@Test
	void aBriefHasTheNewestAndTheOldestUnfinishedRun() {
		assertThat(this.ledger.brief()).isEqualTo(new RunsInBrief(null, null, 0, List.of()));
		Lease lease = this.ledger.acquire();
		Run failed = finished(lease, new Selection(List.of("/failed")), State.FAILED);
		assertThat(ids(this.ledger.brief())).containsExactly(failed.id(), null);
		Run oldest = started(lease, new Selection(List.of("/oldest")));
		request(new Selection(List.of("/waits")));
		Run last = finished(lease, new Selection(List.of("/last")), State.COMPLETED);
		assertThat(ids(this.ledger.brief())).containsExactly(last.id(), oldest.id());
		assertThat(this.ledger.brief().unfinished()).isEqualTo(2);
	}

	@Test
	void aBriefLeavesOutRunsThatCannotBeRead() {
		List<Run> runs = IntStream.range(0, 5).mapToObj((i) -> request(new Selection(List.of("/" + i)))).toList();
		List.of(0, 2, 4).forEach((i) -> write(runs.get(i), "possiblyBilledTwice", "many"));
		// Everything is read once, when the newest run turns out to be unreadable
		for (int i = 0; i < 2; i++) {
			assertThat(ids(this.ledger.brief())).containsExactly(runs.get(3).id(), runs.get(1).id());
			assertThat(this.ledger.brief().unfinished()).isEqualTo(2);
			assertThat(this.ledger.brief().unreadable()).hasSize(3);
		}
		write(runs.get(4), "possiblyBilledTwice", "0");
		assertThat(ids(this.ledger.brief())).containsExactly(runs.get(4).id(), runs.get(1).id());
		assertThat(this.ledger.brief().unreadable()).hasSize(2);
	}

	private static List<String> ids(RunsInBrief brief) {
		return Stream.of(brief.newest(), brief.oldestUnfinished())
			.map((run) -> (run != null) ? run.id() : null)
			.toList();
	}

	@Test
	void skipsRunsThatCannotBeRead(CapturedOutput output) {
		Run unknownState = request(new Selection(List.of("/1")));
		write(unknownState, "state", "PAUSED");
		Run malformed = request(Selection.ofEverything());
		write(malformed, "possiblyBilledTwice", "many");
		Run malformedCommit = request(new Selection(List.of("/2")), Trigger.COMMIT);
		write(malformedCommit, "requestedAt", "yesterday");
		Run wrongType = request(new Selection(List.of("/3")));
		redis.template().delete(this.keys.run(wrongType.id()));
		redis.template().opsForValue().set(this.keys.run(wrongType.id()), "other");
		Lease lease = this.ledger.acquire();
		Run malformedBatch = started(lease, new Selection(List.of("/4")));
		write(malformedBatch, "batch:ref", "0");
		Run readable = request(Selection.ofEverything());
		assertThat(readable.id()).isNotEqualTo(malformed.id());
		assertThat(this.ledger.request("once",
				InvalidationRequest.ofEverything().withTrigger(Trigger.SCHEDULE).once("name", Duration.ofHours(1))))
			.map(Run::id)
			.contains(readable.id());
		assertThat(lease.next().run()).extracting(Run::id).isEqualTo(readable.id());
		assertThat(lease.unfinished()).isEmpty();
		assertThat(this.ledger.list(Integer.MAX_VALUE).runs()).extracting(Run::id)
			.contains(readable.id())
			.doesNotContain(malformed.id());
		assertThat(this.ledger.list(0).newest()).map(Run::id).contains(readable.id());
		List<String> unreadable = Stream.of(unknownState, malformed, malformedCommit, wrongType, malformedBatch)
			.map(Run::id)
			.toList();
		assertThat(this.ledger.list(0).unreadable()).containsExactlyInAnyOrderElementsOf(unreadable);
		assertThat(unreadable).allSatisfy((id) -> {
			assertThatExceptionOfType(UnreadableRunException.class).isThrownBy(() -> this.ledger.find(id))
				.withMessageContaining(id);
			assertThat(output).containsOnlyOnce("Could not read run " + id);
		});
		write(malformed, "possiblyBilledTwice", "0");
		redis.template().delete(this.keys.run(wrongType.id()));
		assertThat(this.ledger.list(0).unreadable()).hasSize(3).doesNotContain(malformed.id(), wrongType.id());
	}

	@Test
	void followUpsOfUnreadableRunsAreSkipped() {
		Lease lease = this.ledger.acquire();
		Run unreadable = started(lease, Selection.ofEverything());
		Claims.claim(lease, unreadable).close();
		Run run = started(lease, Selection.ofEverything());
		Claims.claim(lease, run).close();
		write(unreadable, "state", "PAUSED");
		record("/late", Duration.ofMinutes(1));
		assertThat(lease.followUps()).extracting((followUp) -> followUp.run().id()).containsExactly(run.id());
	}

	@Test
	void anUnreadableRunOfANewerVersionIsKept() {
		Lease lease = this.ledger.acquire();
		Run unreadable = finished(lease, new Selection(List.of("/unreadable")), State.COMPLETED);
		write(unreadable, "state", "ARCHIVED");
		IntStream.range(0, 20).forEach((i) -> finished(lease, new Selection(List.of("/" + i)), State.COMPLETED));
		assertThat(redis.template().hasKey(this.keys.run(unreadable.id()))).isTrue();
	}

	@Test
	void aCommitIsReadyAfterASecondAndGoesFirst() {
		Run other = request(new Selection(List.of("/other")));
		Run commit = request(new Selection(List.of("/commit")), Trigger.COMMIT);
		Lease lease = this.ledger.acquire();
		Next next = lease.next();
		assertThat(next.run()).extracting(Run::id).isEqualTo(other.id());
		assertThat(next.gathering()).isTrue();
		write(commit, "requestedAt", Long.toString(Instant.now().minusSeconds(2).toEpochMilli()));
		next = lease.next();
		assertThat(next.run()).extracting(Run::id).isEqualTo(commit.id());
		assertThat(next.gathering()).isFalse();
	}

	@Test
	void aTimeAheadDoesNotHoldUpACommit() {
		Run commit = request(new Selection(List.of("/commit")), Trigger.COMMIT);
		write(commit, "requestedAt", Long.toString(Instant.now().plusSeconds(600).toEpochMilli()));
		assertThat(this.ledger.acquire().next().run()).extracting(Run::id).isEqualTo(commit.id());
	}

	@Test
	void aRunThatHasWaitedLongGoesFirstAfterACommit() {
		Lease lease = this.ledger.acquire();
		Run other = request(new Selection(List.of("/other")));
		write(other, "requestedAt", Long.toString(Instant.now().minusSeconds(20).toEpochMilli()));
		Run first = commitOf("/first");
		assertThat(lease.next().run()).extracting(Run::id).isEqualTo(first.id());
		lease.apply(new Step.Start(first));
		commitOf("/second");
		assertThat(lease.next().run()).extracting(Run::id).isEqualTo(other.id());
		lease.apply(new Step.Start(other));
		request(new Selection(List.of("/another")));
		assertThat(lease.next().run()).extracting((run) -> run.selection().paths()).isEqualTo(List.of("/second"));
	}

	@Test
	void nothingIsMergedIntoARunThatWasFound() {
		Run commit = commitOf("/a");
		assertThat(this.ledger.acquire().next().run()).extracting(Run::id).isEqualTo(commit.id());
		assertThat(request(new Selection(List.of("/b")), Trigger.COMMIT).id()).isNotEqualTo(commit.id());
		assertThat(request(new Selection(List.of("/a")), Trigger.COMMIT).id()).isEqualTo(commit.id());
	}

	@Test
	void anEmptyRunAfterACommitIsFoundButNotListed() {
		Lease lease = this.ledger.acquire();
		Run empty = empty(lease, request(new Selection(List.of(), List.of(), List.of(), List.of("a")), Trigger.COMMIT));
		assertThat(this.ledger.list(Integer.MAX_VALUE).runs()).isEmpty();
		assertThat(this.ledger.find(empty.id()))
			.hasValueSatisfying((run) -> assertThat(run.state()).isEqualTo(State.EMPTY));
		assertThat(redis.template().getExpire(this.keys.run(empty.id()))).isBetween(600L, 660L);
		this.ledger.restoreForgotten();
		assertThat(this.ledger.list(Integer.MAX_VALUE).runs()).isEmpty();
		Run next = started(lease, new Selection(List.of("/next")));
		Claims.claimLate(lease, empty, List.of("/late"));
		assertThat(this.ledger.list(Integer.MAX_VALUE).runs()).extracting(Run::id)
			.containsExactly(next.id(), empty.id());
		assertThat(redis.template().getExpire(this.keys.run(empty.id()))).isEqualTo(-1);
		lease.apply(new Step.Finish(empty));
		assertThat(this.ledger.list(Integer.MAX_VALUE).runs()).extracting(Run::id).containsExactly(next.id());
	}

	@Test
	void anEmptyRunThatSomebodyElseAskedForIsListed() {
		Selection selection = new Selection(List.of(), List.of(), List.of(), List.of("a"));
		Run commit = request(selection, Trigger.COMMIT);
		assertThat(request(selection, Trigger.ENDPOINT).id()).isEqualTo(commit.id());
		empty(this.ledger.acquire(), commit);
		assertThat(this.ledger.list(Integer.MAX_VALUE).runs()).extracting(Run::id).containsExactly(commit.id());
	}

	/**
	 * A request must not hold up Redis, whatever waits.
	 */
	@Test
	void whatIsTooLargeIsNotCompared() {
		List<String> paths = IntStream.range(0, 1001).mapToObj((i) -> "/" + i).toList();
		Run large = request(new Selection(paths), Trigger.COMMIT);
		Run own = request(new Selection(List.of("/1")), Trigger.COMMIT);
		assertThat(own.id()).isNotEqualTo(large.id());
		assertThat(request(new Selection(paths), Trigger.COMMIT).id()).isNotIn(large.id(), own.id());
		assertThat(request(new Selection(paths.subList(0, 999)), Trigger.COMMIT).id()).isEqualTo(own.id());
		// The union would be too large, so it becomes a separate run, as does what
		// comes later
		Run another = request(new Selection(List.of("/x", "/y")), Trigger.COMMIT);
		assertThat(another.id()).isNotEqualTo(own.id());
		assertThat(request(new Selection(List.of("/z")), Trigger.COMMIT).id()).isEqualTo(another.id());
		Run everything = request(Selection.ofEverything());
		assertThat(request(new Selection(paths)).id()).isNotEqualTo(everything.id());
		assertThat(request(new Selection(List.of(), List.of("/a/**"), List.of(), List.of())).id())
			.isEqualTo(everything.id());
	}

	@Test
	void whatBeganBeforeTheClaimAndIsRecordedAfterwardsIsLate() {
		Lease lease = this.ledger.acquire();
		Run run = started(lease, Selection.ofEverything());
		record("/before", Duration.ofMinutes(1));
		Claims.claim(lease, run).close();
		long before = System.nanoTime();
		record("/late", Duration.ofMinutes(1));
		// How long an answer was on its way is unknown, so what began that time ago may
		// be late
		long certain = System.nanoTime() + (System.nanoTime() - before) + 10_000_000;
		while (System.nanoTime() - certain < 0) {
			Thread.onSpinWait();
		}
		record("/new", Duration.ZERO);
		this.store.untrack(List.of("/before"));
		assertThat(lease.followUps()).singleElement().satisfies((followUp) -> {
			assertThat(followUp.run().id()).isEqualTo(run.id());
			assertThat(followUp.paths()).containsExactly("/late");
		});
		assertThat(Claims.claimLate(lease, run, List.of("/late")).next(10)).extracting(TrackedPath::path)
			.containsExactly("/late");
		assertThat(lease.followUps()).isEmpty();
		assertThat(tracked()).containsExactly("/new");
	}

	@Test
	void lateIsOnlyWhatIsStillTracked() {
		Lease lease = this.ledger.acquire();
		Run run = started(lease, Selection.ofEverything());
		Claims.claim(lease, run).close();
		record("/gone", Duration.ofMinutes(1));
		this.store.untrack(List.of("/gone"));
		List<FollowUp> followUps = lease.followUps();
		assertThat(Claims.claimLate(lease, run, followUps.get(0).paths()).size()).isZero();
	}

	@Test
	void whatTheNextRunClaimsIsNotLateAnyMore() {
		Lease lease = this.ledger.acquire();
		Claims.claim(lease, started(lease, Selection.ofEverything())).close();
		record("/late", Duration.ofMinutes(1));
		assertThat(Claims.claim(lease, started(lease, Selection.ofEverything())).size()).isEqualTo(1);
		assertThat(lease.followUps()).isEmpty();
	}

	@Test
	void nothingIsLateWithoutAWindow() {
		RedisRunLedger ledger = RedisLedgers.create(connection(), this.keys, Duration.ofSeconds(30), Duration.ZERO, 5);
		Lease lease = ledger.acquire();
		Claims.claim(lease, started(lease, Selection.ofEverything())).close();
		record("/late", Duration.ofMinutes(1));
		assertThat(lease.followUps()).isEmpty();
	}

	@Test
	void aResourceIsFreeWhenItsUseIsOver() {
		Lease lease = this.ledger.acquire();
		assertThat(untilFree(lease, "items")).isZero();
		lease.apply(new Step.Use(List.of(new Usage("items", Duration.ofSeconds(10), Duration.ZERO))));
		lease.apply(new Step.Use(List.of(new Usage("items", Duration.ofSeconds(10), Duration.ZERO))));
		lease.apply(new Step.Use(List.of(new Usage("calls", Duration.ofSeconds(10), Duration.ofSeconds(20)))));
		assertThat(untilFree(lease, "items", "calls")).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(20));
		assertThat(untilFree(lease, "calls")).isZero();
		lease.apply(new Step.Use(List.of(new Usage("calls", Duration.ofSeconds(10), Duration.ofSeconds(20)),
				new Usage("calls", Duration.ofSeconds(10), Duration.ofSeconds(20)))));
		assertThat(untilFree(lease, "calls")).isPositive();
	}

	@Test
	void aResourceIsFreeWhenTheClockWasSetBack() {
		Lease lease = this.ledger.acquire();
		lease.apply(new Step.Use(List.of(new Usage("items", Duration.ofSeconds(10), Duration.ZERO))));
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
	void keepsTheLimitOfBatchesForFifteenMinutes() {
		Lease lease = this.ledger.acquire();
		assertThat(lease.read(List.of()).limit()).isEqualTo(BatchLimit.NONE);
		lease.apply(new Step.Limit(new BatchLimit(100, 5)));
		assertThat(ledger(Duration.ofSeconds(30)).acquire()).isNull();
		assertThat(lease.read(List.of()).limit()).isEqualTo(new BatchLimit(100, 5));
		assertThat(redis.template().getExpire(this.keys.batchLimit())).isBetween(800L, 900L);
	}

	private static Duration untilFree(Lease lease, String... resources) {
		return lease
			.read(Stream.of(resources).map((name) -> new Usage(name, Duration.ofMinutes(1), Duration.ZERO)).toList())
			.untilFree();
	}

	private RedisRunLedger ledger(Duration lease) {
		return RedisLedgers.create(connection(), this.keys, lease, Duration.ofMinutes(10), 5);
	}

	private Run request(Selection selection) {
		return request(selection, Trigger.API);
	}

	private Run request(Selection selection, Trigger trigger) {
		return this.ledger
			.request(UUID.randomUUID().toString(), new InvalidationRequest(selection, trigger, null, null))
			.orElseThrow();
	}

	/**
	 * A run after a commit that is ready.
	 */
	private Run commitOf(String path) {
		Run run = request(new Selection(List.of(path)), Trigger.COMMIT);
		write(run, "requestedAt", Long.toString(Instant.now().minusSeconds(2).toEpochMilli()));
		return run;
	}

	private Run finished(Lease lease, Selection selection, State state) {
		Run run = started(lease, selection);
		return finish(lease, run.withState(state));
	}

	private Run finish(Lease lease, Run run) {
		lease.apply(new Step.Finish(run));
		return this.ledger.find(run.id()).orElseThrow();
	}

	private Run empty(Lease lease, Run run) {
		lease.apply(new Step.Start(run));
		return finish(lease, run.withState(State.EMPTY).withCounts(0L, 0L, 0L));
	}

	private void write(Run run, String field, String value) {
		redis.template().opsForHash().put(this.keys.run(run.id()), field, value);
	}

	private Run started(Lease lease, Selection selection) {
		Run run = request(selection);
		Run started = run.withState(State.SENDING).withSelection(selection);
		lease.apply(new Step.Start(started));
		return started;
	}

	private static Batch freeze(Lease lease, Run run, String reference, List<String> items) {
		Batch batch = batch(reference, items.size());
		lease.apply(new Step.Freeze(with(run, batch), batch, items, false));
		return batch;
	}

	private static Batch batch(String reference, int items) {
		return Batch.unsent(reference, items, 0);
	}

	private static Run with(Run run, Batch... batches) {
		return run.withBatches(List.of(batches));
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
