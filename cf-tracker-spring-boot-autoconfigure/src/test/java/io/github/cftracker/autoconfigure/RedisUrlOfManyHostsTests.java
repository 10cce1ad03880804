package io.github.cftracker.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.github.cftracker.redis.TrackerRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RedisUrlOfManyHostsTests {

	private static final Duration TIMEOUT = Duration.ofMillis(300);

	@Test
	void severalHostsAreACluster() {
		connect("rediss://op%40r:p%2C%40ss%23@h1.example.org:7000,my_redis:7001,h3?verifyPeer=CA", (factory) -> {
			assertThat(factory.isUseSsl()).isTrue();
			assertThat(factory.getClientConfiguration().getVerifyMode()).isEqualTo(SslVerifyMode.CA);
			RedisClusterConfiguration cluster = factory.getClusterConfiguration();
			assertThat(cluster.getClusterNodes()).extracting(RedisNode::asString)
				.containsExactlyInAnyOrder("h1.example.org:7000", "my_redis:7001", "h3:6379");
			assertThat(cluster.getUsername()).isEqualTo("op@r");
			assertThat(cluster.getPassword()).isEqualTo(RedisPassword.of("p,@ss#"));
		});
	}

	@Test
	void aClusterOfOneAddressNamesItTwice() {
		connect("redis://:secret@configuration.example.org:7000,configuration.example.org:7000", (factory) -> {
			assertThat(factory.isClusterAware()).isTrue();
			assertThat(factory.getClusterConfiguration().getClusterNodes()).hasSize(1);
			assertThat(factory.getClusterConfiguration().getPassword()).isEqualTo(RedisPassword.of("secret"));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis-sentinel://user:p%40ss@h1,my_sentinel:26380,h3.example.org:26381/2#mymaster",
			"redis-sentinel://user:p%40ss@h1,my_sentinel:26380,h3.example.org:26381/2?sentinelMasterId=mymaster" })
	void sentinelsAreAskedForTheMaster(String url) {
		connect(url, (factory) -> {
			RedisSentinelConfiguration sentinels = factory.getSentinelConfiguration();
			assertThat(sentinels.getMaster().getName()).isEqualTo("mymaster");
			assertThat(sentinels.getSentinels()).extracting(RedisNode::asString)
				.containsExactlyInAnyOrder("h1:26379", "my_sentinel:26380", "h3.example.org:26381");
			assertThat(sentinels.getDatabase()).isEqualTo(2);
			assertThat(sentinels.getUsername()).isEqualTo("user");
			assertThat(sentinels.getPassword()).isEqualTo(RedisPassword.of("p@ss"));
			assertThat(sentinels.getSentinelPassword()).isEqualTo(RedisPassword.none());
			assertThat(factory.isUseSsl()).isFalse();
		});
	}

	@Test
	void theLoginOfSentinelsIsNotThatOfTheServersAndTheirTlsIs() throws Exception {
		connect("rediss-sentinel://:secret@h1,h2#mymaster", (factory) -> {
			RedisURI uri = uriOf((RedisClient) factory.getRequiredNativeClient());
			assertThat(uri.isSsl()).isTrue();
			assertThat(passwordOf(uri)).isEqualTo("secret");
			assertThat(uri.getSentinels()).hasSize(2).allSatisfy((sentinel) -> {
				assertThat(sentinel.isSsl()).isTrue();
				assertThat(sentinel.getTimeout()).isEqualTo(TIMEOUT);
				assertThat(passwordOf(sentinel)).isNull();
			});
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			http://host                             | must start with 'redis://'
			redis-sentinel://:secret@host1,host2    | name of the master
			redis-sentinel://:secret@host1,host2#   | name of the master
			rediss-sentinel://:secret@host1/0       | name of the master
			redis://:secret@host1,host2#mymaster    | does not start with 'redis-sentinel://'
			redis://:secret@host1,host2/1           | only database 0
			redis://:secret@host1,host2?database=3  | only database 0
			redis://:secret@host1,                  | not a valid URL
			redis://:secret@host1,,host2            | not a valid URL
			redis://:secret@host1:99999,host2       | not a valid URL
			redis-sentinel://:secret@h1:99999,h2#m  | not a valid URL
			redis-sentinel://:secret@#m             | not a valid URL
			""")
	void saysWhatIsWrongAndNeverTheValue(String url, String reason) {
		assertThatExceptionOfType(CfTrackerConfigurationException.class).isThrownBy(() -> RedisUrl.parse(url))
			.withMessageContaining(reason)
			.withNoCause()
			.satisfies((ex) -> assertThat(ex.toString()).doesNotContain("secret", "host1"));
	}

	private static void connect(String url, Consumer<LettuceConnectionFactory> check) {
		List<RedisURI> uris = RedisUrl.parse(url);
		TrackerRedis redis = TrackerRedis.to(uris, TIMEOUT);
		try {
			check.accept((LettuceConnectionFactory) redis.template().getRequiredConnectionFactory());
		}
		finally {
			redis.destroy();
		}
	}

	private static String passwordOf(RedisURI uri) {
		RedisCredentials credentials = uri.getCredentialsProvider().resolveCredentials().block();
		return (credentials != null && credentials.hasPassword()) ? new String(credentials.getPassword()) : null;
	}

	private static RedisURI uriOf(RedisClient client) {
		try {
			var field = RedisClient.class.getDeclaredField("redisURI");
			field.setAccessible(true);
			return (RedisURI) field.get(client);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
