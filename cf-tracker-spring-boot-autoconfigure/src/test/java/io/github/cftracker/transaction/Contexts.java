package io.github.cftracker.transaction;

import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.Selection;
import io.github.cftracker.autoconfigure.CfTrackerTransactionAutoConfiguration;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.run.RunPlanner;
import io.github.cftracker.testing.Planners;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications with real transactions and an invalidator that records.
 */
final class Contexts {

	private Contexts() {
	}

	static ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(CfTrackerTransactionAutoConfiguration.class,
					TransactionAutoConfiguration.class, AopAutoConfiguration.class))
			.withUserConfiguration(Base.class);
	}

	static <T> void run(Class<T> type, Consumer<T> action, Selection... expected) {
		runner().withBean(type).run((context) -> {
			action.accept(context.getBean(type));
			assertThat(requested(context)).containsExactly(expected);
		});
	}

	static AfterCommitInvalidator afterCommit(CloudFrontInvalidator invalidator) {
		RequestDelivery delivery = new AfterCommitDelivery(provider(CloudFrontInvalidator.class, invalidator));
		RunPlanner planner = Planners.exact(new MemoryUrlStore(Clock.systemUTC()));
		return new CheckedInvalidator(new TransactionalDelivery(delivery), provider(RunPlanner.class, planner));
	}

	static <T> ObjectProvider<T> provider(Class<T> type, T bean) {
		return new StaticListableBeanFactory(Map.of("bean", bean)).getBeanProvider(type);
	}

	static Iterable<Selection> requested(AssertableApplicationContext context) {
		return context.getBean(RecordingInvalidator.class).requested();
	}

	@Configuration(proxyBeanMethods = false)
	static class Base {

		@Bean
		DataSource dataSource() {
			return H2.dataSource();
		}

		@Bean
		JdbcTransactionManager transactionManager(DataSource dataSource) {
			return new JdbcTransactionManager(dataSource);
		}

		@Bean
		RecordingInvalidator recordingInvalidator() {
			return new RecordingInvalidator();
		}

		@Bean
		RunPlanner runPlanner() {
			return Planners.exact(new MemoryUrlStore(Clock.systemUTC()));
		}

	}

}
