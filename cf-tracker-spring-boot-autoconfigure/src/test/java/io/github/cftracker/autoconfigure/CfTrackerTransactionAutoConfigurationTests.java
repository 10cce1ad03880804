package io.github.cftracker.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidatesCloudFront;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.scheduling.TrackerLifecycle;
import io.github.cftracker.transaction.AfterCommitDelivery;
import io.github.cftracker.transaction.InvalidatesCloudFrontAdvisor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

@ExtendWith(OutputCaptureExtension.class)
class CfTrackerTransactionAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
		.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, TransactionAutoConfiguration.class))
		.withPropertyValues("cf.tracker.store=memory", "cf.tracker.distribution-id=E123");

	@Test
	void offersTheInvalidatorAndTheAnnotation() {
		this.contextRunner.withBean(Shop.class).run((context) -> {
			assertThat(context).hasSingleBean(AfterCommitInvalidator.class)
				.hasSingleBean(InvalidatesCloudFrontAdvisor.class);
			assertThat(AopUtils.isAopProxy(context.getBean(Shop.class))).isTrue();
			assertThat(AopUtils.isAopProxy(context.getBean(CloudFrontInvalidator.class))).isFalse();
		});
	}

	@Test
	void switchedOffTheAnnotationDoesNothingAndTheInvalidatorIsThere() {
		this.contextRunner.withPropertyValues("cf.tracker.enabled=false")
			.withBean(Shop.class)
			.withBean(Injected.class)
			.run((context) -> {
				assertThat(context).hasNotFailed()
					.doesNotHaveBean(InvalidatesCloudFrontAdvisor.class)
					.doesNotHaveBean(AfterCommitDelivery.class)
					.doesNotHaveBean(TrackerLifecycle.class);
				assertThat(AopUtils.isAopProxy(context.getBean(Shop.class))).isFalse();
				context.getBean(Injected.class).invalidate();
			});
	}

	@Test
	void backsOffForTheApplications() {
		List<InvalidationRequest> requested = new ArrayList<>();
		this.contextRunner.withBean(AfterCommitInvalidator.class, () -> requested::add)
			.withBean(Shop.class)
			.run((context) -> {
				assertThat(context).hasSingleBean(AfterCommitInvalidator.class);
				context.getBean(Shop.class).save();
				assertThat(requested).containsExactly(InvalidationRequest.ofTags("shop"));
			});
	}

	@Test
	void usesAnInvalidatorOfTheApplication() {
		this.contextRunner.withBean(CloudFrontInvalidator.class, () -> mock(CloudFrontInvalidator.class))
			.withBean(Shop.class)
			.run((context) -> {
				context.getBean(Shop.class).save();
				verify(context.getBean(CloudFrontInvalidator.class)).invalidate(InvalidationRequest.ofTags("shop"));
			});
	}

	@Test
	void worksWithoutTransactions() {
		this.contextRunner.withBean(CloudFrontInvalidator.class, () -> mock(CloudFrontInvalidator.class))
			.withClassLoader(
					new FilteredClassLoader(PlatformTransactionManager.class, TransactionSynchronizationManager.class))
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.withBean(Sells.class, Selling::new)
			.run((context) -> {
				assertThat(context).hasSingleBean(AfterCommitInvalidator.class);
				context.getBean(Sells.class).sell();
				verify(context.getBean(CloudFrontInvalidator.class)).invalidate(InvalidationRequest.ofTags("sold"));
			});
	}

	@Test
	void makesProxiesAlsoWhereSpringBootDoesNot() {
		this.contextRunner.withPropertyValues("spring.aop.auto=false")
			.withBean(Sells.class, Selling::new)
			.run((context) -> assertThat(AopUtils.isCglibProxy(context.getBean(Sells.class))).isTrue());
		this.contextRunner.withPropertyValues("spring.aop.auto=false", "spring.aop.proxy-target-class=false")
			.withBean(Sells.class, Selling::new)
			.run((context) -> {
				assertThat(context).hasBean(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME);
				assertThat(AopUtils.isJdkDynamicProxy(context.getBean(Sells.class))).isTrue();
			});
	}

	@Test
	void initializesNothingBeforeItsTime(CapturedOutput output) {
		List<String> created = new CopyOnWriteArrayList<>();
		this.contextRunner.withBean(Shop.class)
			.withBean(BeanPostProcessor.class, () -> new Recording(created))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				// The advisor comes with the first bean, before post-processors that have
				// no
				// order; all that it needs comes later
				assertThat(created).doesNotContain("cfTrackerInvalidatesCloudFrontAdvisor")
					.contains("cfTrackerMemoryUrlStore", "cfTrackerInvalidator", "cfTrackerAfterCommitDelivery",
							"cfTrackerAfterCommitInvalidator");
			});
		assertThat(output).doesNotContain("is not eligible for getting processed by all BeanPostProcessors");
	}

	@Test
	void worksInAnApplicationThatIsLazy() {
		this.contextRunner.withBean(CloudFrontInvalidator.class, () -> mock(CloudFrontInvalidator.class))
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withBean(Shop.class)
			.run((context) -> {
				context.getBean(Shop.class).save();
				verify(context.getBean(CloudFrontInvalidator.class)).invalidate(InvalidationRequest.ofTags("shop"));
			});
	}

	@Test
	void leavesDormantMethodsOfTheApplicationDormant() {
		this.contextRunner.withBean(Dormant.class).run((context) -> {
			Dormant dormant = context.getBean(Dormant.class);
			assertThat(AopUtils.isAopProxy(dormant)).isFalse();
			assertThat(dormant.asynchronous()).isEqualTo(Thread.currentThread());
		});
	}

	@Test
	void asksNothingUntilAMethodHasReturned() {
		this.contextRunner.withBean(CloudFrontInvalidator.class, () -> mock(CloudFrontInvalidator.class))
			.withBean(Shop.class)
			.run((context) -> verify(context.getBean(CloudFrontInvalidator.class), never()).invalidate(any()));
	}

	@Test
	void makesItsLastAttemptWhileTheInvalidatorStillWorks() {
		this.contextRunner.withBean(Shop.class).run((context) -> {
			TrackerLifecycle delivery = context.getBean("cfTrackerDeliveryLifecycle", TrackerLifecycle.class);
			TrackerLifecycle invalidator = context.getBean("cfTrackerInvalidatorLifecycle", TrackerLifecycle.class);
			assertThat(delivery.isRunning()).isTrue();
			assertThat(delivery.getPhase()).isGreaterThan(invalidator.getPhase());
		});
	}

	@Test
	void whatIsWrongWithAnAnnotationIsSaidWithItsFix() {
		this.contextRunner.withBean("broken", Broken.class).run((context) -> {
			FailureAnalysis analysis = new InvalidAnnotationFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).contains(Broken.class.getName() + ".save()",
					"does not select anything");
			assertThat(analysis.getAction()).contains("Set 'paths', 'matching', 'routes' or 'tags'");
		});
	}

	private record Recording(List<String> created) implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			this.created.add(beanName);
			return bean;
		}

	}

	static class Shop {

		@InvalidatesCloudFront(tags = "shop")
		public void save() {
		}

	}

	public interface Sells {

		void sell();

	}

	static class Selling implements Sells {

		@Override
		@InvalidatesCloudFront(tags = "sold")
		public void sell() {
		}

	}

	static class Broken {

		@InvalidatesCloudFront
		public void save() {
		}

	}

	static class Injected {

		private final AfterCommitInvalidator invalidator;

		Injected(AfterCommitInvalidator invalidator) {
			this.invalidator = invalidator;
		}

		void invalidate() {
			this.invalidator.invalidateAll();
			this.invalidator.invalidate(InvalidationRequest.builder().matching(List.of("/a")).build());
		}

	}

	static class Dormant {

		@Async
		public Thread asynchronous() {
			return Thread.currentThread();
		}

		@Scheduled(fixedRate = 1)
		public void scheduled() {
			throw new IllegalStateException();
		}

	}

}
