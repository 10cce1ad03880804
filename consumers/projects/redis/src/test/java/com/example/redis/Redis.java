package com.example.redis;

import java.util.List;

import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.core.env.Environment;

/**
 * The ways in which an application can configure its Redis.
 */
enum Redis {

	HOST_AND_PORT(true, "spring.data.redis.host=127.0.0.1", "spring.data.redis.port=${its.port}"),

	URL(true, "spring.data.redis.url=redis://127.0.0.1:${its.port}"),

	PASSWORD(true, "spring.data.redis.host=127.0.0.1", "spring.data.redis.port=${secured.port}",
			"spring.data.redis.password=${secured.password}"),

	JEDIS(true, "spring.data.redis.client-type=jedis", "spring.data.redis.host=127.0.0.1",
			"spring.data.redis.port=${its.port}"),

	MASTER_REPLICA(true,
			"spring.data.redis.masterreplica.nodes=127.0.0.1:${replica.port},127.0.0.1:${its.port}"),

	NO_PROPERTY(false),

	CONNECTION_DETAILS(true),

	HAND_MADE(true),

	SENTINEL(false, "spring.data.redis.sentinel.master=main",
			"spring.data.redis.sentinel.nodes=127.0.0.1:${unused.port}"),

	CLUSTER(false, "spring.data.redis.cluster.nodes=127.0.0.1:${unused.port}");

	private final boolean reachable;

	private final List<String> properties;

	Redis(boolean reachable, String... properties) {
		this.reachable = reachable;
		this.properties = List.of(properties);
	}

	/**
	 * Return whether there is a server, to which the application connects.
	 */
	boolean isReachable() {
		return this.reachable;
	}

	List<String> properties() {
		return this.properties;
	}

	Class<?> configuration() {
		return switch (this) {
			case CONNECTION_DETAILS -> ConnectionDetailsConfiguration.class;
			case HAND_MADE -> HandMadeConfiguration.class;
			default -> RedisApplication.class;
		};
	}

	/**
	 * What {@code @ServiceConnection} and Docker Compose make. Without an annotation, so
	 * that the application does not find it.
	 */
	static class ConnectionDetailsConfiguration {

		@Bean
		DataRedisConnectionDetails itsConnectionDetails(Environment environment) {
			return new DataRedisConnectionDetails() {

				@Override
				public Standalone getStandalone() {
					return Standalone.of("127.0.0.1", environment.getRequiredProperty("its.port", Integer.class));
				}

			};
		}

	}

	static class HandMadeConfiguration {

		@Bean
		LettuceConnectionFactory itsConnectionFactory(Environment environment) {
			return new LettuceConnectionFactory("127.0.0.1",
					environment.getRequiredProperty("its.port", Integer.class));
		}

	}

}
