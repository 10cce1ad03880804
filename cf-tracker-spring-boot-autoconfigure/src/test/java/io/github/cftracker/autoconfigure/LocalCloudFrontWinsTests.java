package io.github.cftracker.autoconfigure;

import java.net.URI;

import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.github.cftracker.CloudFrontClientCustomizer;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.test.AutoConfigureLocalCloudFront;
import io.github.cftracker.test.LocalCloudFront;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.verifyNoInteractions;

/**
 * A local CloudFront wins over everything that the application configures for AWS.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE,
		properties = { "cf.tracker.enabled=false", "cf.tracker.store=memory", "cf.tracker.distribution-id=E123",
				"cf.tracker.endpoint=http://127.0.0.1:1", "cf.tracker.access-key=ASIAKEYS",
				"cf.tracker.secret-key=secret", "cf.tracker.session-token=token",
				"cf.tracker.role-arn=arn:aws:iam::111122223333:role/cdn", "cf.tracker.dualstack-enabled=true",
				"spring.cloud.aws.endpoint=http://127.0.0.1:1", "spring.cloud.aws.fips-enabled=true",
				"spring.cloud.aws.region.static=eu-central-1" })
@AutoConfigureLocalCloudFront
class LocalCloudFrontWinsTests {

	@MockitoBean
	private CloudFrontClient client;

	@Test
	void sendsToTheLocalCloudFront(@Autowired CloudFrontInvalidator invalidator,
			@Autowired LocalCloudFront cloudFront) {
		Run run = invalidator.invalidate(InvalidationRequest.ofPaths("/a")).completion().join();
		assertThat(run.state()).isEqualTo(Run.State.COMPLETED);
		assertThat(cloudFront.invalidations()).hasSize(1);
		verifyNoInteractions(this.client);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ CfTrackerSelectionAutoConfiguration.class, CfTrackerCloudFrontAutoConfiguration.class,
			CfTrackerDistributionAutoConfiguration.class, CfTrackerAutoConfiguration.class,
			io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration.class,
			io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration.class,
			io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration.class })
	static class Application {

		@Bean
		@Lazy
		CloudFrontClient anotherClient() {
			throw new IllegalStateException("Not needed");
		}

		@Bean
		AwsConnectionDetails connectionDetails() {
			return new AwsConnectionDetails() {

				@Override
				public URI getEndpoint() {
					return URI.create("http://127.0.0.1:1");
				}

			};
		}

		@Bean
		CloudFrontClientCustomizer customizer() {
			return (builder) -> builder.endpointOverride(URI.create("http://127.0.0.1:1"))
				.credentialsProvider(AnonymousCredentialsProvider.create());
		}

	}

}
