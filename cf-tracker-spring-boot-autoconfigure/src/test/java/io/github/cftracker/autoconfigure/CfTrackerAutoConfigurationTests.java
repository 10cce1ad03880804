package io.github.cftracker.autoconfigure;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.CloudFrontClientCustomizer;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidatesCloudFront;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.NotFoundHandler;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.UrlStore;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.actuate.CfInvalidateEndpoint;
import io.github.cftracker.actuate.CfPathsEndpoint;
import io.github.cftracker.actuate.CfTrackerHealthIndicator;
import io.github.cftracker.actuate.CfTrackerMetrics;
import io.github.cftracker.cloudfront.CloudFrontConnection;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.run.InvalidationClient;
import io.github.cftracker.run.InvalidationException;
import io.github.cftracker.run.QueuedInvalidator;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.run.RunPlanner;
import io.github.cftracker.scheduling.ScheduledInvalidation;
import io.github.cftracker.scheduling.TrackerLifecycle;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.tracking.LifetimePolicy;
import io.github.cftracker.tracking.TrackingRules;
import io.github.cftracker.transaction.AfterCommitDelivery;
import io.github.cftracker.web.TrackingFilter;
import jakarta.servlet.DispatcherType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.CloudFrontClientBuilder;
import software.amazon.awssdk.services.cloudfront.model.CreateInvalidationRequest;
import software.amazon.awssdk.services.cloudfront.model.CreateInvalidationResponse;
import software.amazon.awssdk.utils.SdkAutoCloseable;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

@ExtendWith(OutputCaptureExtension.class)
class CfTrackerAutoConfigurationTests {

	private static final String[] NOT_READ = { "cf.tracker.distribution.mirror=false", "cf.tracker.access-key=key",
			"cf.tracker.secret-key=secret" };

	private static final String[] MEMORY = { "cf.tracker.store=memory", "cf.tracker.distribution-id=E123" };

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
		.withPropertyValues(MEMORY);

	private final WebApplicationContextRunner webContextRunner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
		.withPropertyValues(MEMORY);

