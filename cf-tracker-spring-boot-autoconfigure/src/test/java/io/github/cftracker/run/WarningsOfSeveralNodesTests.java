package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.cftracker.redis.RedisInspector;
import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.redis.TrackerRedisConnection;
import io.github.cftracker.testing.SharedRedis;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.CommandType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.core.HashOperations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes that inspect the same Redis and log each warning once.
 */
@ExtendWith(OutputCaptureExtension.class)
class WarningsOfSeveralNodesTests {

	private static final String ODD = "Redis is odd. Set it";

	@RegisterExtension
	static final SharedRedis REDIS = new SharedRedis();

	private final RedisKeys keys = new RedisKeys("test", UUID.randomUUID().toString());

	private final List<Node> nodes = new ArrayList<>();

	private volatile List<String> warnings = List.of(ODD);

	private volatile Instant now = Instant.parse("2026-11-22T03:00:00Z");

	@AfterEach
	void stop() {
		this.nodes.forEach(Node::stop);
	}

	@Test
	void aSecondNodeDoesNotRepeatAWarning(CapturedOutput output) {
		start();
		start();
		inspect();
		assertThat(logged(output, "WARN", "Redis is odd")).isOne();
	}

	@Test
	void aRestartDoesNotRepeatAWarning(CapturedOutput output) {
		start().stop();
		start();
		inspect();
		assertThat(logged(output, "WARN", "Redis is odd")).isOne();
	}

	@Test
	void aRestartRepeatsAWarningAfterSevenDays(CapturedOutput output) {
		start().stop();
		logEarlier(Duration.ofDays(7).minusMinutes(10));
		start().stop();
		assertThat(logged(output, "WARN", "Redis is odd")).isOne();
		logEarlier(Duration.ofMinutes(10));
		start().stop();
		start();
		assertThat(logged(output, "WARN", "Redis is odd")).isEqualTo(2);
	}

	@Test
	void futureTimeDoesNotSilenceWarning(CapturedOutput output) {
		start().stop();
		logEarlier(Duration.ofDays(-300));
		start();
		assertThat(logged(output, "WARN", "Redis is odd")).isEqualTo(2);
	}

	@Test
	void aWarningThatReturnsIsLoggedAgain(CapturedOutput output) {
		start();
		start();
		this.warnings = List.of();
		inspect();
		assertThat(logged(output, "INFO", "Resolved: Redis is odd")).isOne();
		this.warnings = List.of(ODD);
		inspect();
		assertThat(logged(output, "WARN", "Redis is odd")).isEqualTo(2);
	}

	@Test
	void logsWarningThatReturnsAfterAllNodesWereStopped(CapturedOutput output) {
		start().stop();
		this.warnings = List.of();
		start();
		start();
		assertThat(logged(output, "INFO", "Resolved: Redis is odd")).isOne();
		this.warnings = List.of(ODD);
		inspect();
		assertThat(logged(output, "WARN", "Redis is odd")).isEqualTo(2);
	}

	@Test
	void logsWarningOnceWhenItsNumberChanges(CapturedOutput output) {
		this.warnings = List.of("1 of 2 replicas are behind");
		start();
		start().stop();
		this.warnings = List.of("2 of 2 replicas are behind");
		start();
		inspect();
		assertThat(logged(output, "WARN", "of 2 replicas")).isOne();
		assertThat(logged(output, "INFO", "Resolved")).isZero();
		this.warnings = List.of();
		inspect();
		assertThat(logged(output, "INFO", "Resolved")).isOne();
	}

	@Test
	void unreadableSettingIsNotResolved(CapturedOutput output) {
		try (TestRedis server = TestRedis.start(); RedisClient client = RedisClient.create(server.url())) {
			RedisCommands<String, String> admin = client.connect().sync();
			TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create(server.url()),
					Duration.ofSeconds(5));
			RedisInspector inspector = new RedisInspector(redis, this.keys, 0);
			Node first = start(inspector, inspector::inspect);
			assertThat(logged(output, "WARN", "Redis stores nothing on disk")).isOne();
			admin.aclSetuser("default", AclSetuserArgs.Builder.removeCommand(CommandType.CONFIG));
			inspect();
			first.stop();
			start(inspector, inspector::inspect);
			assertThat(logged(output, "INFO", "Resolved")).isZero();
			admin.aclSetuser("default", AclSetuserArgs.Builder.addCommand(CommandType.CONFIG));
			inspect();
			assertThat(logged(output, "WARN", "Redis stores nothing on disk")).isOne();
			admin.configSet("save", "3600 1");
			inspect();
			assertThat(logged(output, "INFO", "Resolved: Redis stores nothing on disk")).isOne();
			stop();
			redis.destroy();
		}
	}

	/**
	 * Change when the warnings were logged.
	 */
	private void logEarlier(Duration duration) {
		HashOperations<String, String, String> redis = REDIS.template().opsForHash();
		String key = "test:{%s}:warnings".formatted(this.keys.distributionId());
		redis.entries(key).forEach((kind, logged) -> {
			String[] parts = logged.split(" ", 2);
			redis.put(key, kind, Long.parseLong(parts[0]) - duration.toSeconds() + " " + parts[1]);
		});
	}

	private Node start() {
		return start(new RedisInspector(REDIS.own(), this.keys, 0),
				() -> new StoreCondition(Map.of("role", "master"), this.warnings));
	}

	private Node start(RedisInspector redis, Supplier<StoreCondition> conditions) {
		Node node = new Node(redis, conditions);
		this.nodes.add(node);
		node.watch.start();
		inspect();
		return node;
	}

	/**
	 * Wait until each node has inspected the server and has logged the warnings.
	 */
	private void inspect() {
		for (int i = 0; i < 2; i++) {
			List<Integer> before = this.nodes.stream().map((node) -> node.inspections.get()).toList();
			this.now = this.now.plusSeconds(5);
			Awaitility.await().until(() -> {
				for (int j = 0; j < before.size(); j++) {
					Node node = this.nodes.get(j);
					if (node.runs && node.inspections.get() <= before.get(j)) {
						return false;
					}
				}
				return true;
			});
		}
	}

	private static long logged(CapturedOutput output, String level, String text) {
		return output.toString().lines().filter((line) -> line.contains(level) && line.contains(text)).count();
	}

	private final class Node implements StoreInspector {

		private final RedisInspector redis;

		private final Supplier<StoreCondition> conditions;

		private final Clock clock = ((InstantSource) () -> WarningsOfSeveralNodesTests.this.now)
			.withZone(ZoneOffset.UTC);

		private final StoreMonitor watch = new StoreMonitor(this, this.clock, Duration.ofMillis(10));

		private final AtomicInteger inspections = new AtomicInteger();

		private volatile boolean runs = true;

		Node(RedisInspector redis, Supplier<StoreCondition> conditions) {
			this.redis = redis;
			this.conditions = conditions;
		}

		@Override
		public StoreCondition inspect() {
			this.inspections.incrementAndGet();
			return this.conditions.get();
		}

		@Override
		public List<String> logged() {
			return this.redis.logged();
		}

		@Override
		public boolean recordLogged(String kind, String warning) {
			return this.redis.recordLogged(kind, warning);
		}

		@Override
		public boolean recordResolved(String kind) {
			return this.redis.recordResolved(kind);
		}

		void stop() {
			this.runs = false;
			this.watch.stop();
		}

	}

}
