package io.github.cftracker.redis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.github.cftracker.redis.RedisConnection.Topology;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StaticCredentialsProvider;
import io.lettuce.core.cluster.ClusterClientOptions;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisSocketConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConverters;
import org.springframework.data.redis.connection.lettuce.RedisCredentialsProviderFactory;
import org.springframework.util.StringUtils;

/**
 * Connections to the application's Redis. This and {@link SpringDataConnection} are the
 * only classes that need Spring Data Redis.
 */
public final class ApplicationRedis {

	private static final String REDISSON = "org.redisson.";

	private final LettuceConnectionFactory factory;

	private final LettuceClientConfiguration client;

	ApplicationRedis(LettuceConnectionFactory factory) {
		this.factory = factory;
		this.client = factory.getClientConfiguration();
	}

	/**
	 * Use the application's factory as it is.
	 * @param factory the factory
	 * @return the connection
	 */
	public static TrackerRedisConnection using(RedisConnectionFactory factory) {
		return new TrackerRedisConnection(new SpringDataConnection(factory), "the application's connection factory");
	}

	/**
	 * Return whether the tracker can wait for replicas on the factory's connections,
	 * which neither Jedis nor Redisson supports.
	 * @param factory the factory
	 * @return {@code false} if it uses Jedis or Redisson
	 */
	public static boolean canWaitForReplicas(RedisConnectionFactory factory) {
		return !(factory instanceof JedisConnectionFactory) && !factory.getClass().getName().startsWith(REDISSON);
	}

	/**
	 * Connect to the application's server, on a connection of the tracker's own. It never
	 * reads from replicas, even if the application does.
	 * @param factory the application's factory
	 * @param timeout for connects and commands
	 * @return the connection
	 */
	public static TrackerRedisConnection like(LettuceConnectionFactory factory, Duration timeout) {
		ApplicationRedis application = new ApplicationRedis(factory);
		ClusterClientOptions options = OwnClientOptions.with(application.options(), timeout);
		return new TrackerRedisConnection(
				new LettuceConnection(application.servers(timeout), () -> options, application::resources, timeout),
				"own connection to the application's server");
	}

	private OwnClientResources resources() {
		return this.client.getClientResources().map(OwnClientResources::on).orElseGet(OwnClientResources::create);
	}

	/**
	 * Convert the servers of the factory, as Spring Data does.
	 */
	RedisServers servers(Duration timeout) {
		RedisClusterConfiguration cluster = this.factory.getClusterConfiguration();
		RedisSentinelConfiguration sentinel = this.factory.getSentinelConfiguration();
		RedisSocketConfiguration socket = this.factory.getSocketConfiguration();
		if (cluster != null) {
			List<RedisURI> nodes = cluster.getClusterNodes()
				.stream()
				.map((node) -> RedisURI.create(node.getRequiredHost(), node.getRequiredPort()))
				.toList();
			nodes.forEach((node) -> apply(node, cluster, timeout));
			return new RedisServers(Topology.CLUSTER, nodes, false);
		}
		if (sentinel != null) {
			RedisURI uri = LettuceConverters.sentinelConfigurationToRedisURI(sentinel);
			uri.setDatabase(sentinel.getDatabase());
			uri.getSentinels().forEach((each) -> applyClient(each, timeout));
			apply(uri, sentinel, timeout);
			credentials().ifPresent((credentials) -> uri.getSentinels()
				.forEach((each) -> each
					.setCredentialsProvider(credentials.createSentinelCredentialsProvider(sentinel))));
			return new RedisServers(Topology.SENTINEL, List.of(uri), false);
		}
		if (socket != null) {
			RedisURI uri = RedisURI.Builder.socket(socket.getSocket()).withDatabase(socket.getDatabase()).build();
			login(uri, socket);
			uri.setTimeout(timeout);
			return new RedisServers(Topology.STANDALONE, List.of(uri), false);
		}
		RedisStandaloneConfiguration server = this.factory.getStandaloneConfiguration();
		RedisURI uri = RedisURI.create(server.getHostName(), server.getPort());
		uri.setDatabase(server.getDatabase());
		apply(uri, server, timeout);
		return new RedisServers(Topology.STANDALONE, List.of(uri), false);
	}

	private void apply(RedisURI uri, RedisConfiguration.WithAuthentication server, Duration timeout) {
		login(uri, server);
		applyClient(uri, timeout);
	}

	private void login(RedisURI uri, RedisConfiguration.WithAuthentication server) {
		char[] password = server.getPassword().toOptional().orElse(new char[0]);
		String username = StringUtils.hasText(server.getUsername()) ? server.getUsername() : null;
		if (username != null || server.getPassword().isPresent()) {
			uri.setCredentialsProvider(new StaticCredentialsProvider(username, password));
		}
		credentials().ifPresent((credentials) -> uri
			.setCredentialsProvider(credentials.createCredentialsProvider((RedisConfiguration) server)));
	}

	private void applyClient(RedisURI uri, Duration timeout) {
		this.client.getClientName().ifPresent(uri::setClientName);
		uri.setSsl(this.client.isUseSsl());
		uri.setVerifyPeer(this.client.getVerifyMode());
		uri.setStartTls(this.client.isStartTls());
		uri.setTimeout(timeout);
	}

	private Optional<RedisCredentialsProviderFactory> credentials() {
		return this.client.getRedisCredentialsProviderFactory();
	}

	private ClientOptions options() {
		ClientOptions options = this.client.getClientOptions().orElseGet(ClientOptions::create);
		RedisClusterConfiguration cluster = this.factory.getClusterConfiguration();
		Integer redirects = (cluster != null) ? cluster.getMaxRedirects() : null;
		if (redirects == null) {
			return options;
		}
		ClusterClientOptions.Builder builder = (options instanceof ClusterClientOptions its) ? its.mutate()
				: ClusterClientOptions.builder(options);
		return builder.maxRedirects(redirects).build();
	}

}
