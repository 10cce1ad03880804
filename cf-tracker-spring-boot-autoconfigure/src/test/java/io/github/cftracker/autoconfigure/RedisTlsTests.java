package io.github.cftracker.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.UrlStore;
import io.github.cftracker.actuate.CfTrackerHealthIndicator;
import io.github.cftracker.testing.TestCertificates;
import io.github.cftracker.testing.TlsRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Redis servers that use TLS.
 */
@Tag("full")
@EnabledIf(value = "io.github.cftracker.testing.TlsRedis#isSupported",
		disabledReason = "the redis-server of this system was built without TLS")
@ExtendWith(OutputCaptureExtension.class)
class RedisTlsTests {

	private static final String BUNDLE = "cf.tracker.redis.ssl.bundle=redis";

	private static final String TRUST = "spring.ssl.bundle.pem.redis.truststore.certificate=file:";

	private static TestCertificates certificates;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
		.withPropertyValues("cf.tracker.distribution.mirror=false", "cf.tracker.redis.timeout=5s",
				"cf.tracker.distribution-id=E" + UUID.randomUUID().toString().replace("-", ""));

	@BeforeAll
	static void createCertificates() {
		certificates = TestCertificates.create();
		certificates.sign("right", "ip:127.0.0.1");
		certificates.sign("other-host", "dns:redis.example.org");
		certificates.sign("expired", "ip:127.0.0.1", "-startdate", "-10d", "-validity", "5");
		certificates.selfSign("stranger", "ip:127.0.0.1");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			full, right,
			ca,   right,
			none, right,
			full, other-host, 'is for another host. Use a host that it names in ''cf.tracker.redis-url'''
			ca,   other-host,
			none, other-host,
			full, stranger,   is not trusted. Set 'cf.tracker.redis.ssl.bundle'
			ca,   stranger,   is not trusted. Set 'cf.tracker.redis.ssl.bundle'
			none, stranger,
			full, expired,    has expired
			ca,   expired,    has expired
			none, expired,
			""")
	void verifiesTheCertificateAsConfigured(String verifyPeer, String certificate, String error) {
		try (TlsRedis redis = TlsRedis.start(certificates, certificate)) {
			ApplicationContextRunner runner = this.contextRunner.withPropertyValues(
					"cf.tracker.redis-url=" + redis.url(), BUNDLE, TRUST + certificates.authority(),
					"cf.tracker.redis.ssl.verify-peer=" + verifyPeer);
			if (error != null) {
				fails(runner, error);
			}
			else {
				tracks(runner);
			}
		}
	}

	@Test
	void verifiesEverythingByDefault() {
		try (TlsRedis redis = TlsRedis.start(certificates, "other-host")) {
			fails(this.contextRunner.withPropertyValues("cf.tracker.redis-url=" + redis.url(), BUNDLE,
					TRUST + certificates.authority()), "set 'cf.tracker.redis.ssl.verify-peer=ca'");
		}
	}

	@Test
	void trustsWhatTheJvmTrustsWithoutABundle() {
		try (TlsRedis redis = TlsRedis.start(certificates, "right")) {
			this.contextRunner.withPropertyValues("cf.tracker.redis-url=" + redis.url()).run((context) -> {
				Health health = context.getBean(CfTrackerHealthIndicator.class).health();
				assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
				assertThat(health.getDetails().get("error").toString())
					.startsWith("Redis did not answer: unable to find valid certification path")
					.contains("'cf.tracker.redis.ssl.bundle'", "'cf.tracker.redis.ssl.verify-peer=none'");
			});
		}
	}

	@Test
	void trustsAServerThatSignedItsOwnCertificate() {
		try (TlsRedis redis = TlsRedis.start(certificates, "stranger")) {
			tracks(this.contextRunner.withPropertyValues("cf.tracker.redis-url=" + redis.url(), BUNDLE,
					TRUST + certificates.certificate("stranger")));
		}
	}

	@Test
	void logsInWithTheCertificateOfTheBundle() {
		certificates.sign("client", "dns:client");
		try (TlsRedis redis = TlsRedis.start(certificates, "right", "--tls-auth-clients", "yes")) {
			ApplicationContextRunner runner = this.contextRunner
				.withPropertyValues("cf.tracker.redis-url=" + redis.url(), BUNDLE, TRUST + certificates.authority());
			fails(runner, "Redis requires a client certificate that it trusts. Set 'cf.tracker.redis.ssl.bundle'");
			fails(runner.withPropertyValues(keyOf("stranger")), "Redis requires a client certificate that it trusts");
			tracks(runner.withPropertyValues(keyOf("client")));
		}
	}

	@Test
	void usesTheProtocolsAndCiphersOfTheBundle() {
		try (TlsRedis redis = TlsRedis.start(certificates, "right", "--tls-protocols", "TLSv1.2", "--tls-ciphers",
				"ECDHE-ECDSA-AES128-GCM-SHA256")) {
			ApplicationContextRunner runner = this.contextRunner
				.withPropertyValues("cf.tracker.redis-url=" + redis.url(), BUNDLE, TRUST + certificates.authority());
			String options = "spring.ssl.bundle.pem.redis.options.";
			fails(runner.withPropertyValues(options + "enabled-protocols=TLSv1.3"), "protocol_version");
			fails(runner.withPropertyValues(options + "ciphers=TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
					"handshake_failure");
			tracks(runner.withPropertyValues(options + "enabled-protocols=TLSv1.2",
					options + "ciphers=TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"));
		}
	}

	@Test
	void usesAReloadedBundleForNewConnections(CapturedOutput output) {
		certificates.selfSign("trusted", "dns:trusted");
		Path trusted = certificates.certificate("trusted");
		try (TlsRedis redis = TlsRedis.start(certificates, "right")) {
			this.contextRunner
				.withPropertyValues("cf.tracker.redis-url=" + redis.url(), BUNDLE, TRUST + trusted,
						"spring.ssl.bundle.pem.redis.reload-on-update=true",
						"spring.ssl.bundle.watch.file.quiet-period=10ms")
				.run((context) -> {
					UrlStore store = context.getBean(UrlStore.class);
					assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(store::count);
					certificates.replace("trusted", "right");
					Awaitility.await().untilAsserted(() -> assertThat(reloads(output)).isOne());
					assertThat(store.count()).isZero();
					certificates.replace("trusted", "stranger");
					Awaitility.await().untilAsserted(() -> assertThat(reloads(output)).isEqualTo(2));
					assertThat(store.count()).as("on the connection that is open").isZero();
					redis.disconnectClients();
					Awaitility.await()
						.untilAsserted(() -> assertThatExceptionOfType(StoreUnavailableException.class)
							.isThrownBy(store::count)
							.withMessageStartingWith("Redis did not answer: ")
							.withMessageContaining("is not trusted. Set 'cf.tracker.redis.ssl.bundle'"));
				});
			assertThat(output).doesNotContain("doesn't support SSL reloading");
		}
	}

	@Test
	void connectsToTheMasterThatASentinelKnows() {
		try (TlsRedis master = TlsRedis.start(certificates, "right");
				TlsRedis sentinel = TlsRedis.startSentinel(certificates, "right", master)) {
			String nodes = "-sentinel://127.0.0.1:%d#cf".formatted(sentinel.port());
			tracks(this.contextRunner.withPropertyValues("cf.tracker.redis-url=rediss" + nodes, BUNDLE,
					TRUST + certificates.authority()));
			tracks(this.contextRunner.withPropertyValues("cf.tracker.redis-url=rediss" + nodes,
					"cf.tracker.redis.ssl.verify-peer=none"));
			fails(this.contextRunner.withPropertyValues("cf.tracker.redis-url=rediss" + nodes), "is not trusted");
			fails(this.contextRunner.withPropertyValues("cf.tracker.redis-url=redis" + nodes), "'rediss-sentinel://'");
		}
	}

	@Test
	void connectsToAllNodesOfACluster() {
		List<TlsRedis> cluster = TlsRedis.startCluster(certificates, "right");
		try {
			String nodes = cluster.stream()
				.map((node) -> "127.0.0.1:" + node.port())
				.collect(Collectors.joining(",", "://", ""));
			tracks(this.contextRunner.withPropertyValues("cf.tracker.redis-url=rediss" + nodes, BUNDLE,
					TRUST + certificates.authority()));
			tracks(this.contextRunner.withPropertyValues("cf.tracker.redis-url=rediss" + nodes,
					"cf.tracker.redis.ssl.verify-peer=none"));
			fails(this.contextRunner.withPropertyValues("cf.tracker.redis-url=rediss" + nodes), "is not trusted");
			fails(this.contextRunner.withPropertyValues("cf.tracker.redis-url=redis" + nodes), "'rediss://'");
		}
		finally {
			cluster.forEach(TlsRedis::close);
		}
	}

	@Test
	void hintsAtTheOtherSchemeOnTheWrongPort() {
		try (TlsRedis redis = TlsRedis.start(certificates, "right")) {
			fails(this.contextRunner.withPropertyValues("cf.tracker.redis-url=redis://127.0.0.1:" + redis.port()),
					"if Redis requires TLS on this port, start 'cf.tracker.redis-url' with 'rediss://'");
			fails(this.contextRunner.withPropertyValues("cf.tracker.redis.timeout=500ms",
					"cf.tracker.redis-url=rediss://127.0.0.1:" + redis.plainPort()),
					"if Redis does not use TLS on this port, start 'cf.tracker.redis-url' with 'redis://'");
		}
	}

	@Test
	void connectsToTheApplicationsServerAsItDoes() {
		try (TlsRedis redis = TlsRedis.start(certificates, "right")) {
			ApplicationContextRunner runner = this.contextRunner
				.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
				.withPropertyValues("spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + redis.port());
			tracks(runner.withPropertyValues("spring.data.redis.ssl.bundle=redis", TRUST + certificates.authority()));
			fails(runner.withPropertyValues("spring.data.redis.ssl.enabled=true"), "'spring.data.redis.ssl.bundle'");
			fails(runner, "'spring.data.redis.ssl.enabled=true'");
		}
	}

	private static void tracks(ApplicationContextRunner runner) {
		runner.run((context) -> {
			UrlStore store = context.getBean(UrlStore.class);
			store.track(List.of(new PathLifetime("/a", Duration.ofHours(1))));
			assertThat(store.scan("/", 10)).hasSize(1);
		});
	}

	private static void fails(ApplicationContextRunner runner, String fix) {
		runner.run((context) -> assertThatExceptionOfType(StoreUnavailableException.class)
			.isThrownBy(context.getBean(UrlStore.class)::count)
			.withMessageStartingWith("Redis did not answer: ")
			.withMessageContaining(fix));
	}

	private static String[] keyOf(String name) {
		return new String[] { "spring.ssl.bundle.pem.redis.keystore.certificate=file:" + certificates.certificate(name),
				"spring.ssl.bundle.pem.redis.keystore.private-key=file:" + certificates.key(name) };
	}

	private static long reloads(CapturedOutput output) {
		return output.toString().lines().filter((line) -> line.contains("SSL bundle 'redis' was reloaded")).count();
	}

}
