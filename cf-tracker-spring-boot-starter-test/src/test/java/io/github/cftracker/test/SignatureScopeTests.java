package io.github.cftracker.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.CloudFrontClientBuilder;
import software.amazon.awssdk.services.cloudfront.model.CloudFrontException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SignatureScopeTests {

	private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

	private final LocalCloudFront.Builder builder = LocalCloudFront.builder();

	private LocalCloudFront cloudFront;

	@AfterEach
	void stop() {
		this.cloudFront.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "aws-global", "eu-central-1", "cn-northwest-1" })
	void refusesOtherRegion(String region) {
		this.cloudFront = this.builder.start();
		assertRefused(region, "cloudfront", "Credential should be scoped to a valid region, not '" + region + "'.");
	}

	@Test
	void acceptsRegionThatIsSet() {
		this.cloudFront = this.builder.region("cn-northwest-1").start();
		assertThat(this.cloudFront.region()).isEqualTo("cn-northwest-1");
		list(client("cn-northwest-1", "cloudfront", Clock.systemUTC()));
		assertRefused("us-east-1", "cloudfront", "Credential should be scoped to a valid region, not 'us-east-1'.");
	}

	@Test
	void refusesOtherService() {
		this.cloudFront = this.builder.start();
		assertRefused("us-east-1", "s3", "Credential should be scoped to correct service: 'cloudfront'.");
	}

	@Test
	void namesAllFaultsOfScope() {
		this.cloudFront = this.builder.start();
		assertRefused("eu-west-1", "s3", "Credential should be scoped to a valid region, not 'eu-west-1'. "
				+ "Credential should be scoped to correct service: 'cloudfront'.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					-301 | Signature expired: 20261122T115459Z is now earlier than 20261122T115500Z (20261122T120000Z - 5 min.)
					301 | Signature not yet current: 20261122T120501Z is still later than 20261122T120500Z (20261122T120000Z + 5 min.)
					""")
	void refusesSignatureThatIsTooOldOrTooNew(long seconds, String message) {
		this.cloudFront = this.builder.signatureClock(Clock.fixed(NOW, ZoneOffset.UTC)).start();
		assertRefused("us-east-1", "cloudfront", NOW.plusSeconds(seconds), message);
	}

	@ParameterizedTest
	@ValueSource(longs = { -300, 0, 300 })
	void acceptsSignatureWithinFiveMinutes(long seconds) {
		this.cloudFront = this.builder.signatureClock(Clock.fixed(NOW, ZoneOffset.UTC)).start();
		list(client("us-east-1", "cloudfront", Clock.fixed(NOW.plusSeconds(seconds), ZoneOffset.UTC)));
	}

	@Test
	void comparesAgeWithTheRealClockByDefault() {
		this.cloudFront = this.builder.clock(new MutableClock()).start();
		list(client("us-east-1", "cloudfront", Clock.systemUTC()));
		Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-6));
		assertThat(refusal(client("us-east-1", "cloudfront", wrong)).errorMessage()).startsWith("Signature expired: ");
	}

	private void assertRefused(String region, String service, String message) {
		assertRefused(region, service, Instant.now(), message);
	}

	private void assertRefused(String region, String service, Instant signedAt, String message) {
		AwsErrorDetails refusal = refusal(client(region, service, Clock.fixed(signedAt, ZoneOffset.UTC)));
		assertThat(refusal.errorCode()).isEqualTo("SignatureDoesNotMatch");
		assertThat(refusal.errorMessage()).isEqualTo(message);
		assertThat(refusal.sdkHttpResponse().statusCode()).isEqualTo(403);
	}

	private AwsErrorDetails refusal(CloudFrontClientBuilder client) {
		return catchThrowableOfType(CloudFrontException.class, () -> list(client)).awsErrorDetails();
	}

	private CloudFrontClientBuilder client(String region, String service, Clock clock) {
		AuthSchemeOption signature = AuthSchemeOption.builder()
			.schemeId("aws.auth#sigv4")
			.putSignerProperty(AwsV4HttpSigner.REGION_NAME, region)
			.putSignerProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
			.putSignerProperty(AwsV4HttpSigner.SIGNING_CLOCK, clock)
			.build();
		return SdkClient.builder(this.cloudFront, this.cloudFront.accessKey(), this.cloudFront.secretKey())
			.authSchemeProvider((parameters) -> List.of(signature));
	}

	private void list(CloudFrontClientBuilder builder) {
		try (CloudFrontClient client = builder.build()) {
			client.listInvalidations((request) -> request.distributionId(this.cloudFront.distributionId()));
		}
	}

}
