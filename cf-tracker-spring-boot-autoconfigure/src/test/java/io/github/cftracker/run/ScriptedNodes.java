package io.github.cftracker.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.redis.RedisUrlStore;
import io.github.cftracker.redis.TrackerRedisConnection;
import io.github.cftracker.testing.Planners;
import io.github.cftracker.testing.RedisLedgers;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.RedisTemplates;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.AfterEach;

import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Nodes with one Redis, whose ledger and client are scripted by a test.
 */
abstract class ScriptedNodes {

	static final Duration LEASE = Duration.ofSeconds(1);

	static final Consumer<String> NOTHING = (name) -> {
	};

	final TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create(TestRedis.shared().url()),
			Duration.ofSeconds(5));

	final StringRedisTemplate template = RedisTemplates.shared();

	final RedisKeys keys = new RedisKeys("test", UUID.randomUUID().toString());

	final RedisUrlStore store = RedisStores.create(this.redis, this.keys, LEASE);

	final ScriptedClient client = new ScriptedClient();

	private final List<QueuedInvalidator> nodes = new ArrayList<>();

	@AfterEach
	void close() {
		this.nodes.forEach(QueuedInvalidator::stop);
		this.redis.destroy();
	}

	RunLedger ledger() {
		return RedisLedgers.create(this.redis, this.keys, LEASE, Duration.ofMinutes(10), 50);
	}

	QueuedInvalidator start(RunLedger ledger, int batchSize) {
		return start(ledger, this.client, batchSize, Duration.ofHours(6));
	}

	QueuedInvalidator start(RunLedger ledger, InvalidationClient client, int batchSize, Duration giveUpAfter) {
		return start(ledger, client, batchSize, giveUpAfter, Planners.exact(this.store));
	}

	QueuedInvalidator start(RunLedger ledger, InvalidationClient client, int batchSize, Duration giveUpAfter,
			RunPlanner planner) {
		QueuedInvalidator node = new QueuedInvalidator(new RunContext(ledger, client, () -> {
		}, InvalidatorContractTests.settings(batchSize, LEASE, giveUpAfter), planner, RunObserver.of(List.of())),
				new TimeLimitedStore(this.store));
		node.start();
		this.nodes.add(node);
		return node;
	}

	void track(String... paths) {
		record(Duration.ZERO, paths);
	}

	void late(String... paths) {
		record(Duration.ofMinutes(1), paths);
	}

	private void record(Duration age, String... paths) {
		this.store
			.track(List.of(paths).stream().map((path) -> new PathLifetime(path, Duration.ofHours(1), age)).toList());
	}

}
