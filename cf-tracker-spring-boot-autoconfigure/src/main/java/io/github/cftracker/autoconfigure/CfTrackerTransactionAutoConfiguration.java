package io.github.cftracker.autoconfigure;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.run.RunPlanner;
import io.github.cftracker.run.SelectionHints;
import io.github.cftracker.scheduling.TrackerLifecycle;
import io.github.cftracker.transaction.AfterCommitDelivery;
import io.github.cftracker.transaction.AnnotationHints;
import io.github.cftracker.transaction.CheckedInvalidator;
import io.github.cftracker.transaction.IdleAfterCommit;
import io.github.cftracker.transaction.InvalidatesCloudFrontAdvisor;
import io.github.cftracker.transaction.TransactionalDelivery;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Auto-configuration for invalidations after methods have returned and transactions have
 * committed. It follows the one of {@code @Transactional}, so that among advisors of the
 * same order the tracker's is inside.
 */
@AutoConfiguration(after = CfTrackerAutoConfiguration.class,
		afterName = "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration")
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnActivation
public final class CfTrackerTransactionAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(TransactionSynchronizationManager.class)
	static class AfterCommitConfiguration {

		@Bean
		@ConditionalOnMissingBean(ignored = IdleAfterCommit.class)
		AfterCommitInvalidator cfTrackerAfterCommitInvalidator(AfterCommitDelivery delivery,
				ObjectProvider<RunPlanner> planner) {
			return new CheckedInvalidator(new TransactionalDelivery(delivery), planner);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("org.springframework.transaction.support.TransactionSynchronizationManager")
	static class AtOnceConfiguration {

		@Bean
		@ConditionalOnMissingBean(ignored = IdleAfterCommit.class)
		AfterCommitInvalidator cfTrackerAtOnceInvalidator(AfterCommitDelivery delivery,
				ObjectProvider<RunPlanner> planner) {
			return new CheckedInvalidator(delivery, planner);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingParentBean(AfterCommitDelivery.class)
	static class DeliveryConfiguration {

		@Bean
		AfterCommitDelivery cfTrackerAfterCommitDelivery(ObjectProvider<CloudFrontInvalidator> invalidator) {
			return new AfterCommitDelivery(invalidator);
		}

		@Bean
		TrackerLifecycle cfTrackerDeliveryLifecycle(AfterCommitDelivery delivery) {
			// Its last attempt needs the invalidator
			return new TrackerLifecycle(TrackerLifecycle.DEFAULT_PHASE + 1, delivery::start, delivery::stop);
		}

	}

	/**
	 * Configuration of the annotation. Each context has it, because without AspectJ an
	 * advisor applies only to beans of the same context. With AspectJ, the equal name
	 * keeps the advisor of a parent context from applying too.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(AutoProxyRegistrar.class)
	static class AnnotationConfiguration {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static InvalidatesCloudFrontAdvisor cfTrackerInvalidatesCloudFrontAdvisor(
				ObjectProvider<AfterCommitInvalidator> invalidator, ObjectProvider<RunPlanner> planner,
				BeanFactory beanFactory) {
			return new InvalidatesCloudFrontAdvisor(invalidator, planner, beanFactory);
		}

		@Bean
		@ConditionalOnBean(SelectionHints.class)
		AnnotationHints cfTrackerAnnotationHints(InvalidatesCloudFrontAdvisor advisor, SelectionHints hints) {
			return new AnnotationHints(advisor, hints);
		}

	}

	/**
	 * Registrar of the proxy creator, which Spring Boot does not register without AspectJ
	 * and transactions, and with {@code spring.aop.proxy-target-class=false}.
	 */
	static class AutoProxyRegistrar implements ImportBeanDefinitionRegistrar {

		private final Environment environment;

		AutoProxyRegistrar(Environment environment) {
			this.environment = environment;
		}

		@Override
		public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
			boolean first = AopConfigUtils.registerAutoProxyCreatorIfNecessary(registry) != null;
			if (first && this.environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true)) {
				AopConfigUtils.forceAutoProxyCreatorToUseClassProxying(registry);
			}
		}

	}

}
