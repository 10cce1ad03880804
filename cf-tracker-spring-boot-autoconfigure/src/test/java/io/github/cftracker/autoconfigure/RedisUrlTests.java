package io.github.cftracker.autoconfigure;

import java.time.Duration;

import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.redis.TrackerRedisConnection;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.RedisURI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RedisUrlTests {

	@ParameterizedTest
	@CsvSource(nullValues = "none", textBlock = """
			redis://localhost,                          localhost,  6379, 0, false
			redis://localhost:6380/2,                   localhost,  6380, 2, false
			rediss://user:pass@example.org:6380/1,      example.org, 6380, 1, true
			redis://user:pass@my_redis:6380/3,          my_redis,   6380, 3, false
			redis://my_redis,                           my_redis,   6379, 0, false
			redis://[::1]:6380,                         [::1],      6380, 0, false
			""")
	void findsHostPortDatabaseAndTls(String url, String host, int port, int database, boolean tls) {
		RedisURI uri = RedisUrl.parse(url).get(0);
		assertThat(uri.getHost()).isEqualTo(host);
		assertThat(uri.getPort()).isEqualTo(port);
		assertThat(uri.getDatabase()).isEqualTo(database);
		assertThat(uri.isSsl()).isEqualTo(tls);
	}

	@ParameterizedTest
	@CsvSource({ ":p%40ss%3A%2Fword%25@, 0", "operator:s%23cret%3F@, 3", "op%40rator:x%20y@, 1" })
	void logsInWithPercentEncodedCredentials(String credentials, int database) {
		try (TestRedis server = TestRedis.start("--requirepass", "p@ss:/word%", "--user", "operator", "on", ">s#cret?",
				"~*", "+@all", "--user", "op@rator", "on", ">x y", "~*", "+@all")) {
			TrackerRedisConnection redis = TrackerRedisConnection.to(
					RedisUrl.parse("redis://%s127.0.0.1:%d/%d".formatted(credentials, server.port(), database)),
					Duration.ofSeconds(5));
			assertThat(RedisStores.create(redis, new RedisKeys("test", "E123")).count()).isZero();
			redis.destroy();
		}
	}

}
