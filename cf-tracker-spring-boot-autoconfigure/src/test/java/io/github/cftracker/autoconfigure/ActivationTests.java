package io.github.cftracker.autoconfigure;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.recording.BufferedTracker;
import io.github.cftracker.run.IdleInvalidator;
import io.github.cftracker.transaction.IdleAfterCommit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.mockito.Mockito.mock;

/**
 * When the tracker is off, and what an application has then.
 */
@ExtendWith(OutputCaptureExtension.class)
class ActivationTests {

	private static final String[] OFF = { "cf.tracker.enabled=false", "cf.tracker.distribution-id=",
			"cf.tracker.distribution-id=${NOT_SET_ANYWHERE:}" };

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL));

	@ParameterizedTest
	@ValueSource(strings = { "cf.tracker.enabled=false", "cf.tracker.distribution-id=",
			"cf.tracker.distribution-id=${NOT_SET_ANYWHERE:}" })
	void whatAnApplicationInjectsDoesNothing(String property) {
		this.contextRunner.withPropertyValues(property).run((context) -> {
			assertThat(context).hasNotFailed();
			context.getBean(UrlTracker.class).track("/a", Duration.ofHours(1));
			context.getBean(AfterCommitInvalidator.class).invalidateAll();
			CloudFrontInvalidator invalidator = context.getBean(CloudFrontInvalidator.class);
			Run run = invalidator.invalidate(InvalidationRequest.ofPaths("/a")).completion().join();
			assertThat(run.state()).isEqualTo(Run.State.EMPTY);
			assertThat(run.error()).startsWith("Nothing was sent because 'cf.tracker.");
			assertThat(invalidator.plan(InvalidationRequest.ofEverything()).items()).isZero();
			assertThat(invalidator.find(run.id())).isEmpty();
		});
	}

	@Test
	void aBlankDistributionIdIsLoggedAndShown(CapturedOutput output) {
		this.contextRunner.withPropertyValues("cf.tracker.distribution-id= ").run((context) -> {
			assertThat(output).containsOnlyOnce("cf-tracker is off because 'cf.tracker.distribution-id' is blank")
				.contains("WARN");
			Info.Builder info = new Info.Builder();
			context.getBean(InfoContributor.class).contribute(info);
			assertThat(info.build().getDetails()).extractingByKey("cfTracker")
				.isEqualTo(Map.of("enabled", false, "reason", "'cf.tracker.distribution-id' is blank"));
		});
	}

	@Test
	void aSingleRunDemandsTheDistributionId() {
		this.contextRunner.withPropertyValues("cf.tracker.distribution-id=", "cf.tracker.run-once=true")
			.run((context) -> assertThat(context).getFailure().hasMessage("'cf.tracker.distribution-id' is not set."));
	}

	@Test
	void isOffInATestWithoutAnEndpoint(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("cf.tracker.distribution-id=E123", "cf.tracker.store=memory",
					Activation.TEST_PROPERTY + "=true")
			.run((context) -> {
				assertThat(output).containsOnlyOnce("cf-tracker is off because this is a test");
				assertThat(context.getBean(CloudFrontInvalidator.class).invalidateAll().run().error())
					.contains("a test without a local CloudFront");
				assertThat(context).doesNotHaveBean(InfoContributor.class);
			});
	}

	@Test
	void theReasonIsLoggedAlsoIfTheApplicationReplacesTheInvalidator(CapturedOutput output) {
		this.contextRunner.withBean(CloudFrontInvalidator.class, () -> mock(CloudFrontInvalidator.class))
			.withPropertyValues("cf.tracker.distribution-id=E123", Activation.TEST_PROPERTY + "=true")
			.run((context) -> assertThat(output).containsOnlyOnce("cf-tracker is off because this is a test"));
	}

	@ParameterizedTest
	@CsvSource({ "enabled, maybe", "enabled, ${NOT_SET}", "run-once, perhaps" })
	void aValueThatIsNotABooleanIsReported(String name, String value, CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> start("cf.tracker.distribution-id=", "cf.tracker." + name + "=" + value).close());
		assertThat(output).contains("APPLICATION FAILED TO START", "Property: cf.tracker." + name);
	}

	@ParameterizedTest
	@CsvSource({ "cf.tracker.store=memory, distribution-id' is not set",
			"cf.tracker.distribution-id=E123 cf.tracker.redis-url=${NOT_SET}, nothing sets 'NOT_SET'",
			"cf.tracker.distribution-id=E123 cf.tracker.redis-url=localhost, redis-url' is invalid",
			"cf.tracker.distribution-id=E123 cf.tracker.access-key=a, secret-key' is not" })
	void whatIsMissingIsReportedBeforeTheWebServerStarts(String properties, String message, CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(Application.class).properties("server.port=0")
				.properties(properties.split(" "))
				.run()
				.close())
			.withMessageContaining(message);
		assertThat(output).contains("APPLICATION FAILED TO START", message)
			.doesNotContain("Tomcat initialized", "ERROR org.apache");
	}

	@Test
	void aVariableThatIsNotSetIsNamed(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("cf.tracker.distribution-id=${SHOP_DISTRIBUTION}").close());
		assertThat(output).contains("APPLICATION FAILED TO START",
				"'cf.tracker.distribution-id' refers to '${SHOP_DISTRIBUTION}', and nothing sets 'SHOP_DISTRIBUTION'",
				"'${SHOP_DISTRIBUTION:}'");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "cf.tracker.enabled=false", "cf.tracker.distribution-id=", Activation.TEST_PROPERTY + "=true" })
	void startsWithVariablesThatAreNotSetWhileItIsOff(String property) {
		this.contextRunner
			.withPropertyValues("cf.tracker.distribution-id=E123", "cf.tracker.redis-url=rediss://:s3cret@${NOT_SET}",
					"cf.tracker.access-key=${NOT_SET}", "cf.tracker.secret-key=${NOT_SET}",
					"cf.tracker.session-token=${NOT_SET}")
			.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis-url", "access-key", "secret-key", "session-token", "role-arn", "endpoint" })
	void aVariableThatIsNotSetIsNamedWithoutTheValue(String name, CapturedOutput output) {
		assertThatException().isThrownBy(
				() -> start("cf.tracker.distribution-id=E123", "cf.tracker." + name + "=https://s3cret@${NOT_SET}")
					.close());
		assertThat(output)
			.contains("'cf.tracker.%s' refers to '${NOT_SET}', and nothing sets 'NOT_SET'.".formatted(name),
					"Set 'NOT_SET', or remove 'cf.tracker.%s'.".formatted(name))
			.doesNotContain("s3cret");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void isActiveInAChildOfAContextInWhichItIsOff(boolean lazy) {
		this.contextRunner.withPropertyValues("cf.tracker.distribution-id=").withInitializer((context) -> {
			if (lazy) {
				context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
			}
		})
			.run((parent) -> this.contextRunner.withParent(parent)
				.withPropertyValues("cf.tracker.distribution-id=E123", "cf.tracker.store=memory")
				.run((context) -> {
					assertThat(context).hasNotFailed();
					assertThat(context.getBean(UrlTracker.class)).isInstanceOf(BufferedTracker.class);
					assertThat(context.getBean(CloudFrontInvalidator.class)).isNotInstanceOf(IdleInvalidator.class);
					assertThat(context.getBean(AfterCommitInvalidator.class)).isNotInstanceOf(IdleAfterCommit.class);
					Info.Builder info = new Info.Builder();
					context.getBean(InfoContributor.class).contribute(info);
					assertThat(info.build().getDetails().toString()).contains("E123");
				}));
	}

	@ParameterizedTest
	@CsvSource({ "false, true, cf-tracker is configured", "true, false, 'cf-tracker is off because' " })
	void propertiesThatChangeAfterTheConditionsStopTheStart(boolean before, boolean after, String message) {
		this.contextRunner.withPropertyValues("cf.tracker.enabled=" + before, "cf.tracker.store=memory")
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new Change(context.getEnvironment(), after)))
			.run((context) -> assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
				.isInstanceOf(CfTrackerConfigurationException.class)
				.hasMessageContaining(message)
				.hasMessageEndingWith("when Spring Boot evaluated its conditions."));
	}

	@Test
	void aClientOfRedisThatTheApplicationDidNotChooseIsReported(CapturedOutput output) {
		start("cf.tracker.enabled=false", "spring.data.redis.client-type=lettuce").close();
		assertThat(output).doesNotContain("client-type");
		start("cf.tracker.enabled=false").close();
		assertThat(output).containsOnlyOnce("Set 'spring.data.redis.client-type' to 'jedis' or 'lettuce'");
	}

	@Test
	void addsNoOtherBeansWhileItIsOff() {
		Set<String> without = new TreeSet<>();
		try (ConfigurableApplicationContext context = start("spring.autoconfigure.exclude=" + ours())) {
			without.addAll(beans(context));
		}
		for (String property : OFF) {
			try (ConfigurableApplicationContext context = start(property)) {
				Set<String> difference = beans(context);
				difference.removeAll(without);
				assertThat(difference).as(property)
					.filteredOn((name) -> !name.contains("CfTrackerOffAutoConfiguration"))
					.isSubsetOf(property.startsWith("cf.tracker.enabled")
							? List.of("cfTrackerInvalidator", "cfTrackerUrlTracker", "cfTrackerAfterCommitInvalidator")
							: List.of("cfTrackerInvalidator", "cfTrackerUrlTracker", "cfTrackerAfterCommitInvalidator",
									"cfTrackerInfoContributor"));
			}
		}
	}

	private static String ours() {
		return String.join(",",
				ImportCandidates.load(AutoConfiguration.class, null)
					.getCandidates()
					.stream()
					.filter((name) -> name.startsWith("io.github.cftracker."))
					.toList());
	}

	private static Set<String> beans(ApplicationContext context) {
		return new TreeSet<>(Arrays.asList(context.getBeanDefinitionNames()));
	}

	private static ConfigurableApplicationContext start(String... properties) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(properties)
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	/**
	 * Sets the properties after the conditions, as registrars of tests do.
	 */
	private record Change(ConfigurableEnvironment environment, boolean enabled) implements BeanFactoryPostProcessor {

		@Override
		public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
			this.environment.getPropertySources()
				.addFirst(new MapPropertySource("late",
						Map.of("cf.tracker.enabled", this.enabled, "cf.tracker.distribution-id", "E123")));
		}

	}

}
