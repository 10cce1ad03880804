package io.github.cftracker.transaction;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.cftracker.InvalidatesCloudFront;
import io.github.cftracker.Selection;
import io.github.cftracker.StoreUnavailableException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.aop.framework.Advised;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.interceptor.TransactionInterceptor;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Annotated methods that are transactional, in each order of the two interceptors.
 */
class TransactionalMethodTests {

	static Stream<Class<?>> orders() {
		return Stream.of(AsBootDoes.class, TransactionsFirst.class, TransactionsLowest.class, TransactionsInside.class);
	}

	@ParameterizedTest
	@MethodSource("orders")
	void invalidatesAfterCommit(Class<?> order) {
		run(order, (context) -> {
			context.getBean(Shop.class).save("1");
			assertThat(Contexts.requested(context)).containsExactly(tags("1"));
		});
	}

	@ParameterizedTest
	@MethodSource("orders")
	void invalidatesNothingAfterException(Class<?> order) {
		run(order, (context) -> {
			assertThatIllegalStateException().isThrownBy(() -> context.getBean(Shop.class).saveAndThrow("1"));
			assertThat(Contexts.requested(context)).isEmpty();
		});
	}

	@ParameterizedTest
	@MethodSource("orders")
	void joinsOuterTransaction(Class<?> order) {
		run(order, (context) -> {
			Shop shop = context.getBean(Shop.class);
			context.getBean(TransactionTemplate.class).executeWithoutResult((status) -> {
				for (int i = 0; i < 100; i++) {
					shop.save("" + i % 3);
				}
				assertThat(Contexts.requested(context)).isEmpty();
			});
			assertThat(Contexts.requested(context)).containsExactly(tags("0", "1", "2"));
			context.getBean(TransactionTemplate.class).executeWithoutResult((status) -> {
				shop.save("1");
				status.setRollbackOnly();
			});
			assertThat(Contexts.requested(context)).hasSize(1);
		});
	}

	@ParameterizedTest
	@MethodSource("orders")
	void deliversWithCommitOfNewTransaction(Class<?> order) {
		run(order, (context) -> {
			Shop shop = context.getBean(Shop.class);
			context.getBean(TransactionTemplate.class).executeWithoutResult((status) -> {
				shop.save("outer");
				shop.saveNew("inner");
				assertThatIllegalStateException().isThrownBy(() -> shop.saveNewAndThrow("thrown"));
			});
			if (order == TransactionsInside.class) {
				// The inner one has ended when ours sees its return, within the outer one
				assertThat(Contexts.requested(context)).containsExactly(tags("outer", "inner"));
			}
			else {
				assertThat(Contexts.requested(context)).containsExactly(tags("inner"), tags("outer"));
			}
		});
	}

	@Test
	void invalidatesNothingForRollbackOnlyTransactionIfInside() {
		run(AsBootDoes.class, (context) -> {
			context.getBean(Shop.class).saveAndMark("1");
			assertThat(Contexts.requested(context)).isEmpty();
		});
	}

	@Test
	void invalidatesAfterCommitDespiteCheckedException() {
		run(AsBootDoes.class, (context) -> {
			assertThatExceptionOfType(IOException.class)
				.isThrownBy(() -> context.getBean(Outer.class).saveAndThrowChecked("1"));
			assertThat(Contexts.requested(context)).containsExactly(tags("1"));
		});
	}

	@ParameterizedTest
	@MethodSource("orders")
	void commitsIfExpressionFails(Class<?> order) {
		run(order, (context) -> {
			context.getBean(TransactionTemplate.class)
				.executeWithoutResult((status) -> context.getBean(Shop.class).badExpression("1"));
			context.getBean(Shop.class).badExpression("2");
			assertThat(Contexts.requested(context)).isEmpty();
		});
	}

	@Test
	void commitsIfStoreIsUnavailable() {
		run(AsBootDoes.class, (context) -> {
			RecordingInvalidator invalidator = context.getBean(RecordingInvalidator.class);
			invalidator.beforeRequest(() -> {
				throw new StoreUnavailableException("Away");
			});
			context.getBean(Shop.class).save("1");
			context.getBean(Shop.class).save("2");
			invalidator.beforeRequest(() -> {
			});
			Awaitility.await()
				.untilAsserted(() -> assertThat(Contexts.requested(context)).containsExactly(tags("1", "2")));
		});
	}

	@Test
	void runsInsideTransactionByDefault() {
		for (Class<?> order : List.of(AsBootDoes.class, TransactionsFirst.class, TransactionsLowest.class)) {
			run(order, (context) -> assertThat(advice(context)).containsExactly(TransactionInterceptor.class,
					InvalidatingInterceptor.class));
		}
		run(TransactionsInside.class, (context) -> assertThat(advice(context))
			.containsExactly(InvalidatingInterceptor.class, TransactionInterceptor.class));
	}

	private static List<Class<?>> advice(AssertableApplicationContext context) {
		return Stream.of(((Advised) context.getBean(Shop.class)).getAdvisors())
			.<Class<?>>map((advisor) -> advisor.getAdvice().getClass())
			.filter((type) -> type == TransactionInterceptor.class || type == InvalidatingInterceptor.class)
			.toList();
	}

	private static void run(Class<?> order, Consumer<AssertableApplicationContext> action) {
		Contexts.runner().withUserConfiguration(order).withBean(Shop.class).withBean(Outer.class).run(action::accept);
	}

	private static Selection tags(String... tags) {
		return new Selection(List.of(), List.of(), List.of(), List.of(tags));
	}

	static class Shop {

		@Transactional
		@InvalidatesCloudFront(tags = "#{#id}")
		void save(String id) {
		}

		@Transactional(propagation = Propagation.REQUIRES_NEW)
		@InvalidatesCloudFront(tags = "#{#id}")
		void saveNew(String id) {
		}

		@Transactional(propagation = Propagation.REQUIRES_NEW)
		@InvalidatesCloudFront(tags = "#{#id}")
		void saveNewAndThrow(String id) {
			throw new IllegalStateException();
		}

		@Transactional
		@InvalidatesCloudFront(tags = "#{#id}")
		void saveAndThrow(String id) {
			throw new IllegalStateException();
		}

		@Transactional
		@InvalidatesCloudFront(tags = "#{#id}")
		void saveAndMark(String id) {
			TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
		}

		@Transactional
		@InvalidatesCloudFront(tags = "#{#id.nothing}")
		void badExpression(String id) {
		}

	}

	static class Outer {

		private final Shop shop;

		Outer(Shop shop) {
			this.shop = shop;
		}

		@Transactional
		void saveAndThrowChecked(String id) throws IOException {
			this.shop.save(id);
			throw new IOException();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AsBootDoes {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(order = 0)
	static class TransactionsFirst {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(order = Ordered.LOWEST_PRECEDENCE)
	static class TransactionsLowest {

	}

	@Configuration(proxyBeanMethods = false)
	static class TransactionsInside {

		@Bean
		static BeanFactoryPostProcessor outside() {
			return (beanFactory) -> beanFactory.getBeanDefinition("cfTrackerInvalidatesCloudFrontAdvisor")
				.getPropertyValues()
				.add("order", 0);
		}

	}

}
