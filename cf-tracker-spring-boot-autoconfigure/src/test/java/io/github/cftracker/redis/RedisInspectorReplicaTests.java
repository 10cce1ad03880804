package io.github.cftracker.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisURI;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real master with a real replica, which falls behind.
 */
@Tag("full")
class RedisInspectorReplicaTests {

	private static final String BEHIND = "1 of 1 Redis replicas are behind";

	private final TestRedis master = TestRedis.start("--appendonly", "yes");

	private final TestRedis replica = TestRedis.start("--appendonly", "yes", "--replicaof", "127.0.0.1",
			Integer.toString(this.master.port()));

	private final TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create(this.master.url()),
			Duration.ofSeconds(5));

	private final RedisKeys keys = new RedisKeys("test", "E123");

	private final RedisInspector inspector = new RedisInspector(this.redis, this.keys, 0);

	@BeforeEach
	void awaitReplica() {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
			Map<String, Object> details = this.inspector.inspect().details();
			return Integer.valueOf(1).equals(details.get("connectedReplicas")) && warnings().isEmpty();
		});
	}

	@AfterEach
	void close() {
		this.redis.destroy();
		this.replica.close();
		this.master.close();
	}

	@Test
	void warnsAboutSilentReplicaUntilItReports() {
		this.replica.pause();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> isBehind(warnings()));
		assertThat(warnings()).hasSize(1);
		this.replica.resume();
		Awaitility.await().until(() -> warnings().isEmpty());
	}

	@Test
	void warnsAboutReplicaThatIsFarBehindBeforeItIsSilent() {
		this.replica.pause();
		String megabyte = "x".repeat(1024 * 1024);
		for (int i = 0; i < 15; i++) {
			TestCommands.set(this.redis, "ballast", megabyte);
		}
		assertThat(warnings()).isEmpty();
		for (int i = 0; i < 2; i++) {
			TestCommands.set(this.redis, "ballast", megabyte);
		}
		assertThat(isBehind(warnings())).isTrue();
	}

	@Test
	void warnsIfBatchesWaitForMissingReplicas() {
		assertThat(new RedisInspector(this.redis, this.keys, 1).inspect().warnings()).isEmpty();
		assertThat(new RedisInspector(this.redis, this.keys, 2).inspect().warnings()).singleElement()
			.asString()
			.startsWith("1 of the 2 replicas");
	}

	@Test
	void warnsIfConnectedToReplica() {
		TrackerRedisConnection its = TrackerRedisConnection.to(RedisURI.create(this.replica.url()),
				Duration.ofSeconds(5));
		assertThat(new RedisInspector(its, this.keys, 0).inspect()).satisfies((condition) -> {
			assertThat(condition.details()).containsEntry("role", "slave");
			assertThat(condition.warnings()).singleElement().asString().startsWith("Redis is a replica");
		});
		its.destroy();
	}

	@Test
	void inspectsMasterIfApplicationReadsFromReplicas() {
		RedisStaticMasterReplicaConfiguration servers = new RedisStaticMasterReplicaConfiguration("127.0.0.1",
				this.master.port());
		servers.addNode("127.0.0.1", this.replica.port());
		LettuceConnectionFactory factory = new LettuceConnectionFactory(servers,
				LettuceClientConfiguration.builder().readFrom(ReadFrom.REPLICA).build());
		factory.afterPropertiesSet();
		factory.start();
		assertThat(new RedisInspector(ApplicationRedis.using(factory), this.keys, 0).inspect())
			.satisfies((condition) -> {
				assertThat(condition.details()).containsEntry("role", "master");
				assertThat(condition.warnings()).isEmpty();
			});
		factory.destroy();
	}

	private static boolean isBehind(List<String> warnings) {
		return warnings.stream().anyMatch((warning) -> warning.startsWith(BEHIND));
	}

	private List<String> warnings() {
		return this.inspector.inspect().warnings();
	}

}
