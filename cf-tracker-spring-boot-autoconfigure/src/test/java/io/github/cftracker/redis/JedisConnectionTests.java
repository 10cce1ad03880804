package io.github.cftracker.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.redis.RedisConnection.Topology;
import io.github.cftracker.run.StoreCondition;
import io.github.cftracker.testing.FakeRedis;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.TestRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Connections of an application that uses Jedis.
 */
class JedisConnectionTests {

	private final FakeRedis server = new FakeRedis((command) -> "+OK");

	private final JedisConnectionFactory factory = new JedisConnectionFactory(
			new RedisStandaloneConfiguration("127.0.0.1", this.server.port()));

	private final TrackerRedisConnection redis = ApplicationRedis.using(this.factory);

	@AfterEach
	void stop() throws IOException {
		this.factory.destroy();
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "NOPERM User tracker has no permissions to run the 'get' command",
			"NOAUTH Authentication required.", "WRONGPASS invalid username-password pair or user is disabled.",
			"READONLY You can't write against a read only replica.", "ERR unknown command",
			"WRONGTYPE Operation against a key holding the wrong kind of value",
			"MISCONF Redis is configured to save RDB snapshots", "LOADING Redis is loading the dataset in memory",
			"OOM command not allowed when used memory > 'maxmemory'." })
	void anErrorOfTheServerIsARefusal(String error) {
		start();
		this.server.answer((command) -> command.equals("EVALSHA") ? "-" + error : "+OK");
		assertThatExceptionOfType(RedisAccessException.class).isThrownBy(() -> TestCommands.get(this.redis, "a"))
			.withMessage(error)
			.satisfies((ex) -> assertThat(ex.isRefused()).isTrue());
	}

	@Test
	void aRefusedLoginIsARefusal() {
		this.factory.getStandaloneConfiguration().setPassword("secret");
		start();
		this.server.answer((command) -> command.equals("AUTH") ? "-WRONGPASS invalid username-password pair" : "+OK");
		assertThatExceptionOfType(RedisAccessException.class).isThrownBy(() -> TestCommands.get(this.redis, "a"))
			.withMessageStartingWith("WRONGPASS")
			.satisfies((ex) -> assertThat(ex.isRefused()).isTrue());
	}

	@Test
	void aServerThatIsGoneIsNotARefusal() throws IOException {
		start();
		assertThat(TestCommands.get(this.redis, "a")).isEqualTo("OK");
		this.server.close();
		assertThatExceptionOfType(RedisAccessException.class).isThrownBy(() -> TestCommands.get(this.redis, "a"))
			.satisfies((ex) -> assertThat(ex.isRefused()).isFalse());
	}

	@Test
	void namesThePermissionIfInfoIsRefused() {
		start();
		this.server.answer((command) -> command.startsWith("EVAL")
				? "-ERR The user executing the script can't run this command or subcommand" : "+OK");
		assertThat(new RedisInspector(this.redis, new RedisKeys("test", "E1"), 0).inspect().details())
			.extractingByKey(StoreCondition.ERROR)
			.asString()
			.contains("Grant '+info'");
	}

	@Test
	void readsTrackedPaths() throws IOException {
		try (TestRedis redis = TestRedis.start()) {
			JedisConnectionFactory jedis = new JedisConnectionFactory(
					new RedisStandaloneConfiguration("127.0.0.1", redis.port()));
			jedis.afterPropertiesSet();
			jedis.start();
			RedisUrlStore store = RedisStores.create(ApplicationRedis.using(jedis), new RedisKeys("test", "E1"));
			store.track(List.of(new PathLifetime("/a", Duration.ofHours(1), Duration.ZERO, "/{page}", Set.of("shop"))));
			assertThat(store.scan("/", 10)).singleElement().satisfies((path) -> {
				assertThat(path.route()).isEqualTo("/{page}");
				assertThat(path.tags()).containsExactly("shop");
			});
			assertThat(store.claim("c", InvalidationRequest.ofTags("shop").selection()).next(10))
				.extracting(TrackedPath::path)
				.containsExactly("/a");
			jedis.destroy();
		}
	}

	@Test
	void knowsTheServersOfTheFactory() {
		assertThat(this.redis.connection().topology()).isEqualTo(Topology.STANDALONE);
		assertThat(topologyOf(new JedisConnectionFactory(new RedisSentinelConfiguration().master("cf"))))
			.isEqualTo(Topology.SENTINEL);
		assertThat(topologyOf(new JedisConnectionFactory(new RedisClusterConfiguration(List.of("h1:7000")))))
			.isEqualTo(Topology.CLUSTER);
	}

	private static Topology topologyOf(JedisConnectionFactory factory) {
		return ApplicationRedis.using(factory).connection().topology();
	}

	private void start() {
		this.factory.afterPropertiesSet();
		this.factory.start();
	}

}
