package io.github.cftracker.redis;

import java.time.Duration;

import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Errors of TLS, as servers, the JDK and Netty word them.
 */
class TlsHintTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					rediss | unable to find valid certification path to requested target | cf.tracker.redis.ssl.bundle
					rediss | unable to find valid certification path to requested target | cf.tracker.redis.ssl.verify-peer=none
					rediss | No subject alternative DNS name matching redis.example.org found. | cf.tracker.redis.ssl.verify-peer=ca
					rediss | No subject alternative names present                        | cf.tracker.redis-url
					rediss | No name matching redis.example.org found                    | cf.tracker.redis.ssl.verify-peer=ca
					rediss | Received fatal alert: certificate_required                  | cf.tracker.redis.ssl.bundle
					rediss | Received fatal alert: bad_certificate                       | cf.tracker.redis.ssl.bundle
					rediss | Received fatal alert: unknown_ca                            | cf.tracker.redis.ssl.bundle
					rediss | not an SSL/TLS record: 2d455252                             | redis://
					rediss | handshake timed out after 500ms                             | redis://
					redis  | Connection reset                                            | rediss://
					redis  | Connection reset by peer                                    | rediss://
					redis  | Connection closed prematurely                               | rediss://
					redis  | Connection initialization timed out. Command timed out after 500 millisecond(s) | rediss://
					""")
	void namesTheFixWhereverInTheCausesTheErrorIs(String scheme, String error, String fix) {
		TrackerRedis redis = TrackerRedis.to(RedisURI.create(scheme + "://127.0.0.1:1"), Duration.ofSeconds(1));
		try {
			for (Throwable cause : new Throwable[] { new IllegalStateException(error),
					new IllegalStateException(new IllegalArgumentException(error)),
					new IllegalStateException(null, new IllegalArgumentException("Details: " + error + "\nMore")) }) {
				assertThat(
						TlsHint.of(new RedisConnectionFailureException("Unable to connect", cause), redis.template()))
					.startsWith(" (")
					.contains("'" + fix)
					.endsWith(")");
			}
		}
		finally {
			redis.destroy();
		}
	}

	@ParameterizedTest
	@CsvSource({ "rediss,Connection reset", "redis,handshake timed out after 500ms", "redis,Connection refused",
			"rediss,Connection refused" })
	void namesNoFixForOtherErrors(String scheme, String error) {
		TrackerRedis redis = TrackerRedis.to(RedisURI.create(scheme + "://127.0.0.1:1"), Duration.ofSeconds(1));
		try {
			assertThat(TlsHint.of(new RedisConnectionFailureException(error), redis.template())).isEmpty();
		}
		finally {
			redis.destroy();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Connection reset", "Connection closed prematurely" })
	void namesNoFixForAConnectionThatWorked(String error) {
		StringRedisTemplate template = new StringRedisTemplate(lettuce(false));
		assertThat(TlsHint.of(new RedisSystemException(error, null), template)).isEmpty();
	}

	@Test
	void namesThePropertiesOfTheApplicationsConnection() {
		RedisConnectionFailureException untrusted = new RedisConnectionFailureException(
				"unable to find valid certification path to requested target");
		assertThat(TlsHint.of(untrusted, new StringRedisTemplate(lettuce(true))))
			.contains("'spring.data.redis.ssl.bundle'")
			.doesNotContain("cf.tracker");
		assertThat(TlsHint.of(new RedisConnectionFailureException("Connection reset"),
				new StringRedisTemplate(lettuce(false))))
			.contains("'spring.data.redis.ssl.enabled=true'")
			.doesNotContain("cf.tracker");
	}

	private static RedisConnectionFactory lettuce(boolean tls) {
		LettuceClientConfiguration.LettuceClientConfigurationBuilder client = LettuceClientConfiguration.builder();
		if (tls) {
			client.useSsl();
		}
		return new LettuceConnectionFactory(new RedisStandaloneConfiguration(), client.build());
	}

}
