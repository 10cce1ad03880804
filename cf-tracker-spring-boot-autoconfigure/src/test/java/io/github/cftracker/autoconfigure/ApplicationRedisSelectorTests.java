package io.github.cftracker.autoconfigure;

import java.lang.reflect.Method;
import java.util.stream.Stream;

import io.github.cftracker.redis.TrackerRedisConnection;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.aot.BeanInstanceSupplier;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Connection factories of Spring Boot and of applications, none of which connects.
 */
class ApplicationRedisSelectorTests {

	private static final String OWN = "own connection to the application's server";

	private static final String AS_IT_IS = "the application's connection factory";

	private final CfTrackerProperties properties = new CfTrackerProperties();

	@Test
	void connectsLikeSpringBootsFactory() {
		try (GenericApplicationContext boot = refreshed(DataRedisAutoConfiguration.class)) {
			assertSelects(boot, OWN);
		}
	}

	@Test
	void connectsLikeSpringBootsFactoryOfAParent() {
		try (GenericApplicationContext boot = refreshed(DataRedisAutoConfiguration.class);
				GenericApplicationContext child = childOf(boot)) {
			child.refresh();
			assertSelects(child, OWN);
		}
	}

	@Test
	void connectsLikeSpringBootsFactoryAfterAheadOfTimeProcessing() {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.registerBeanDefinition("redisConnectionFactory", processedAheadOfTime());
			context.refresh();
			assertSelects(context, OWN);
		}
	}

	@Test
	void usesAHandMadeFactoryAsItIs() {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.registerBean("factory", RedisConnectionFactory.class, () -> new LettuceConnectionFactory());
			context.refresh();
			assertSelects(context, AS_IT_IS);
		}
	}

	@Test
	void usesARegisteredFactoryAsItIs() {
		try (GenericApplicationContext parent = new GenericApplicationContext();
				GenericApplicationContext child = childOf(parent)) {
			parent.getBeanFactory().registerSingleton("factory", new LettuceConnectionFactory());
			parent.refresh();
			child.refresh();
			assertSelects(child, AS_IT_IS);
		}
	}

	@Test
	void prefersAHandMadeFactoryToThatOfAParent() {
		try (GenericApplicationContext boot = refreshed(DataRedisAutoConfiguration.class);
				GenericApplicationContext child = childOf(boot)) {
			child.registerBean("factory", RedisConnectionFactory.class, () -> new LettuceConnectionFactory());
			child.refresh();
			assertSelects(child, AS_IT_IS);
		}
	}

	@Test
	void selectsNothingWithoutAFactory() {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.refresh();
			assertThat(new ApplicationRedisSelector(this.properties, context.getBeanFactory()).select()).isEmpty();
		}
	}

	@Test
	void onlyLettuceCanWaitForReplicas() {
		this.properties.getRedis().setWaitReplicas(1);
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.registerBean("factory", RedisConnectionFactory.class, () -> new JedisConnectionFactory());
			context.refresh();
			ApplicationRedisSelector selector = new ApplicationRedisSelector(this.properties, context.getBeanFactory());
			assertThatExceptionOfType(CfTrackerConfigurationException.class).isThrownBy(selector::select)
				.satisfies((ex) -> {
					FailureAnalysis analysis = new CfTrackerFailureAnalyzer(new MockEnvironment()).analyze(ex, ex);
					assertThat(analysis.getDescription()).contains("'cf.tracker.redis.wait-replicas' is 1",
							"JedisConnectionFactory");
					assertThat(analysis.getAction()).contains("'cf.tracker.redis-url'",
							"'cf.tracker.redis.wait-replicas'");
				});
		}
	}

	private void assertSelects(GenericApplicationContext context, String description) {
		TrackerRedisConnection redis = new ApplicationRedisSelector(this.properties, context.getBeanFactory()).select()
			.orElseThrow();
		redis.destroy();
		assertThat(redis).hasToString(description);
	}

	/**
	 * The definition as generated code registers it.
	 */
	private static RootBeanDefinition processedAheadOfTime() {
		Class<?> configuration = ClassUtils.resolveClassName(
				DataRedisAutoConfiguration.class.getPackageName() + ".LettuceConnectionConfiguration", null);
		Method method = Stream.of(configuration.getDeclaredMethods())
			.filter((candidate) -> candidate.getName().equals("redisConnectionFactory"))
			.findFirst()
			.orElseThrow();
		RootBeanDefinition definition = new RootBeanDefinition(LettuceConnectionFactory.class);
		definition.setInstanceSupplier(BeanInstanceSupplier
			.<LettuceConnectionFactory>forFactoryMethod(configuration, method.getName(), method.getParameterTypes())
			.withGenerator((bean) -> new LettuceConnectionFactory()));
		return definition;
	}

	private static GenericApplicationContext refreshed(Class<?> configuration) {
		return new AnnotationConfigApplicationContext(configuration);
	}

	private static GenericApplicationContext childOf(GenericApplicationContext parent) {
		GenericApplicationContext child = new GenericApplicationContext();
		child.setParent(parent);
		return child;
	}

}
