package io.github.cftracker.redis;

import java.time.Duration;
import java.util.List;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceClientConfigurationBuilder;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * The tracker's connection to Redis. It hides the factory it owns from the application,
 * whose own templates, caches and health would otherwise change.
 * <p>
 * An own factory gives up after {@code cf.tracker.redis.timeout} and rejects commands
 * while it is disconnected; Lettuce's defaults wait for a minute and queue. It connects
 * when it is first used, so a Redis that is down does not keep the application from
 * starting.
 */
public final class TrackerRedis implements DisposableBean {

	private final StringRedisTemplate template;

	private final @Nullable LettuceConnectionFactory ownFactory;

	private final @Nullable OwnClientResources ownResources;

	private final String description;

	private TrackerRedis(RedisConnectionFactory factory) {
		this.template = new StringRedisTemplate(factory);
		this.ownFactory = null;
		this.ownResources = null;
		this.description = "the application's connection factory";
	}

	private TrackerRedis(RedisConfiguration server, LettuceClientConfigurationBuilder client,
			OwnClientResources resources, boolean fromUrl) {
		this.ownFactory = new LettuceConnectionFactory(server, client.clientResources(resources.resources()).build());
		this.ownFactory.afterPropertiesSet();
		this.ownResources = resources;
		this.template = new ReconnectingTemplate(this.ownFactory, fromUrl);
		this.description = fromUrl ? "own connection" : "own connection to the application's server";
	}

	/**
	 * Connects to a server of the tracker's own.
	 * @param uri where to: a server, or Sentinels
	 * @param timeout for connects and commands
	 * @return the connection
	 */
	public static TrackerRedis to(RedisURI uri, Duration timeout) {
		return to(List.of(uri), timeout);
	}

	/**
	 * Connect to servers of the tracker's own, and trust the JVM's certificates.
	 * @param uris where to: a server, Sentinels, or several nodes of a Redis Cluster
	 * @param timeout for connects and commands
	 * @return the connection
	 */
	public static TrackerRedis to(List<RedisURI> uris, Duration timeout) {
		return to(uris, SslOptions.create(), timeout);
	}

	/**
	 * Connect to servers of the tracker's own.
	 * @param uris where to: a server, Sentinels, or several nodes of a Redis Cluster, of
	 * which the first determines login, TLS, and what is verified about certificates
	 * @param ssl certificates for TLS
	 * @param timeout for connects and commands
	 * @return the connection
	 */
	public static TrackerRedis to(List<RedisURI> uris, SslOptions ssl, Duration timeout) {
		LettuceClientConfigurationBuilder client = withTimeouts(LettuceClientConfiguration.builder().apply(uris.get(0)),
				ClientOptions.builder().sslOptions(ssl).build(), timeout);
		return new TrackerRedis(RedisServers.at(uris), client, OwnClientResources.create(), true);
	}

	/**
	 * Connects to the application's server, on a connection of the tracker's own. It
	 * never reads from replicas, even if the application does.
	 * @param application the application's factory
	 * @param timeout for connects and commands
	 * @return the connection
	 */
	public static TrackerRedis like(LettuceConnectionFactory application, Duration timeout) {
		LettuceClientConfiguration its = application.getClientConfiguration();
		LettuceClientConfigurationBuilder client = withTimeouts(LettuceClientConfiguration.builder(),
				its.getClientOptions().orElseGet(ClientOptions::create), timeout);
		its.getClientName().ifPresent(client::clientName);
		its.getRedisCredentialsProviderFactory().ifPresent(client::redisCredentialsProviderFactory);
		if (its.isUseSsl()) {
			var ssl = client.useSsl().verifyPeer(its.getVerifyMode());
			if (its.isStartTls()) {
				ssl.startTls();
			}
		}
		return new TrackerRedis(RedisServers.of(application), client,
				its.getClientResources().map(OwnClientResources::on).orElseGet(OwnClientResources::create), false);
	}

	/**
	 * Uses the application's factory as it is.
	 * @param factory the factory
	 * @return the connection
	 */
	public static TrackerRedis using(RedisConnectionFactory factory) {
		return new TrackerRedis(factory);
	}

	private static LettuceClientConfigurationBuilder withTimeouts(LettuceClientConfigurationBuilder client,
			ClientOptions options, Duration timeout) {
		return client.commandTimeout(timeout)
			.shutdownTimeout(Duration.ZERO)
			.clientOptions(OwnClientOptions.with(options, timeout));
	}

	/**
	 * The template on the connection.
	 * @return the template
	 */
	public StringRedisTemplate template() {
		return this.template;
	}

	/**
	 * Says in a few words whose connection it is.
	 * @return the words
	 */
	@Override
	public String toString() {
		return this.description;
	}

	@Override
	public void destroy() {
		if (this.ownFactory != null) {
			this.ownFactory.destroy();
		}
		if (this.ownResources != null) {
			this.ownResources.shutDown();
		}
	}

}
