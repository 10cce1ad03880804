package io.github.cftracker.redis;

import java.time.Duration;
import java.util.function.Supplier;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
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

	private final String description;

	private TrackerRedis(RedisConnectionFactory factory, @Nullable LettuceConnectionFactory ownFactory,
			String description) {
		this.template = new StringRedisTemplate(factory);
		this.ownFactory = ownFactory;
		this.description = description;
	}

	/**
	 * Connects to a server of the tracker's own.
	 * @param uri where to
	 * @param timeout for connects and commands
	 * @return the connection
	 */
	public static TrackerRedis to(RedisURI uri, Duration timeout) {
		LettuceClientConfiguration client = withTimeouts(LettuceClientConfiguration.builder().apply(uri),
				ClientOptions.builder(), timeout)
			.build();
		RedisConfiguration server = LettuceConnectionFactory.createRedisConfiguration(uri);
		return own(new LettuceConnectionFactory(server, client), "own connection");
	}

	/**
	 * Connects to the application's server, on a connection of the tracker's own.
	 * @param application the application's factory
	 * @param timeout for connects and commands
	 * @return the connection
	 */
	public static TrackerRedis like(LettuceConnectionFactory application, Duration timeout) {
		LettuceClientConfiguration its = application.getClientConfiguration();
		LettuceClientConfigurationBuilder client = withTimeouts(LettuceClientConfiguration.builder(),
				its.getClientOptions().map(ClientOptions::mutate).orElseGet(ClientOptions::builder), timeout);
		its.getClientResources().ifPresent(client::clientResources);
		its.getClientName().ifPresent(client::clientName);
		its.getRedisCredentialsProviderFactory().ifPresent(client::redisCredentialsProviderFactory);
		if (its.isUseSsl()) {
			var ssl = client.useSsl().verifyPeer(its.getVerifyMode());
			if (its.isStartTls()) {
				ssl.startTls();
			}
		}
		return own(new LettuceConnectionFactory(serverOf(application), client.build()),
				"own connection to the application's");
	}

	/**
	 * Uses the application's factory as it is.
	 * @param factory the factory
	 * @return the connection
	 */
	public static TrackerRedis using(RedisConnectionFactory factory) {
		return new TrackerRedis(factory, null, "the application's connection factory");
	}

	private static TrackerRedis own(LettuceConnectionFactory factory, String description) {
		factory.afterPropertiesSet();
		return new TrackerRedis(factory, factory, description);
	}

	private static LettuceClientConfigurationBuilder withTimeouts(LettuceClientConfigurationBuilder client,
			ClientOptions.Builder options, Duration timeout) {
		return client.commandTimeout(timeout)
			.shutdownTimeout(Duration.ZERO)
			.clientOptions(options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
				.timeoutOptions(TimeoutOptions.enabled(timeout))
				.socketOptions(SocketOptions.builder().connectTimeout(timeout).build())
				.build());
	}

	private static RedisConfiguration serverOf(LettuceConnectionFactory application) {
		return firstOf(application::getClusterConfiguration, application::getSentinelConfiguration,
				application::getSocketConfiguration, application::getStandaloneConfiguration);
	}

	@SafeVarargs
	private static RedisConfiguration firstOf(Supplier<? extends @Nullable RedisConfiguration>... candidates) {
		for (Supplier<? extends @Nullable RedisConfiguration> candidate : candidates) {
			RedisConfiguration configuration = candidate.get();
			if (configuration != null) {
				return configuration;
			}
		}
		throw new IllegalStateException("The application's Redis connection factory has no configuration");
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
	}

}
