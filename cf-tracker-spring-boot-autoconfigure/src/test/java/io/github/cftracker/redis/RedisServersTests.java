package io.github.cftracker.redis;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.cftracker.redis.RedisConnection.Topology;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.cluster.ClusterClientOptions;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisSocketConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.RedisCredentialsProviderFactory;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers of {@code cf.tracker.redis-url} and of the application's connection factory.
 */
class RedisServersTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	@Test
	void anAddressIsThatOfAServer() {
		RedisServers servers = RedisServers
			.at(List.of(RedisURI.create("rediss://:secret@h1:7000/2?clientName=app&verifyPeer=CA")), TIMEOUT);
		assertThat(servers.topology()).isEqualTo(Topology.STANDALONE);
		assertThat(servers.uris()).singleElement().satisfies((uri) -> {
			assertThat(addressOf(uri)).isEqualTo("h1:7000");
			assertThat(uri.getDatabase()).isEqualTo(2);
			assertThat(uri.getClientName()).isEqualTo("app");
			assertThat(uri.isSsl()).isTrue();
			assertThat(uri.getVerifyMode()).isEqualTo(SslVerifyMode.CA);
			assertThat(uri.getTimeout()).isEqualTo(TIMEOUT);
			assertThat(loginOf(uri)).isEqualTo("null:secret");
		});
	}

	@Test
	void aClusterHasTheLoginAndTheTlsOfTheFirstAddress() {
		RedisServers servers = RedisServers.at(List.of(RedisURI.create("rediss://op:secret@h1:7000?verifyPeer=NONE"),
				RedisURI.create("redis://other:other@h2:7001")), TIMEOUT);
		assertThat(servers.topology()).isEqualTo(Topology.CLUSTER);
		assertThat(servers.uris()).extracting(RedisServersTests::addressOf).containsExactly("h1:7000", "h2:7001");
		assertThat(servers.uris()).allSatisfy((uri) -> {
			assertThat(uri.isSsl()).isTrue();
			assertThat(uri.getVerifyMode()).isEqualTo(SslVerifyMode.NONE);
			assertThat(uri.getTimeout()).isEqualTo(TIMEOUT);
			assertThat(loginOf(uri)).isEqualTo("op:secret");
		});
	}

	@Test
	void anAddressThatIsNamedTwiceIsAClusterOfOne() {
		RedisURI uri = RedisURI.create("redis://h1:7000");
		RedisServers servers = RedisServers.at(List.of(uri, RedisURI.create("redis://h1:7000")), TIMEOUT);
		assertThat(servers.topology()).isEqualTo(Topology.CLUSTER);
		assertThat(servers.uris()).hasSize(1);
	}

	@Test
	void theLoginOfSentinelsIsNotThatOfTheServersAndTheirTlsIs() {
		RedisServers servers = RedisServers.at(List.of(RedisURI.create("rediss-sentinel://:secret@h1,h2/3#mymaster")),
				TIMEOUT);
		assertThat(servers.topology()).isEqualTo(Topology.SENTINEL);
		assertThat(servers.uris()).singleElement().satisfies((uri) -> {
			assertThat(uri.getSentinelMasterId()).isEqualTo("mymaster");
			assertThat(uri.getDatabase()).isEqualTo(3);
			assertThat(uri.isSsl()).isTrue();
			assertThat(loginOf(uri)).isEqualTo("null:secret");
			assertThat(uri.getSentinels()).hasSize(2).allSatisfy((sentinel) -> {
				assertThat(sentinel.isSsl()).isTrue();
				assertThat(sentinel.getTimeout()).isEqualTo(TIMEOUT);
				assertThat(loginOf(sentinel)).isNull();
			});
		});
	}

	@Test
	void theApplicationsServer() {
		RedisStandaloneConfiguration server = new RedisStandaloneConfiguration("my_redis", 7000);
		server.setDatabase(4);
		server.setUsername("app");
		server.setPassword("secret");
		assertLikeSpringData(server, Topology.STANDALONE, "my_redis:7000", "app:secret");
	}

	@Test
	void theApplicationsServerWithoutALogin() {
		assertLikeSpringData(new RedisStandaloneConfiguration("h1"), Topology.STANDALONE, "h1:6379", null);
	}

	@Test
	void theApplicationsSocket() {
		RedisSocketConfiguration socket = new RedisSocketConfiguration("/var/run/redis.sock");
		socket.setDatabase(2);
		socket.setPassword("secret");
		LettuceConnectionFactory factory = factory(socket, client().build());
		RedisServers servers = new ApplicationRedis(factory).servers(TIMEOUT);
		assertThat(servers.topology()).isEqualTo(Topology.STANDALONE);
		assertThat(servers.uris()).singleElement().satisfies((uri) -> {
			assertThat(uri.getSocket()).isEqualTo("/var/run/redis.sock");
			assertThat(loginOf(uri)).isEqualTo("null:secret");
			assertThat(uri.toURI()).isEqualTo(uriOf(factory).toURI());
		});
	}

	@Test
	void theApplicationsSentinels() {
		RedisSentinelConfiguration sentinels = new RedisSentinelConfiguration("mymaster", Set.of("s1:26380"));
		sentinels.setDatabase(5);
		sentinels.setUsername("app");
		sentinels.setPassword("secret");
		sentinels.setSentinelUsername("watch");
		sentinels.setSentinelPassword(RedisPassword.of("other"));
		RedisURI uri = assertLikeSpringData(sentinels, Topology.SENTINEL, "null:6379", "app:secret");
		assertThat(uri.getSentinelMasterId()).isEqualTo("mymaster");
		assertThat(uri.getSentinels()).singleElement().satisfies((sentinel) -> {
			assertThat(addressOf(sentinel)).isEqualTo("s1:26380");
			assertThat(loginOf(sentinel)).isEqualTo("watch:other");
			assertThat(sentinel.isSsl()).isTrue();
			assertThat(sentinel.getVerifyMode()).isEqualTo(SslVerifyMode.CA);
			assertThat(sentinel.isStartTls()).isTrue();
			assertThat(sentinel.getTimeout()).isEqualTo(TIMEOUT);
		});
	}

	@Test
	void theApplicationsCluster() {
		RedisClusterConfiguration cluster = new RedisClusterConfiguration(List.of("h1:7000"));
		cluster.setUsername("app");
		cluster.setPassword("secret");
		cluster.setMaxRedirects(7);
		LettuceConnectionFactory factory = factory(cluster, client().build());
		assertLike(new ApplicationRedis(factory).servers(TIMEOUT), Topology.CLUSTER, "h1:7000", "app:secret");
		TrackerRedisConnection redis = ApplicationRedis.like(factory, TIMEOUT);
		ClusterClientOptions options = (ClusterClientOptions) OwnConnectionTests.clientOf(redis).getOptions();
		assertThat(options.getMaxRedirects()).isEqualTo(7);
		redis.destroy();
	}

	@Test
	void theApplicationsCredentialsProviders() {
		RedisCredentialsProviderFactory credentials = new RedisCredentialsProviderFactory() {

			@Override
			public RedisCredentialsProvider createCredentialsProvider(RedisConfiguration configuration) {
				return provider("token");
			}

			@Override
			public RedisCredentialsProvider createSentinelCredentialsProvider(
					RedisSentinelConfiguration configuration) {
				return provider("sentinel-token");
			}

		};
		LettuceClientConfiguration client = client().redisCredentialsProviderFactory(credentials).build();
		RedisSentinelConfiguration sentinels = new RedisSentinelConfiguration("mymaster", Set.of("s1:26380"));
		RedisURI uri = new ApplicationRedis(factory(sentinels, client)).servers(TIMEOUT).uris().get(0);
		assertThat(loginOf(uri)).isEqualTo("iam:token");
		assertThat(loginOf(uri.getSentinels().get(0))).isEqualTo("iam:sentinel-token");
		RedisStandaloneConfiguration server = new RedisStandaloneConfiguration("h1");
		assertThat(loginOf(new ApplicationRedis(factory(server, client)).servers(TIMEOUT).uris().get(0)))
			.isEqualTo("iam:token");
	}

	private static RedisCredentialsProvider provider(String password) {
		return () -> Mono.just(RedisCredentials.just("iam", password));
	}

	private static RedisURI assertLikeSpringData(RedisConfiguration server, Topology topology, String address,
			String login) {
		LettuceConnectionFactory factory = factory(server, client().build());
		RedisURI uri = assertLike(new ApplicationRedis(factory).servers(TIMEOUT), topology, address, login);
		assertThat(uri.toURI()).isEqualTo(uriOf(factory).toURI());
		return uri;
	}

	/**
	 * What Spring Data makes of the same factory.
	 */
	private static RedisURI uriOf(LettuceConnectionFactory factory) {
		factory.afterPropertiesSet();
		factory.start();
		RedisURI uri = (RedisURI) ReflectionTestUtils.getField(factory.getRequiredNativeClient(), "redisURI");
		factory.destroy();
		return uri;
	}

	private static RedisURI assertLike(RedisServers servers, Topology topology, String address, String login) {
		assertThat(servers.topology()).isEqualTo(topology);
		assertThat(servers.uris()).hasSize(1);
		RedisURI uri = servers.uris().get(0);
		assertThat(addressOf(uri)).isEqualTo(address);
		assertThat(loginOf(uri)).isEqualTo(login);
		assertThat(uri.getClientName()).isEqualTo("app");
		assertThat(uri.isSsl()).isTrue();
		assertThat(uri.isStartTls()).isTrue();
		assertThat(uri.getVerifyMode()).isEqualTo(SslVerifyMode.CA);
		assertThat(uri.getTimeout()).isEqualTo(TIMEOUT);
		return uri;
	}

	private static LettuceConnectionFactory factory(RedisConfiguration server, LettuceClientConfiguration client) {
		// As Spring Boot does: the factory returns a server that it was given as a
		// RedisConfiguration as 'localhost'
		return (server instanceof RedisStandaloneConfiguration standalone)
				? new LettuceConnectionFactory(standalone, client) : new LettuceConnectionFactory(server, client);
	}

	private static LettuceClientConfiguration.LettuceClientConfigurationBuilder client() {
		return LettuceClientConfiguration.builder()
			.clientName("app")
			.commandTimeout(TIMEOUT)
			.useSsl()
			.verifyPeer(SslVerifyMode.CA)
			.startTls()
			.and();
	}

	private static String addressOf(RedisURI uri) {
		return uri.getHost() + ":" + uri.getPort();
	}

	private static String loginOf(RedisURI uri) {
		RedisCredentials credentials = uri.getCredentialsProvider().resolveCredentials().block();
		return (credentials != null && credentials.hasPassword())
				? credentials.getUsername() + ":" + new String(credentials.getPassword()) : null;
	}

}
