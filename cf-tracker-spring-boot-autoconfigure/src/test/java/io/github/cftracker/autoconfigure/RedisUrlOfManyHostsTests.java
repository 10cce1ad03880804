package io.github.cftracker.autoconfigure;

import java.util.List;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RedisUrlOfManyHostsTests {

	@Test
	void severalHostsHaveTheSameLoginAndTls() {
		List<RedisURI> nodes = RedisUrl
			.parse("rediss://op%40r:p%2C%40ss%23@h1.example.org:7000,my_redis:7001,h3?verifyPeer=CA");
		assertThat(nodes).extracting((node) -> node.getHost() + ":" + node.getPort())
			.containsExactly("h1.example.org:7000", "my_redis:7001", "h3:6379");
		assertThat(nodes).allSatisfy((node) -> {
			assertThat(node.isSsl()).isTrue();
			assertThat(node.getVerifyMode()).isEqualTo(SslVerifyMode.CA);
			assertThat(loginOf(node)).isEqualTo("op@r:p,@ss#");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis-sentinel://user:p%40ss@h1,my_sentinel:26380,h3.example.org:26381/2#mymaster",
			"redis-sentinel://user:p%40ss@h1,my_sentinel:26380,h3.example.org:26381/2?sentinelMasterId=mymaster" })
	void sentinelsAreAskedForTheMaster(String url) {
		assertThat(RedisUrl.parse(url)).singleElement().satisfies((uri) -> {
			assertThat(uri.getSentinelMasterId()).isEqualTo("mymaster");
			assertThat(uri.getSentinels()).extracting((sentinel) -> sentinel.getHost() + ":" + sentinel.getPort())
				.containsExactlyInAnyOrder("h1:26379", "my_sentinel:26380", "h3.example.org:26381");
			assertThat(uri.getDatabase()).isEqualTo(2);
			assertThat(loginOf(uri)).isEqualTo("user:p@ss");
			assertThat(uri.getSentinels()).allSatisfy((sentinel) -> assertThat(loginOf(sentinel)).isNull());
			assertThat(uri.isSsl()).isFalse();
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

	private static String loginOf(RedisURI uri) {
		RedisCredentials credentials = uri.getCredentialsProvider().resolveCredentials().block();
		return (credentials != null && credentials.hasPassword())
				? credentials.getUsername() + ":" + new String(credentials.getPassword()) : null;
	}

}
