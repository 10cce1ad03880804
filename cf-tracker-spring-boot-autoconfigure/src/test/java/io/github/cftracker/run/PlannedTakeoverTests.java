package io.github.cftracker.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.Run.State;
import io.github.cftracker.RunHandle;
import io.github.cftracker.run.ScriptedClient.Call;
import io.github.cftracker.testing.Planners;
import io.github.cftracker.testing.RedisLedgers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Node that stalls at some step of a run with wildcards and resumes after another node
 * has finished the run.
 */
class PlannedTakeoverTests extends ScriptedNodes {

	private static final List<String> ITEMS = List.of("/a/*", "/b/*", "/c/*", "/about", "/contact");

	private final CountDownLatch silent = new CountDownLatch(1);

	private final CountDownLatch awake = new CountDownLatch(1);

	private final AtomicInteger steps = new AtomicInteger();

	@AfterEach
	void wake() {
		this.awake.countDown();
	}

	@ParameterizedTest
	@CsvSource({ "before, plan, 1", "after, plan, 1", "before, accept, 1", "after, accept, 1", "after, freeze, 2",
			"after, accept, 2", "before, accept, 3" })
	void successorSendsRemainingItemsOnce(String moment, String step, int time) {
		track(tracked());
		Consumer<String> stop = (name) -> stopAt(name, step, time);
		Consumer<String> stay = this::stayStopped;
		boolean before = moment.equals("before");
		RunHandle handle = start(before ? stop : stay, before ? NOTHING : stop)
			.invalidate(InvalidationRequest.ofEverything());
		ScriptedClient.await(this.silent);
		forgetTheLease();
		QueuedInvalidator second = start(NOTHING, NOTHING);
		Run run = awaitFinal(second, handle.id());
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertEverythingWasSentOnce(run);
		this.awake.countDown();
		assertThat(handle.completion().join()).isEqualTo(run);
		assertEverythingWasSentOnce(run);
	}

	@Test
	void successorKeepsPlanOfDeadNode() {
		track(tracked());
		RunHandle handle = start(this::stayStopped, (name) -> stopAt(name, "plan", 1))
			.invalidate(InvalidationRequest.ofEverything());
		ScriptedClient.await(this.silent);
		forgetTheLease();
		QueuedInvalidator exact = start(ledger(), this.client, 2, Duration.ofHours(6));
		Run run = awaitFinal(exact, handle.id());
		this.awake.countDown();
		assertEverythingWasSentOnce(run);
	}

	@ParameterizedTest
	@CsvSource({ "before, 1", "after, 1", "after, 2" })
	void successorDoesNotSendRunRejectedByBudget(String moment, int time) {
		track(tracked());
		Consumer<String> stop = (name) -> stopAt(name, "save", time);
		boolean before = moment.equals("before");
		RunHandle handle = startRejecting(before ? stop : this::stayStopped, before ? NOTHING : stop)
			.invalidate(InvalidationRequest.ofEverything());
		ScriptedClient.await(this.silent);
		forgetTheLease();
		Run run = awaitFinal(startRejecting(NOTHING, NOTHING), handle.id());
		this.awake.countDown();
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.error()).contains("items-per-month");
		assertThat(this.client.calls).isEmpty();
		assertThat(this.store.count()).isEqualTo(32);
	}

	private QueuedInvalidator startRejecting(Consumer<String> before, Consumer<String> after) {
		return start(ScriptedLedger.of(ledger(), before, after), this.client, 2, Duration.ofHours(6),
				Planners.with(this.store, 0, new Budget(1, Budget.OnExcess.REJECT), 0));
	}

	private void assertEverythingWasSentOnce(Run run) {
		assertThat(this.client.billed).containsExactlyInAnyOrderElementsOf(ITEMS);
		assertThat(this.client.calls).extracting(Call::items)
			.extracting(Set::copyOf)
			.startsWith(Set.of("/a/*", "/b/*"))
			.endsWith(Set.of("/about", "/contact"));
		assertThat(run.items()).isEqualTo(5);
		assertThat(run.wildcards()).isEqualTo(3);
		assertThat(run.paths()).isEqualTo(32);
		assertThat(run.possiblyBilledTwice()).isZero();
		assertThat(ledger().status().billedThisMonth()).isEqualTo(5);
		assertThat(this.store.count()).isZero();
		assertThat(keys("plan:*")).isEmpty();
		assertThat(keys("accepted-covering:*")).isEmpty();
		assertThat(keys("claim*")).isEmpty();
	}

	private Set<String> keys(String pattern) {
		return this.template.keys("test:{%s}:%s".formatted(this.keys.distributionId(), pattern));
	}

	/**
	 * Remove the lease, as its expiry does.
	 */
	private void forgetTheLease() {
		assertThat(this.template.delete(keys("lease"))).isEqualTo(1);
	}

	private void stopAt(String name, String step, int time) {
		if (name.equals(step) && this.steps.incrementAndGet() == time) {
			this.silent.countDown();
		}
		stayStopped(name);
	}

	private void stayStopped(String name) {
		if (this.silent.getCount() == 0) {
			ScriptedClient.await(this.awake);
		}
	}

	private QueuedInvalidator start(Consumer<String> before, Consumer<String> after) {
		return start(ScriptedLedger.of(ledger(), before, after), this.client, 2, Duration.ofHours(6),
				Planners.with(this.store, 5, Budget.NONE, 0));
	}

	@Override
	RunLedger ledger() {
		return RedisLedgers.create(this.redis, this.keys, Duration.ofSeconds(30), Duration.ofMinutes(10), 50);
	}

	private static Run awaitFinal(QueuedInvalidator node, String id) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> node.find(id).filter((run) -> run.state().isFinal()), Optional::isPresent)
			.orElseThrow();
	}

	private static String[] tracked() {
		return Stream
			.concat(Stream.of("a", "b", "c")
				.flatMap((folder) -> IntStream.range(0, 10).mapToObj((i) -> "/" + folder + "/" + i)),
					Stream.of("/about", "/contact"))
			.toArray(String[]::new);
	}

}
