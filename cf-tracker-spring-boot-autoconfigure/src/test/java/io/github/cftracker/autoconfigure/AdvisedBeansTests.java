package io.github.cftracker.autoconfigure;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.UrlStore;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.test.LocalCloudFront;
import org.aopalliance.intercept.MethodInterceptor;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.annotation.Role;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application may have aspects on the public interfaces, such as one that measures all
 * calls. The advisor here matches what {@code execution(* UrlTracker.*(..))} matches.
 */
class AdvisedBeansTests {

	private static final List<Class<?>> PUBLIC = List.of(CloudFrontInvalidator.class, UrlTracker.class, UrlStore.class,
			AfterCommitInvalidator.class);

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void publicBeansCanBeAdvised(boolean proxyTargetClass) {
		try (LocalCloudFront cloudFront = LocalCloudFront.builder().completesAfter(Duration.ZERO).start();
				ConfigurableApplicationContext context = start(proxyTargetClass, "cf.tracker.store=memory",
						"cf.tracker.endpoint=" + cloudFront.endpoint(),
						"cf.tracker.distribution-id=" + cloudFront.distributionId(),
						"cf.tracker.access-key=" + cloudFront.accessKey(),
						"cf.tracker.secret-key=" + cloudFront.secretKey())) {
			assertThat(PUBLIC).allSatisfy((type) -> {
				Object bean = context.getBean(type);
				assertThat(proxyTargetClass ? AopUtils.isCglibProxy(bean) : AopUtils.isJdkDynamicProxy(bean))
					.as(type.getName())
					.isTrue();
			});
			context.getBean(UrlTracker.class).track("/a");
			context.getBean(CloudFrontInvalidator.class)
				.invalidate(InvalidationRequest.ofPaths("/a"))
				.completion()
				.join();
			context.getBean(AfterCommitInvalidator.class).invalidateAll();
			assertThat(cloudFront.invalidations()).singleElement()
				.satisfies((invalidation) -> assertThat(invalidation.paths()).containsExactly("/a"));
			List<String> calls = context.getBean(Calls.class).list;
			Awaitility.await()
				.untilAsserted(() -> assertThat(calls).contains("UrlTracker.track", "CloudFrontInvalidator.invalidate",
						"AfterCommitInvalidator.invalidateAll", "UrlStore.track"));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void beansOfTheTrackerThatIsOffCanBeAdvised(boolean proxyTargetClass) {
		try (ConfigurableApplicationContext context = start(proxyTargetClass, "cf.tracker.enabled=false")) {
			context.getBean(UrlTracker.class).track("/a");
			context.getBean(CloudFrontInvalidator.class).invalidateAll();
			context.getBean(AfterCommitInvalidator.class).invalidateAll();
			assertThat(context.getBean(Calls.class).list).containsExactly("UrlTracker.track",
					"CloudFrontInvalidator.invalidateAll", "AfterCommitInvalidator.invalidateAll");
		}
	}

	private static ConfigurableApplicationContext start(boolean proxyTargetClass, String... properties) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.aop.proxy-target-class=" + proxyTargetClass)
			.properties(properties)
			.run();
	}

	/**
	 * Makes proxies while the tracker is off too, as Spring Boot does with AspectJ.
	 */
	static class AutoProxyCreator implements ImportBeanDefinitionRegistrar {

		@Override
		public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
			AopConfigUtils.registerAutoProxyCreatorIfNecessary(registry);
		}

	}

	static class Calls {

		private final List<String> list = new CopyOnWriteArrayList<>();

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(AutoProxyCreator.class)
	static class Application {

		@Bean
		static Calls calls() {
			return new Calls();
		}

		// Without AspectJ only such advisors are applied
		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static DefaultPointcutAdvisor advisor(Calls calls) {
			MethodInterceptor interceptor = (invocation) -> {
				Class<?> type = publicType(invocation.getMethod(), invocation.getThis().getClass());
				calls.list.add(type.getSimpleName() + "." + invocation.getMethod().getName());
				return invocation.proceed();
			};
			return new DefaultPointcutAdvisor(new StaticMethodMatcherPointcut() {

				@Override
				public boolean matches(Method method, Class<?> targetClass) {
					return publicType(method, targetClass) != null;
				}

			}, interceptor);
		}

		private static Class<?> publicType(Method method, Class<?> targetClass) {
			return PUBLIC.stream()
				.filter((type) -> type.isAssignableFrom(targetClass)
						&& ClassUtils.hasMethod(type, method.getName(), method.getParameterTypes()))
				.findFirst()
				.orElse(null);
		}

	}

}
