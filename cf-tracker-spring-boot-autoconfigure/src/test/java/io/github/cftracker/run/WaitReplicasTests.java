package io.github.cftracker.run;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.Run;
import io.github.cftracker.Run.State;
import io.github.cftracker.RunHandle;
import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.redis.RedisUrlStore;
import io.github.cftracker.redis.TrackerRedisConnection;
import io.github.cftracker.testing.Planners;
import io.github.cftracker.testing.RedisLedgers;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.RedisURI;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real master with a real replica that stops answering.
 */
@Tag("full")
class WaitReplicasTests {

	private final TestRedis master = TestRedis.start();

	private final TestRedis replica = TestRedis.start("--replicaof", "127.0.0.1", Integer.toString(this.master.port()));

	private final TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create(this.master.url()),
			Duration.ofSeconds(5));

	private final RedisKeys keys = new RedisKeys("test", UUID.randomUUID().toString());

	private final RedisUrlStore store = RedisStores.create(this.redis, this.keys);

	private final ScriptedClient client = new ScriptedClient();

	private final AtomicInteger replicasAsked = new AtomicInteger();

	@AfterEach
	void close() {
		this.redis.destroy();
		this.replica.close();
		this.master.close();
	}

	@Test
	void sendsBatchOnceReplicaHasIt() throws Exception {
		QueuedInvalidator node = start(1, Duration.ofHours(6));
		track("/a");
		assertThat(node.invalidateAll().completion().get(30, TimeUnit.SECONDS).state()).isEqualTo(State.COMPLETED);
		this.replica.pause();
		track("/b");
		RunHandle handle = node.invalidateAll();
		Awaitility.await()
			.until(() -> node.find(handle.id()).orElseThrow().batches().stream().anyMatch((b) -> b.attempts() == 1));
		int asked = this.replicasAsked.get();
		Awaitility.await().until(() -> this.replicasAsked.get() >= asked + 3);
		assertThat(this.client.billed).doesNotContain("/b");
		this.replica.resume();
		assertThat(handle.completion().get(30, TimeUnit.SECONDS).state()).isEqualTo(State.COMPLETED);
		assertThat(this.client.billed).containsExactly("/a", "/b");
		node.stop();
	}

	@Test
	void givesUpBatchThatIsNotReplicatedAndKeepsPaths() throws Exception {
		this.replica.kill();
		QueuedInvalidator node = start(1, Duration.ofSeconds(2));
		track("/a");
		Run run = node.invalidateAll().completion().get(30, TimeUnit.SECONDS);
		assertThat(run.state()).isEqualTo(State.FAILED);
		assertThat(run.error()).contains("cf.tracker.redis.wait-replicas");
		assertThat(this.client.billed).isEmpty();
		assertThat(this.store.count()).isEqualTo(1);
		node.stop();
	}

	@Test
	void doesNotWaitByDefault() throws Exception {
		this.replica.kill();
		QueuedInvalidator node = start(0, Duration.ofHours(6));
		track("/a");
		assertThat(node.invalidateAll().completion().get(30, TimeUnit.SECONDS).state()).isEqualTo(State.COMPLETED);
		node.stop();
	}

	private QueuedInvalidator start(int waitReplicas, Duration giveUpAfter) {
		RunLedger ledger = ScriptedLedger.of(RedisLedgers.create(this.redis, this.keys, Duration.ofSeconds(30),
				Duration.ofMinutes(10), 50, waitReplicas), (name) -> {
				}, (name) -> {
					if (name.equals("isSafe")) {
						this.replicasAsked.incrementAndGet();
					}
				});
		QueuedInvalidator node = new QueuedInvalidator(new RunContext(ledger, this.client, () -> {
		}, InvalidatorContractTests.settings(1000, Duration.ofSeconds(30), giveUpAfter), Planners.exact(this.store),
				RunObserver.of(List.of())), new TimeLimitedStore(this.store));
		node.start();
		return node;
	}

	private void track(String... paths) {
		this.store.track(List.of(paths).stream().map((path) -> new PathLifetime(path, Duration.ofHours(1))).toList());
	}

}
