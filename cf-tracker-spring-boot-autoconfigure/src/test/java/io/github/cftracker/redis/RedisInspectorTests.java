package io.github.cftracker.redis;

import java.time.Duration;

import io.github.cftracker.run.StoreCondition;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Real servers, with settings that put their data at risk.
 */
class RedisInspectorTests {

	@Test
	void describesServerWithoutWarnings() {
		try (TestRedis server = TestRedis.start("--appendonly", "yes")) {
			StoreCondition condition = inspect(server.url());
			assertThat(condition.details()).containsOnlyKeys("mode", "version", "role", "connectedReplicas")
				.contains(entry("mode", "standalone"), entry("role", "master"), entry("connectedReplicas", 0));
			assertThat(condition.details().get("version").toString()).matches("(Redis|Valkey) \\d+\\.\\d+\\.\\d+");
			assertThat(condition.warnings()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "allkeys-lru", "allkeys-lfu", "allkeys-random" })
	void warnsAboutPolicyThatRemovesPaths(String policy) {
		try (TestRedis server = TestRedis.start("--appendonly", "yes", "--maxmemory-policy", policy)) {
			assertThat(inspect(server.url()).warnings()).singleElement()
				.asString()
				.contains("maxmemory-policy of Redis is " + policy, "noeviction");
		}
	}

	@Test
	void warnsAboutPolicyThatRemovesVolatileKeys() {
		try (TestRedis server = TestRedis.start("--appendonly", "yes", "--maxmemory-policy", "volatile-lru")) {
			assertThat(inspect(server.url()).warnings()).singleElement()
				.asString()
				.contains("maxmemory-policy of Redis is volatile-lru", "sent again", "noeviction");
		}
	}

	@Test
	void acceptsPolicyThatKeepsPaths() {
		try (TestRedis server = TestRedis.start("--appendonly", "yes", "--maxmemory-policy", "noeviction")) {
			assertThat(inspect(server.url()).warnings()).isEmpty();
		}
	}

	@Test
	void warnsIfNothingIsStoredOnDisk() {
		try (TestRedis server = TestRedis.start()) {
			assertThat(inspect(server.url()).warnings()).singleElement()
				.asString()
				.contains("stores nothing on disk", "Set appendonly to yes");
		}
	}

	@Test
	void acceptsSnapshots() {
		try (TestRedis server = TestRedis.start("--save", "3600", "1")) {
			assertThat(inspect(server.url()).warnings()).isEmpty();
		}
	}

	@Test
	void doesNotWarnIfManagedServerHasNoConfig() {
		try (TestRedis server = TestRedis.start("--rename-command", "CONFIG", "")) {
			StoreCondition condition = inspect(server.url());
			assertThat(condition.details()).containsEntry("role", "master").doesNotContainKey("error");
			assertThat(condition.warnings()).isEmpty();
		}
	}

	@Test
	void describesServerToUserWithoutConfig() {
		try (TestRedis server = TestRedis.start("--maxmemory-policy", "allkeys-lru", "--user", "app", "on", ">secret",
				"~*", "+@all", "-config")) {
			StoreCondition condition = inspect(asApp(server));
			assertThat(condition.details()).containsEntry("role", "master");
			assertThat(condition.warnings()).singleElement().asString().contains("allkeys-lru");
		}
	}

	@Test
	void namesPermissionIfUserMayNotSendInfo() {
		try (TestRedis server = TestRedis.start("--maxmemory-policy", "allkeys-lru", "--user", "app", "on", ">secret",
				"~*", "+@all", "-info")) {
			StoreCondition condition = inspect(asApp(server));
			assertThat(condition.details()).containsOnlyKeys("error");
			assertThat(condition.details().get("error").toString()).contains("refused INFO", "+info")
				.doesNotContain("app");
			assertThat(condition.warnings()).isEmpty();
		}
	}

	@Test
	void doesNotNameServerThatDoesNotAnswer() {
		try (TestRedis server = TestRedis.start()) {
			server.kill();
			assertThat(inspect(server.url()).details()).containsExactly(entry("error", "Redis did not answer INFO"));
		}
	}

	@Test
	void logsWarningThatCannotBeRecorded() {
		try (TestRedis server = TestRedis.start("--user", "app", "on", ">secret", "~*", "+@all", "-hset")) {
			TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create(asApp(server)),
					Duration.ofSeconds(5));
			try {
				RedisInspector inspector = new RedisInspector(redis, new RedisKeys("test", "E123"), 0);
				assertThat(inspector.recordLogged("a", "a")).isTrue();
				assertThat(inspector.recordLogged("a", "a")).isTrue();
			}
			finally {
				redis.destroy();
			}
		}
	}

	private static String asApp(TestRedis server) {
		return server.url().replace("redis://", "redis://app:secret@");
	}

	private static StoreCondition inspect(String url) {
		TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create(url), Duration.ofSeconds(5));
		try {
			return new RedisInspector(redis, new RedisKeys("test", "E123"), 0).inspect();
		}
		finally {
			redis.destroy();
		}
	}

}
