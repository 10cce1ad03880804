package io.github.cftracker.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertiesTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
		.withPropertyValues("cf.tracker.store=memory", "cf.tracker.distribution-id=E123");

	@ParameterizedTest
	@CsvSource({ "cf.tracker.tracking.max-path, cf.tracker.tracking.max-paths",
			"cf.tracker.flush-interval, cf.tracker.tracking.flush-interval",
			"cf.tracker.secret-keys, cf.tracker.secret-key",
			"cf.tracker.invalidation.busy-backof.min, cf.tracker.invalidation.busy-backoff.min",
			"cf.tracker.tracking.exclud[0], cf.tracker.tracking.exclude", "cftracker.enabledd, cf.tracker.enabled",
			"cf.tracker.tags.headers, cf.tracker.tags.header", "cf.tracker.redis.url, cf.tracker.redis-url",
			"cf-tracker.redis-url, cf.tracker.redis-url", "cftracker.redis-url, cf.tracker.redis-url",
			"cf.tracker.invalidation-batch-size, cf.tracker.invalidation.batch-size" })
	void pointsOutTheNearestRightOneAndNeverTheValue(String wrong, String right, CapturedOutput output) {
		this.contextRunner.withPropertyValues(wrong + "=hidden").run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("'" + wrong.replace("[0]", "") + "' ")
			.contains("is not a property of cf-tracker. Did you mean '" + right + "'?")
			.doesNotContain("hidden");
	}

	@Test
	void saysWhereAMissingPropertyWasMisspelt() {
		Environment[] environment = new Environment[1];
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
			.withPropertyValues("cf.tracker.distributionn-id=E123")
			.withInitializer((context) -> environment[0] = context.getEnvironment())
			.run((context) -> {
				FailureAnalysis analysis = new CfTrackerFailureAnalyzer(environment[0])
					.analyze(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("'cf.tracker.distribution-id' is not set",
						"'cf.tracker.distributionn-id'", "Did you mean 'cf.tracker.distribution-id'?");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "CF_TRACKER_DISTRIBUTION_ID", "CF_TRACKER_DISTRIBUTIONID", "CF_TRACKER_TRACKING_EXCLUDE_0",
			"CF_TRACKER_TRACKING_QUERYSTRING_MODE", "CF_TRACKER_TRACKING_TTL_DEFAULT" })
	void knowsEverySpelling(String name) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(name, "value")));
		assertThat(UnknownProperties.describe(environment)).isEmpty();
	}

	@Test
	void findsEnvironmentVariablesToo() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource(
					"test-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					Map.of("CF_TRACKER_REDIS_TIMEOUTS", "1s")));
		assertThat(UnknownProperties.describe(environment)).singleElement()
			.asString()
			.contains("Did you mean 'cf.tracker.redis.timeout'?");
	}

	@Test
	void suggestsNothingThatIsNotAlike() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("test",
					Map.of("cf.tracker.zzz", "1", "cf.tracker.some.quite-other-thing", "2")));
		assertThat(UnknownProperties.describe(environment)).containsExactly(
				"'cf.tracker.some.quite-other-thing' (property source \"test\") is not a property of cf-tracker.",
				"'cf.tracker.zzz' (property source \"test\") is not a property of cf-tracker.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "CF_TRACKER_SERVICE_HOST", "CF_TRACKER_SERVICE_PORT", "CF_TRACKER_SERVICE_PORT_HTTP",
			"CF_TRACKER_PORT", "CF_TRACKER_PORT_80_TCP", "CF_TRACKER_PORT_80_TCP_ADDR" })
	void leavesTheVariablesOfAKubernetesServiceAlone(String name) {
		knowsEverySpelling(name);
	}

	@Test
	void knowsTheSamePropertiesAsTheMetadata() throws Exception {
		String metadata = Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json"));
		List<String> all = JsonPath.read(metadata, "$.properties[*].name");
		assertThat(UnknownProperties.known()).containsExactlyInAnyOrderElementsOf(
				all.stream().filter((name) -> name.startsWith("cf.tracker.")).toList());
	}

	@ParameterizedTest
	@ValueSource(strings = { "cf.tracker.keyPrefix", "cf.tracker.key_prefix", "cf.tracker.KEY-PREFIX",
			"cf.tracker.tracking.queryString.mode", "cf.tracker.tracking.exclude[3]" })
	void knowsWhateverBinds(String name) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(name, "value")));
		assertThat(UnknownProperties.describe(environment)).isEmpty();
	}

	@Test
	void saysNothingOfWhatIsRight(CapturedOutput output) {
		this.contextRunner.withPropertyValues("cf.tracker.tracking.exclude[0]=/a", "cf.trackers.name=other")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("is not a property");
	}

}
