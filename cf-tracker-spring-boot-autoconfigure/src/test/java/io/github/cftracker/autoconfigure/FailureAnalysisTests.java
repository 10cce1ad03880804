package io.github.cftracker.autoconfigure;

import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.cftracker.cloudfront.CloudFrontConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Settings that stop the start, and what is said about them.
 */
class FailureAnalysisTests {

	private static final Supplier<CloudFrontClient> CLIENT = () -> mock(CloudFrontClient.class);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
		.withPropertyValues("cf.tracker.store=memory", "cf.tracker.distribution-id=E123");

	@Test
	void aMissingDistributionIdNamesThePropertyAndTheSwitch() {
		FailureAnalysis analysis = analyze(
				new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL)));
		assertThat(analysis.getDescription()).contains("'cf.tracker.distribution-id' is not set");
		assertThat(analysis.getAction()).contains("cf.tracker.distribution-id", "cf.tracker.enabled=false");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			cf.tracker.distribution-id,              arn:aws:cloudfront::1:distribution/E1
			cf.tracker.endpoint,                     localhost
			cf.tracker.endpoint,                     localhost:4566
			cf.tracker.endpoint,                     ftp://localhost
			cf.tracker.endpoint,                     http:///path
			cf.tracker.endpoint,                     http://local_stack:4566
			cf.tracker.endpoint,                     http://localhost:65536
			cf.tracker.role-arn,                     cdn
			cf.tracker.role-arn,                     arn:aws:iam::111122223333:user/cdn
			cf.tracker.role-arn,                     111122223333:role/cdn
			cf.tracker.invalidation.batch-size,      0
			cf.tracker.invalidation.batch-size,      3001
			cf.tracker.invalidation.lease,           10ms
			cf.tracker.invalidation.history,         0
			cf.tracker.invalidation.max-paths,       -1
			cf.tracker.invalidation.budget.items-per-month, 0
			cf.tracker.pricing.usd-per-item,         -0.005
			cf.tracker.pricing.free-items,           -1
			cf.tracker.invalidation.give-up-after,   0s
			cf.tracker.invalidation.fresh-window,    -1s
			cf.tracker.invalidation.items-per-second, -1
			cf.tracker.invalidation.wildcards-per-second, -1
			cf.tracker.invalidation.items-in-progress, -1
			cf.tracker.invalidation.wildcards-in-progress, -1
			cf.tracker.invalidation.calls-per-second, 0
			cf.tracker.invalidation.retry-backoff.max, 1ms
			cf.tracker.invalidation.busy-backoff.min, 0s
			cf.tracker.schedule.cron,                every day
			cf.tracker.schedule.cron,                0 3 * * *
			cf.tracker.schedule.zone,                Nowhere/Land
			cf.tracker.tracking.flush-interval,      0
			cf.tracker.tracking.max-pending,         0
			cf.tracker.tracking.max-paths,           0
			cf.tracker.tracking.max-variants,        0
			cf.tracker.tracking.origin-path,         shop
			cf.tracker.tracking.origin-path,         /shop/
			cf.tracker.tracking.path-header,         X Path
			cf.tracker.tracking.query-string.mode,   include
			cf.tracker.tracking.query-string.mode,   exclude
			cf.tracker.tracking.query-string.names,  page
			cf.tracker.tracking.secret-header.name,  X: Secret
			cf.tracker.invalidation.protected-prefixes, shop/
			cf.tracker.invalidation.protected-prefixes, /shop/*
			cf.tracker.tracking.ttl.default,         -1s
			cf.tracker.tracking.ttl.min,             -1s
			cf.tracker.tracking.ttl.max,             -1s
			cf.tracker.tracking.ttl.grace,           -1s
			cf.tracker.redis.timeout,                0
			cf.tracker.redis.wait-replicas,          -1
			cf.tracker.key-prefix,                   a{b
			cf.tracker.tags.header,                  Cache Tag
			cf.tracker.tags.header,                  Cache-Tag:
			cf.tracker.tags.max-entries,             0
			""")
	void aBadValueIsShownWithItsPropertyAndTheFix(String name, String value) {
		FailureAnalysis analysis = analyze(name + "=" + value);
		assertThat(analysis.getDescription()).contains("'" + name + "'");
		assertThat(analysis.getAction()).contains(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "store-not-written", "runs-stopped", "run-failed", "runs-unreadable" })
	void whatKeepsTheTrackerFromWorkingCannotBeIgnored(String id) {
		FailureAnalysis analysis = analyze("cf.tracker.findings.ignore=browser-cache," + id);
		assertThat(analysis.getDescription()).contains("'cf.tracker.findings.ignore' contains '" + id + "'",
				"the tracker does not work");
		assertThat(analysis.getAction()).contains("Remove '" + id + "'");
	}

	@Test
	void anUnknownFindingIsShownWithThoseThatCanBeIgnored() {
		FailureAnalysis analysis = analyze("cf.tracker.findings.ignore=browser-cash");
		assertThat(analysis.getDescription()).contains("'browser-cash'");
		assertThat(analysis.getAction()).contains("browser-cache").doesNotContain("run-failed");
	}

	@Test
	void aSessionTokenNeedsKeys() {
		FailureAnalysis analysis = analyze("cf.tracker.session-token=s3ss10n");
		assertThat(analysis.getDescription()).contains("'cf.tracker.session-token' is set", "'cf.tracker.access-key'");
		assertThat(everything(analysis)).doesNotContain("s3ss10n");
	}

	@Test
	void temporaryKeysNeedASessionToken() {
		FailureAnalysis analysis = analyze("cf.tracker.access-key=ASIAIOSFODNN7EXAMPLE",
				"cf.tracker.secret-key=s3cret");
		assertThat(analysis.getDescription()).contains("'cf.tracker.session-token' is not set");
		assertThat(analysis.getAction()).contains("'cf.tracker.session-token'");
		assertThat(everything(analysis)).doesNotContain("ASIAIOSFODNN7EXAMPLE", "s3cret");
	}

	@Test
	void aRoleNeedsTheModuleOfAwsSts() {
		FailureAnalysis analysis = analyze(
				this.contextRunner.withClassLoader(new FilteredClassLoader("software.amazon.awssdk.services.sts")),
				"cf.tracker.role-arn=arn:aws:iam::111122223333:role/cdn");
		assertThat(analysis.getDescription()).contains("'cf.tracker.role-arn'", "'software.amazon.awssdk:sts'");
		assertThat(analysis.getAction()).contains("'software.amazon.awssdk:sts'");
	}

	@ParameterizedTest
	@CsvSource({ "io.lettuce, io.lettuce:lettuce-core, cf.tracker.store=memory",
			"software.amazon.awssdk, software.amazon.awssdk:cloudfront, cf.tracker.enabled=false" })
	void aLibraryThatWasExcludedIsNamed(String classes, String dependency, String alternative) {
		FailureAnalysis analysis = analyze(this.contextRunner.withClassLoader(new FilteredClassLoader(classes)),
				"cf.tracker.store=redis", "cf.tracker.redis-url=redis://localhost");
		assertThat(analysis.getDescription()).contains("'" + dependency + "'", "not on the class path");
		assertThat(analysis.getAction()).contains("'" + dependency + "'", "'" + alternative + "'");
	}

	@Test
	void severalClientsOfWhichNoneIsPrimaryNeedAChoice() {
		FailureAnalysis analysis = analyze(this.contextRunner.withBean("first", CloudFrontClient.class, CLIENT)
			.withBean("second", CloudFrontClient.class, CLIENT));
		assertThat(analysis.getDescription()).contains("several CloudFront clients", "first, second");
		assertThat(analysis.getAction()).contains("@Primary", "'cf.tracker.access-key'");
	}

	@Test
	void severalPrimaryClientsAreNamed() {
		FailureAnalysis analysis = analyze(this.contextRunner.withBean("other", CloudFrontClient.class, CLIENT)
			.withBean("first", CloudFrontClient.class, CLIENT, FailureAnalysisTests::primary)
			.withBean("second", CloudFrontClient.class, CLIENT, FailureAnalysisTests::primary));
		assertThat(analysis.getDescription()).contains("several primary CloudFront clients: first, second.");
		assertThat(analysis.getAction()).contains("@Primary", "'cf.tracker.access-key'");
	}

	@Test
	void aPrimaryClientOfTheContextWinsOverOneOfItsParent() {
		new ApplicationContextRunner().withBean("first", CloudFrontClient.class, CLIENT, FailureAnalysisTests::primary)
			.run((parent) -> this.contextRunner.withParent(parent)
				.withPropertyValues("cf.tracker.distribution.mirror=false")
				.withBean("second", CloudFrontClient.class, CLIENT, FailureAnalysisTests::primary)
				.withBean("other", CloudFrontClient.class, CLIENT)
				.run((context) -> assertThat(context.getBean(CloudFrontConnection.class).client())
					.isSameAs(context.getBean("second"))
					.isSameAs(context.getBeanProvider(CloudFrontClient.class).getObject())));
	}

	private static void primary(BeanDefinition definition) {
		definition.setPrimary(true);
	}

	@ParameterizedTest
	@CsvSource({ "access-key, secret-key", "secret-key, access-key" })
	void oneKeyWithoutTheOtherNamesTheOther(String present, String absent) {
		FailureAnalysis analysis = analyze("cf.tracker.%s=do-not-show-me".formatted(present));
		assertThat(analysis.getDescription()).contains("'cf.tracker.%s' is set".formatted(present),
				"'cf.tracker.%s' is not".formatted(absent));
		assertThat(analysis.getAction()).contains("'cf.tracker.%s'".formatted(absent));
		assertThat(everything(analysis)).doesNotContain("do-not-show-me");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://user:do-not-show-me@localhost", "redis://user:do-not-show-me@",
			"redis://user:do-not-show-me@host:port", "redis://user:do-not-show-me@host:99999999",
			"redis://user:do-not-show-me%zz@host", "do-not-show-me", "redis://u:do-not-show-me @ho st/x" })
	void aMalformedRedisUrlIsNotPrinted(String url) {
		FailureAnalysis analysis = analyze("cf.tracker.store=redis", "cf.tracker.redis-url=" + url);
		assertThat(analysis.getDescription()).contains("'cf.tracker.redis-url'");
		assertThat(analysis.getAction()).contains("redis://");
		assertThat(everything(analysis)).doesNotContain("do-not-show-me");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://user:do-not-show-me@localhost", "http://user:do-not-show-me@",
			"http://user:do-not-show-me@host:port", "http://user:do-not-show-me%zz@host", "user:do-not-show-me@host",
			"http://u:do-not-show-me@ho st/x" })
	void aPasswordInTheEndpointIsNotPrinted(String endpoint) {
		FailureAnalysis analysis = analyze("cf.tracker.endpoint=" + endpoint);
		assertThat(analysis.getDescription()).contains("'cf.tracker.endpoint'");
		assertThat(analysis.getAction()).contains("http://");
		assertThat(everything(analysis)).doesNotContain("do-not-show-me");
	}

	@Test
	void nothingToConnectToNamesTheThreeWaysOut() {
		FailureAnalysis analysis = analyze("cf.tracker.store=redis");
		assertThat(analysis.getDescription()).contains("there is no Redis to connect to");
		assertThat(analysis.getAction()).contains("cf.tracker.redis-url", "spring.data.redis.host",
				"cf.tracker.store=memory");
	}

	@ParameterizedTest
	@CsvSource({ "cf.tracker.key-prefix=cf, there is no Redis to connect to",
			"spring.data.redis.host=redis, the application has no Redis connection factory" })
	void theApplicationsRedisNeedsSpringDataRedis(String property, String description) {
		FailureAnalysis analysis = analyze(
				this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.data",
						"org.springframework.boot.data.redis", "org.springframework.dao")),
				"cf.tracker.store=redis", property);
		assertThat(analysis.getDescription()).contains(description);
		assertThat(analysis.getAction()).contains("'cf.tracker.redis-url'", "'spring-boot-starter-data-redis'");
	}

	@Test
	void aSecretHeaderThatIsNotCompleteNamesWhatIsMissing() {
		assertThat(analyze("cf.tracker.tracking.source=secret-header").getDescription())
			.contains("'cf.tracker.tracking.secret-header.name' is missing");
		assertThat(analyze("cf.tracker.tracking.source=secret-header", "cf.tracker.tracking.secret-header.name=X-S")
			.getDescription()).contains("'cf.tracker.tracking.secret-header.values' is missing");
		assertThat(analyze("cf.tracker.tracking.source=secret-header", "cf.tracker.tracking.secret-header.name=X-S",
				"cf.tracker.tracking.secret-header.values[0]= ")
			.getDescription()).contains("'cf.tracker.tracking.secret-header.values' is missing or blank");
	}

	@Test
	void aSecretThatNobodyLooksAtIsRefusedAndNotPrinted() {
		FailureAnalysis analysis = analyze("cf.tracker.tracking.secret-header.name=X-S",
				"cf.tracker.tracking.secret-header.values[0]=do-not-show-me");
		assertThat(analysis.getDescription()).contains("'cf.tracker.tracking.source' is 'any'");
		assertThat(analysis.getAction()).contains("cf.tracker.tracking.source=secret-header");
		assertThat(everything(analysis)).doesNotContain("do-not-show-me");
	}

	@ParameterizedTest
	@ValueSource(strings = { "cf.tracker.tracking.source=any", "cf.tracker.invalidation.max-paths=10",
			"cf.tracker.invalidation.budget.items-per-month=5", "cf.tracker.pricing.usd-per-item=0",
			"cf.tracker.pricing.free-items=0", "cf.tracker.pricing.usd-per-item=",
			"cf.tracker.invalidation.budget.on-excess=reject", "cf.tracker.redis.wait-replicas=0",
			"cf.tracker.endpoint=", "cf.tracker.endpoint= ", "cf.tracker.endpoint=HTTPS://[::1]:4566/path",
			"cf.tracker.role-arn=", "cf.tracker.role-arn=arn:aws-cn:iam::111122223333:role/path/cdn",
			"cf.tracker.tags.header=", "cf.tracker.tags.header= ", "cf.tracker.tags.header=Cache-Tag" })
	void whatIsHarmlessOrSupportedIsNot(String property) {
		this.contextRunner.withPropertyValues(property).run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@CsvSource({ "auto, AUTO", "true, TRUE", "false, FALSE" })
	void readsWhetherToMirrorTheDistribution(String value, CfTrackerProperties.Distribution.Mirror mirror) {
		this.contextRunner.withPropertyValues("cf.tracker.distribution.mirror=" + value)
			.run((context) -> assertThat(context.getBean(CfTrackerProperties.class).getDistribution().getMirror())
				.isEqualTo(mirror));
	}

	@Test
	void nothingIsCheckedWhenTheStarterIsOff() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
			.withPropertyValues("cf.tracker.enabled=false", "cf.tracker.schedule.cron=nonsense")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CfTrackerProperties.class));
	}

	@Test
	void aSingleRunThatWasLeftOutAheadOfTimeDoesNotWaitForEver() {
		Class<?>[] processed = Stream.of(TrackerAutoConfigurations.ALL)
			.filter((type) -> type != CfTrackerSchedulingAutoConfiguration.class)
			.toArray(Class[]::new);
		FailureAnalysis analysis = analyze(
				new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(processed))
					.withPropertyValues("cf.tracker.store=memory", "cf.tracker.distribution-id=E123"),
				"cf.tracker.run-once=true");
		assertThat(analysis.getDescription()).contains("'cf.tracker.run-once' is true, but was false");
		assertThat(analysis.getAction()).contains("cf.tracker.run-once=true", "spring.aot.enabled");
	}

	private FailureAnalysis analyze(String... properties) {
		return analyze(this.contextRunner, properties);
	}

	private static FailureAnalysis analyze(ApplicationContextRunner contextRunner, String... properties) {
		FailureAnalysis[] analysis = new FailureAnalysis[1];
		contextRunner.withPropertyValues(properties).run((context) -> {
			assertThat(context).hasFailed();
			analysis[0] = new CfTrackerFailureAnalyzer(new StandardEnvironment()).analyze(context.getStartupFailure());
		});
		assertThat(analysis[0]).isNotNull();
		return analysis[0];
	}

	private static String everything(FailureAnalysis analysis) {
		StringBuilder all = new StringBuilder(analysis.getDescription()).append(analysis.getAction());
		for (Throwable cause = analysis.getCause(); cause != null; cause = cause.getCause()) {
			all.append(cause);
		}
		return all.toString();
	}

}
