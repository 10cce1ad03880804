package io.github.cftracker.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.cftracker.redis.TrackerRedisConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Settings for TLS that stop the start, and those that do not.
 */
@Tag("full")
@ExtendWith(OutputCaptureExtension.class)
class RedisTlsPropertiesTests {

	private static final String TLS_URL = "cf.tracker.redis-url=rediss://127.0.0.1:1";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
		.withPropertyValues("cf.tracker.distribution-id=E123", "cf.tracker.distribution.mirror=false");

	@ParameterizedTest
	@CsvSource({ "bundle,redis,redis://localhost", "verify-peer,none,redis://localhost",
			"verify-peer,full,'redis://a,b'", "bundle,redis,redis-sentinel://localhost#cf" })
	void aUrlWithoutTlsDoesNotGoWithSettingsOfTls(String name, String value, String url) {
		FailureAnalysis analysis = analyze("cf.tracker.redis-url=" + url, "cf.tracker.redis.ssl." + name + "=" + value);
		assertThat(analysis.getDescription()).contains("'cf.tracker.redis.ssl.%s' is '%s'".formatted(name, value),
				"'cf.tracker.redis-url'", "without TLS");
		assertThat(analysis.getAction()).contains("'rediss://'", "remove 'cf.tracker.redis.ssl." + name + "'");
	}

	@ParameterizedTest
	@CsvSource({ "bundle,redis", "verify-peer,none" })
	void theApplicationsRedisHasSettingsOfItsOwn(String name, String value) {
		FailureAnalysis analysis = analyze(this.contextRunner
			.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
			.withPropertyValues("spring.data.redis.host=127.0.0.1", "cf.tracker.redis.ssl." + name + "=" + value));
		assertThat(analysis.getDescription()).contains("'cf.tracker.redis.ssl.%s' is '%s'".formatted(name, value),
				"'cf.tracker.redis-url' is not set");
		assertThat(analysis.getAction()).contains("'spring.data.redis.ssl.bundle'", "'cf.tracker.redis-url'");
	}

	@Test
	void aBundleThatDoesNotExistIsShownWithThoseThatDo() {
		FailureAnalysis analysis = analyze(TLS_URL, "cf.tracker.redis.ssl.bundle=reddis",
				"spring.ssl.bundle.pem.redis.options.enabled-protocols=TLSv1.3");
		assertThat(analysis.getDescription()).contains("'cf.tracker.redis.ssl.bundle' is 'reddis'",
				"(existing bundles: redis)");
		assertThat(analysis.getAction()).contains("'spring.ssl.bundle.pem.reddis.truststore.certificate'");
	}

	@Test
	void aBundleDoesNotExistWithoutSslAutoConfiguration() {
		FailureAnalysis analysis = analyze(new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
			.withPropertyValues("cf.tracker.distribution-id=E123", TLS_URL, "cf.tracker.redis.ssl.bundle=redis"));
		assertThat(analysis.getDescription()).contains("(existing bundles: none)");
	}

	@Test
	void aBundleThatCannotBeReadIsShownWithTheReason(@TempDir Path directory) throws Exception {
		Path broken = Files.writeString(directory.resolve("broken.crt"), "nothing");
		FailureAnalysis analysis = analyze(TLS_URL, "cf.tracker.redis.ssl.bundle=redis",
				"spring.ssl.bundle.pem.redis.truststore.certificate=file:" + broken);
		assertThat(analysis.getDescription()).contains("'cf.tracker.redis.ssl.bundle' is 'redis'", "cannot be used: ");
		assertThat(analysis.getAction()).contains("'spring.ssl.bundle'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis://127.0.0.1:1", "rediss://127.0.0.1:1" })
	void aBlankBundleIsNone(String url) {
		this.contextRunner.withPropertyValues("cf.tracker.redis-url=" + url, "cf.tracker.redis.ssl.bundle=")
			.run((context) -> assertThat(context).hasSingleBean(TrackerRedisConnection.class));
	}

	@Test
	void memoryIgnoresTheConnection() {
		this.contextRunner.withPropertyValues("cf.tracker.store=memory", "cf.tracker.redis.ssl.bundle=redis")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@CsvSource({ "none,1", "NONE,1", "ca,0", "full,0" })
	void logsOnceThatNothingIsVerified(String verifyPeer, int warnings, CapturedOutput output) {
		this.contextRunner.withPropertyValues(TLS_URL, "cf.tracker.redis.ssl.verify-peer=" + verifyPeer)
			.run((context) -> assertThat(warnings(output)).isEqualTo(warnings));
	}

	@Test
	void keepsWhatTheUrlVerifies(CapturedOutput output) {
		this.contextRunner.withPropertyValues(TLS_URL + "?verifyPeer=NONE")
			.run((context) -> assertThat(warnings(output)).isOne());
	}

	private static long warnings(CapturedOutput output) {
		return output.toString()
			.lines()
			.filter((line) -> line.contains("WARN") && line.contains("The certificate of Redis is not verified"))
			.count();
	}

	private FailureAnalysis analyze(String... properties) {
		return analyze(this.contextRunner.withPropertyValues(properties));
	}

	private static FailureAnalysis analyze(ApplicationContextRunner contextRunner) {
		FailureAnalysis[] analysis = new FailureAnalysis[1];
		contextRunner.run((context) -> {
			assertThat(context).hasFailed();
			analysis[0] = new CfTrackerFailureAnalyzer(new StandardEnvironment()).analyze(context.getStartupFailure());
		});
		assertThat(analysis[0]).isNotNull();
		return analysis[0];
	}

}