	@Test
	void offersTheJavaApiWithoutAWebServer() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(UrlTracker.class)
			.hasSingleBean(CloudFrontInvalidator.class)
			.hasSingleBean(UrlStore.class)
			.doesNotHaveBean(FilterRegistrationBean.class)
			.doesNotHaveBean(ScheduledInvalidation.class)
			.doesNotHaveBean(CfInvalidateEndpoint.class));
	}

	@Test
	void saysInOneLineWhatIsInEffect(CapturedOutput output) {
		this.webContextRunner.withPropertyValues("cf.tracker.schedule.cron=0 0 3 * * *")
			.run((context) -> assertThat(output).containsOnlyOnce(
					"cf-tracker: distribution E123, client cf-tracker (credentials of bean 'credentialsProvider'), store memory, tracking GET, HEAD from any source, schedule 0 0 3 * * *")
				.contains("'cf.tracker.store' is 'memory'"));
	}

	@Test
	void tracksInAServletApplication() {
		this.webContextRunner.run((context) -> {
			FilterRegistrationBean<?> registration = context.getBean(FilterRegistrationBean.class);
			assertThat(registration.getFilter()).isInstanceOf(TrackingFilter.class);
			assertThat(registration.getOrder()).isLessThan(-100);
		});
	}

	@Test
	void registersTheOutermostFilter() {
		this.webContextRunner.run((context) -> {
			FilterRegistrationBean<?> registration = context.getBean(FilterRegistrationBean.class);
			assertThat(registration).isInstanceOf(PriorityOrdered.class);
			assertThat(registration.getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE);
		});
	}

	@Test
	void registersTheFilterWithTheOrderThatIsSet() {
		this.webContextRunner.withPropertyValues("cf.tracker.tracking.filter-order=5").run((context) -> {
			FilterRegistrationBean<?> registration = context.getBean(FilterRegistrationBean.class);
			assertThat(registration).isNotInstanceOf(PriorityOrdered.class);
			assertThat(registration.getOrder()).isEqualTo(5);
		});
	}

	@Test
	void tellsTheStoreHowOldAPageIs() {
		this.webContextRunner.withBean(UrlStore.class, () -> mock(UrlStore.class)).run((context) -> {
			serve(context, "/a");
			verify(context.getBean(UrlStore.class), timeout(5_000))
				.track(argThat((paths) -> paths.stream().allMatch((path) -> !path.age().isZero())));
		});
	}

	@Test
	void tracksPagesWithATrackerOfTheApplication() {
		this.webContextRunner.withBean(UrlTracker.class, () -> mock(UrlTracker.class)).run((context) -> {
			serve(context, "/a");
			verify(context.getBean(UrlTracker.class), timeout(10_000)).track("/a", Duration.ofHours(25));
		});
	}

	@Test
	void doesNotTrackWhenTold() {
		this.webContextRunner.withPropertyValues("cf.tracker.tracking.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(FilterRegistrationBean.class)
				.hasSingleBean(UrlTracker.class));
	}

	@Test
	void saysWhatAWebFluxApplicationDoesNotGet(CapturedOutput output) {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
			.withPropertyValues(MEMORY)
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(UrlTracker.class);
				assertThat(output).containsOnlyOnce("Requests are not tracked automatically because this is a WebFlux")
					.contains("tracking only by UrlTracker");
			});
	}

	@Test
	void exposesEndpointsOnlyWhereTheApplicationDoes() {
		this.contextRunner.withPropertyValues("management.endpoints.web.exposure.include=cfinvalidate")
			.run((context) -> assertThat(context).hasSingleBean(CfInvalidateEndpoint.class)
				.doesNotHaveBean(CfPathsEndpoint.class));
	}

	@Test
	void healthKnowsTheTracker() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(CfTrackerHealthIndicator.class)
			.hasBean("cfTrackerHealthIndicator"));
		this.contextRunner.withPropertyValues("cf.tracker.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.health.cf-tracker.enabled", "management.health.cftracker.enabled",
			"management.health.cfTracker.enabled", "management.health.defaults.enabled" })
	void healthDoesNotKnowTheTrackerWhenTold(String property) {
		this.contextRunner.withPropertyValues(property + "=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void healthKeepsAnIndicatorOfTheApplication() {
		this.contextRunner
			.withBean("cfTrackerHealthIndicator", HealthIndicator.class, () -> () -> Health.outOfService().build())
			.run((context) -> assertThat(context).hasSingleBean(HealthIndicator.class)
				.doesNotHaveBean(CfTrackerHealthIndicator.class));
	}

	@Test
	void backsOffForBeansOfTheApplication() {
		this.webContextRunner.withUserConfiguration(OwnBeans.class)
			.withPropertyValues("management.endpoints.web.exposure.include=*", "cf.tracker.schedule.cron=0 0 3 * * *")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(UrlStore.class)
				.hasSingleBean(UrlTracker.class)
				.doesNotHaveBean(PathRecorder.class)
				.hasSingleBean(CloudFrontInvalidator.class)
				.doesNotHaveBean(QueuedInvalidator.class)
				.hasSingleBean(AfterCommitInvalidator.class)
				.hasSingleBean(NotFoundHandler.class)
				.hasSingleBean(PathPatterns.class));
	}

	@Test
	void handsNotFoundPathToHandlerOfTheApplication() {
		this.webContextRunner.withPropertyValues("cf.tracker.distribution.mirror=false")
			.withBean(NotFoundHandler.class, () -> mock(NotFoundHandler.class))
			.run((context) -> {
				MockHttpServletResponse response = new MockHttpServletResponse();
				response.setStatus(404);
				serve(context, "/removed", response);
				verify(context.getBean(NotFoundHandler.class)).handle("/removed");
			});
	}

	@Test
	void anOwnStoreNeedsNoRedis() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
			.withPropertyValues("cf.tracker.distribution-id=E123")
			.withBean(UrlStore.class, () -> new MemoryUrlStore(Clock.systemUTC()))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(UrlStore.class));
	}

	@Test
	void buildsTheCloudFrontClientWhenItIsFirstUsed() {
		AtomicInteger built = new AtomicInteger();
		this.contextRunner.withPropertyValues("cf.tracker.distribution.mirror=false")
			.withBean(CloudFrontClientCustomizer.class, () -> (builder) -> built.incrementAndGet())
			.run((context) -> {
				assertThat(built).hasValue(0);
				CloudFrontConnection connection = context.getBean(CloudFrontConnection.class);
				assertThat(connection.client()).isSameAs(connection.client());
				assertThat(built).hasValue(1);
				assertThat(context).doesNotHaveBean(CloudFrontClient.class);
			});
	}

	@Test
	void usesStaticKeys() {
		this.contextRunner.withPropertyValues("cf.tracker.access-key=key", "cf.tracker.secret-key=secret")
			.run((context) -> assertThat(
					credentials(context.getBean(CloudFrontConnection.class).client()).accessKeyId())
				.isEqualTo("key"));
	}

	@Test
	void usesTheApplicationsCredentialsWithoutKeys() {
		AwsCredentials role = AwsSessionCredentials.create("role", "secret", "token");
		this.contextRunner.withBean(AwsCredentialsProvider.class, () -> StaticCredentialsProvider.create(role))
			.run((context) -> assertThat(
					credentials(context.getBean(CloudFrontConnection.class).client()).accessKeyId())
				.isEqualTo("role"));
	}

	@Test
	void customizesTheClient() {
		this.contextRunner
			.withBean(CloudFrontClientCustomizer.class,
					() -> (builder) -> builder.endpointOverride(URI.create("http://customized:1")))
			.run((context) -> assertThat(context.getBean(CloudFrontConnection.class)
				.client()
				.serviceClientConfiguration()
				.endpointOverride()).hasValue(URI.create("http://customized:1")));
	}

	@Test
	void usesTheHttpClientOfACustomizer() {
		SdkHttpClient http = mock(SdkHttpClient.class);
		given(http.prepareRequest(any())).willThrow(SdkClientException.create("Not sent"));
		this.contextRunner.withPropertyValues(NOT_READ)
			.withBean(CloudFrontClientCustomizer.class, () -> (builder) -> builder.httpClient(http))
			.run((context) -> assertNotSent(context.getBean(InvalidationClient.class)));
		this.contextRunner.withPropertyValues(NOT_READ)
			.withBean(AwsSyncClientCustomizer.class, () -> (builder) -> builder.httpClientBuilder((defaults) -> http))
			.run((context) -> assertNotSent(context.getBean(InvalidationClient.class)));
	}

	@Test
	void assumesARoleWithTheHttpClientOfACustomizer() {
		SdkHttpClient http = mock(SdkHttpClient.class);
		given(http.prepareRequest(any())).willThrow(SdkClientException.create("Not sent"));
		this.contextRunner.withPropertyValues(NOT_READ)
			.withPropertyValues("cf.tracker.role-arn=arn:aws:iam::111122223333:role/cdn", "cf.tracker.access-key=key",
					"cf.tracker.secret-key=secret")
			.withBean(AwsSyncClientCustomizer.class, () -> (builder) -> builder.httpClient(http))
			.run((context) -> assertNotSent(context.getBean(InvalidationClient.class)));
	}

	private static void assertNotSent(InvalidationClient client) {
		assertThatExceptionOfType(InvalidationException.class)
			.isThrownBy(() -> client.create("reference", List.of("/a")))
			.withMessageContaining("Not sent");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void leavesTheApplicationsCredentialsOpen(boolean springCloudAws) {
		ClosableCredentials credentials = new ClosableCredentials();
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations
				.of(springCloudAws ? TrackerAutoConfigurations.ALL : TrackerAutoConfigurations.OWN))
			.withClassLoader(new FilteredClassLoader(springCloudAws ? "no.package" : "io.awspring"))
			.withPropertyValues(MEMORY)
			.withPropertyValues("cf.tracker.distribution.mirror=false")
			.withBean(AwsCredentialsProvider.class, () -> credentials)
			.run((context) -> {
				CloudFrontConnection connection = context.getBean(CloudFrontConnection.class);
				assertThat(credentials(connection.client()).accessKeyId()).isEqualTo("closable");
				connection.close();
				assertThat(credentials.closed).isFalse();
			});
	}

	@Test
	void usesTheCredentialsOfACustomizer() {
		this.contextRunner.withPropertyValues("cf.tracker.distribution.mirror=false")
			.withBean(AwsSyncClientCustomizer.class,
					() -> (builder) -> ((CloudFrontClientBuilder) builder).credentialsProvider(
							StaticCredentialsProvider.create(AwsBasicCredentials.create("customized", "secret"))))
			.run((context) -> assertThat(
					credentials(context.getBean(CloudFrontConnection.class).client()).accessKeyId())
				.isEqualTo("customized"));
	}

	@Test
	void sendsWithAMock() {
		CloudFrontClient client = mock(CloudFrontClient.class);
		given(client.createInvalidation(any(CreateInvalidationRequest.class)))
			.willReturn((CreateInvalidationResponse) CreateInvalidationResponse.builder()
				.invalidation((invalidation) -> invalidation.id("I1"))
				.sdkHttpResponse(SdkHttpResponse.builder().statusCode(201).build())
				.build());
		this.contextRunner.withPropertyValues("cf.tracker.distribution.mirror=false")
			.withBean(CloudFrontClient.class, () -> client)
			.run((context) -> assertThat(context.getBean(InvalidationClient.class).create("reference", List.of("/a")))
				.isEqualTo("I1"));
	}

	@ParameterizedTest
	@CsvSource({ "'', https://cloudfront.amazonaws.com, us-east-1",
			"cf.tracker.region=, https://cloudfront.amazonaws.com, us-east-1",
			"spring.cloud.aws.region.static=eu-central-1, https://cloudfront.amazonaws.com, us-east-1",
			"cf.tracker.endpoint=http://proxy:1, http://proxy:1, us-east-1",
			"cf.tracker.dualstack-enabled=true, https://cloudfront.global.api.aws, us-east-1",
			"cf.tracker.region=cn-northwest-1, https://cloudfront.cn-northwest-1.amazonaws.com.cn, cn-northwest-1",
			"cf.tracker.region=cn-north-1, https://cloudfront.cn-northwest-1.amazonaws.com.cn, cn-northwest-1" })
	void signsForTheRegionOfThePartition(String property, URI endpoint, String region) {
		AtomicReference<SdkHttpRequest> signed = new AtomicReference<>();
		ExecutionInterceptor interceptor = new ExecutionInterceptor() {

			@Override
			public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
				signed.set(context.httpRequest());
				throw SdkClientException.create("Not sent");
			}

		};
		this.contextRunner
			.withPropertyValues("cf.tracker.access-key=key", "cf.tracker.secret-key=secret",
					"cf.tracker.distribution.mirror=false", property)
			.withBean(CloudFrontClientCustomizer.class,
					() -> (builder) -> builder
						.overrideConfiguration((override) -> override.addExecutionInterceptor(interceptor)))
			.run((context) -> {
				CloudFrontClient client = context.getBean(CloudFrontConnection.class).client();
				assertThatExceptionOfType(SdkClientException.class)
					.isThrownBy(() -> client.listInvalidations((request) -> request.distributionId("E123")));
				assertThat(signed.get().getUri().resolve("/")).isEqualTo(endpoint.resolve("/"));
				assertThat(signed.get().firstMatchingHeader("Authorization"))
					.hasValueSatisfying((value) -> assertThat(value).contains("/" + region + "/cloudfront/"));
			});
	}

	@Test
	void localCloudFrontAcceptsTheSignatureWithoutRegion() {
		try (LocalCloudFront cloudFront = LocalCloudFront.start()) {
			this.contextRunner
				.withPropertyValues("cf.tracker.endpoint=" + cloudFront.endpoint(),
						"cf.tracker.access-key=" + cloudFront.accessKey(),
						"cf.tracker.secret-key=" + cloudFront.secretKey())
				.run((context) -> assertThat(context.getBean(CloudFrontConnection.class)
					.client()
					.listInvalidations((request) -> request.distributionId(cloudFront.distributionId()))
					.invalidationList()
					.quantity()).isZero());
		}
	}

	@Test
	void bindsLifetimes() {
		this.contextRunner
			.withPropertyValues("cf.tracker.tracking.ttl.mode=fixed", "cf.tracker.tracking.ttl.default=90s",
					"cf.tracker.tracking.ttl.min=1s", "cf.tracker.tracking.ttl.max=2d",
					"cf.tracker.tracking.ttl.grace=0")
			.run((context) -> {
				LifetimePolicy policy = context.getBean(LifetimePolicy.class);
				assertThat(policy.mode()).isEqualTo(LifetimePolicy.Mode.FIXED);
				assertThat(policy.defaultLifetime()).isEqualTo(Duration.ofSeconds(90));
				assertThat(policy.ttls().min()).isEqualTo(Duration.ofSeconds(1));
				assertThat(policy.ttls().max()).isEqualTo(Duration.ofDays(2));
				assertThat(policy.grace()).isEqualTo(Duration.ZERO);
			});
	}

	@Test
	void schedulesOurJobAndLeavesDormantOnesAlone() {
		this.contextRunner.withPropertyValues("cf.tracker.schedule.cron=0 0 3 * * *", "cf.tracker.schedule.zone=UTC")
			.withUserConfiguration(DormantJob.class)
			.run((context) -> assertThat(
					context.getBean(ScheduledAnnotationBeanPostProcessor.class).getScheduledTasks())
				.singleElement()
				.satisfies((task) -> assertThat(task.toString()).contains("ScheduledInvalidation")));
	}

	@Test
	void leavesSchedulingToTheApplicationWhereItIsEnabled() {
		this.contextRunner.withPropertyValues("cf.tracker.schedule.cron=0 0 3 * * *")
			.withUserConfiguration(DormantJob.class, Scheduling.class)
			.run((context) -> assertThat(
					context.getBean(ScheduledAnnotationBeanPostProcessor.class).getScheduledTasks())
				.hasSize(2));
	}

	@Test
	void schedulesAlsoWhereBeansAreLazy() {
		this.contextRunner.withPropertyValues("cf.tracker.schedule.cron=0 0 3 * * *")
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(context.getBeanFactory().containsSingleton("cfTrackerScheduledInvalidation"))
				.isTrue());
	}

	@Test
	void aChildContextLeavesItsParentsThreadsAlone() {
		this.contextRunner.run((parent) -> {
			this.contextRunner.withParent(parent)
				.run((child) -> assertThat(child.getBeanFactory().getBeanNamesForType(TrackerLifecycle.class))
					.isEmpty());
			assertThat(parent.getBean(CloudFrontInvalidator.class).invalidateAll()).isNotNull();
		});
	}

	@Test
	void usesTheTrackerOfAParentContext() {
		String cron = "cf.tracker.schedule.cron=0 0 3 * * *";
		this.contextRunner.withPropertyValues(cron)
			.run((parent) -> this.webContextRunner.withParent(parent)
				.withPropertyValues("management.endpoints.web.exposure.include=*", cron)
				.run((child) -> {
					assertThat(child).hasNotFailed();
					for (Class<?> type : List.of(DistributionDoctor.class, TrackingRules.class, RunLedger.class,
							RunPlanner.class, InvalidationClient.class, ScheduledInvalidation.class,
							CfTrackerMetrics.class, AfterCommitDelivery.class)) {
						assertThat(child.getBeanFactory().getBeanNamesForType(type)).as(type.getName()).isEmpty();
					}
					serve(child, "/a");
					Awaitility.await().until(() -> parent.getBean(UrlStore.class).count() == 1);
					assertThat(child.getBean(CfInvalidateEndpoint.class)).isNotNull();
				}));
	}

	@Test
	void invalidatesAfterMethodOfChildContext() {
		List<InvalidationRequest> requests = new ArrayList<>();
		this.contextRunner.withBean(AfterCommitInvalidator.class, () -> requests::add)
			.run((parent) -> this.contextRunner.withParent(parent).withBean(AnnotatedShop.class).run((child) -> {
				child.getBean(AnnotatedShop.class).save();
				assertThat(requests).containsExactly(InvalidationRequest.ofTags("shop"));
			}));
	}

	@Test
	void schedulesForChildContextAlone() {
		this.contextRunner.run((parent) -> this.contextRunner.withParent(parent)
			.withPropertyValues("cf.tracker.schedule.cron=0 0 3 * * *")
			.run((child) -> assertThat(child).hasSingleBean(ScheduledInvalidation.class)));
	}

	@Test
	void restarts() {
		this.contextRunner.run((context) -> {
			context.getSourceApplicationContext().stop();
			context.getSourceApplicationContext().start();
			context.getBean(UrlTracker.class).track("/a");
			Awaitility.await().until(() -> context.getBean(UrlStore.class).count() == 1);
			assertThat(context.getBean(CloudFrontInvalidator.class).invalidateAll()).isNotNull();
		});
	}

	@Test
	void filtersRequestsAndErrorPagesOnly() {
		this.webContextRunner.run((context) -> {
			FilterRegistrationBean<?> registration = context.getBean(FilterRegistrationBean.class);
			assertThat(registration.determineDispatcherTypes())
				.isEqualTo(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR));
		});
	}

	@Test
	void schedulesNothingWithADash() {
		this.contextRunner.withPropertyValues("cf.tracker.schedule.cron=-")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static void serve(ApplicationContext context, String path) throws Exception {
		serve(context, path, new MockHttpServletResponse());
	}

	private static void serve(ApplicationContext context, String path, MockHttpServletResponse response)
			throws Exception {
		context.getBean(FilterRegistrationBean.class)
			.getFilter()
			.doFilter(new MockHttpServletRequest("GET", path), response, new MockFilterChain());
	}

	private static AwsCredentialsIdentity credentials(CloudFrontClient client) {
		return (AwsCredentialsIdentity) client.serviceClientConfiguration()
			.credentialsProvider()
			.resolveIdentity()
			.join();
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBeans {

		@Bean
		UrlStore store() {
			return mock(UrlStore.class);
		}

		@Bean
		UrlTracker tracker() {
			return mock(UrlTracker.class);
		}

		@Bean
		CloudFrontInvalidator invalidator() {
			return mock(CloudFrontInvalidator.class);
		}

		@Bean
		AfterCommitInvalidator afterCommitInvalidator() {
			return mock(AfterCommitInvalidator.class);
		}

		@Bean
		PathPatterns patterns() {
			return mock(PathPatterns.class);
		}

		@Bean
		NotFoundHandler notFoundHandler() {
			return mock(NotFoundHandler.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DormantJob {

		@Scheduled(fixedRate = 1_000_000)
		void run() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Scheduling {

	}

	private static final class ClosableCredentials implements AwsCredentialsProvider, SdkAutoCloseable {

		private boolean closed;

		@Override
		public AwsCredentials resolveCredentials() {
			return AwsBasicCredentials.create("closable", "secret");
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

	static class AnnotatedShop {

		@InvalidatesCloudFront(tags = "shop")
		public void save() {
		}

	}

}
