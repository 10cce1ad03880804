package io.github.cftracker.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

import io.github.cftracker.testing.FakeRedis;
import io.github.cftracker.testing.NewThread;
import io.github.cftracker.testing.TestLink;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
					rediss | Connection initialization timed out after 500 millisecond(s) | redis://
					redis  | Connection reset                                            | rediss://
					redis  | Connection reset by peer                                    | rediss://
					redis  | Connection closed prematurely                               | rediss://
					redis  | Connection initialization timed out. Command timed out after 500 millisecond(s) | rediss://
					""")
	void namesTheFixWhereverInTheCausesTheErrorIs(String scheme, String error, String fix) {
		for (Throwable cause : new Throwable[] { new IllegalStateException(error),
				new IllegalStateException(new IllegalArgumentException(error)),
				new IllegalStateException(null, new IllegalArgumentException("Details: " + error + "\nMore")) }) {
			assertThat(
					TlsHint.of(new RedisConnectionException("Unable to connect", cause), scheme.equals("rediss"), true))
				.startsWith(" (")
				.contains("'" + fix)
				.endsWith(")");
		}
	}

	@ParameterizedTest
	@CsvSource({ "rediss,Connection reset", "redis,handshake timed out after 500ms", "redis,Connection refused",
			"rediss,Connection refused" })
	void namesNoFixForOtherErrors(String scheme, String error) {
		assertThat(TlsHint.of(new RedisConnectionException(error), scheme.equals("rediss"), true)).isEmpty();
	}

	@Test
	void namesNoFixForAConnectionThatWorked() throws IOException {
		try (FakeRedis server = new FakeRedis(TlsHintTests::well)) {
			TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create("127.0.0.1", server.port()),
					Duration.ofSeconds(30));
			assertThat(TestCommands.exists(redis, "none")).isFalse();
			server.answer((command) -> "-ERR Connection reset");
			assertThatExceptionOfType(RedisAccessException.class).isThrownBy(() -> TestCommands.exists(redis, "none"))
				.satisfies((ex) -> assertThat(ex.hint()).isEmpty());
			redis.destroy();
		}
	}

	@Test
	void namesTheFixIfAConnectionIsLostAndCannotBeMadeAgain() {
		try (TestLink link = TestLink.to(TestRedis.shared())) {
			TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create(link.url()),
					Duration.ofSeconds(2));
			assertThat(TestCommands.exists(redis, "none")).isFalse();
			// Closes new connections at once
			link.cut();
			Awaitility.await()
				.untilAsserted(() -> assertThatExceptionOfType(RedisAccessException.class)
					.isThrownBy(() -> TestCommands.exists(redis, "none"))
					.satisfies((ex) -> assertThat(ex.hint()).contains("'rediss://'")));
			link.lead(TestRedis.shared());
			Awaitility.await()
				.ignoreExceptionsInstanceOf(RedisAccessException.class)
				.until(() -> !TestCommands.exists(redis, "none"));
			redis.destroy();
		}
	}

	@Test
	void namesThePropertiesOfTheApplicationsConnection() {
		assertThat(
				TlsHint.of(new RedisConnectionException("unable to find valid certification path to requested target"),
						true, false))
			.contains("'spring.data.redis.ssl.bundle'")
			.doesNotContain("cf.tracker");
		assertThat(TlsHint.of(new RedisConnectionException("Connection reset"), false, false))
			.contains("'spring.data.redis.ssl.enabled=true'")
			.doesNotContain("cf.tracker");
	}

	@Test
	void namesTheFixForTheApplicationsFactory() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			NewThread.EACH.execute(() -> closeEach(server));
			LettuceConnectionFactory factory = new LettuceConnectionFactory("127.0.0.1", server.getLocalPort());
			factory.afterPropertiesSet();
			factory.start();
			for (TrackerRedisConnection redis : List.of(ApplicationRedis.using(factory),
					ApplicationRedis.like(factory, Duration.ofSeconds(5)))) {
				assertThatExceptionOfType(RedisAccessException.class)
					.isThrownBy(() -> TestCommands.exists(redis, "none"))
					.satisfies((ex) -> assertThat(ex.hint()).contains("'spring.data.redis.ssl.enabled=true'"));
				redis.destroy();
			}
			factory.destroy();
		}
	}

	private static String well(String command) {
		return switch (command) {
			case "HELLO" -> "-ERR unknown command 'HELLO'";
			case "PING" -> "+PONG";
			case "EVALSHA" -> ":0";
			default -> "+OK";
		};
	}

	/**
	 * As a server does on a port with TLS.
	 */
	private static void closeEach(ServerSocket server) {
		try {
			while (true) {
				server.accept().close();
			}
		}
		catch (IOException ex) {
			// Closed
		}
	}

}
