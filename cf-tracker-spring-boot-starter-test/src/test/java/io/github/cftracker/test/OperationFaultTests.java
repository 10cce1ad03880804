package io.github.cftracker.test;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.CloudFrontException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class OperationFaultTests {

	private static LocalCloudFront cloudFront;

	private static CloudFrontClient client;

	private Map<String, Runnable> operations;

	@BeforeAll
	static void start() {
		cloudFront = LocalCloudFront.start();
		client = SdkClient.withoutRetries(cloudFront);
	}

	@AfterAll
	static void stop() {
		client.close();
		cloudFront.close();
	}

	@BeforeEach
	void create() {
		cloudFront.clear();
		String distribution = cloudFront.distributionId();
		String invalidation = client.createInvalidation(SdkClient.invalidation(cloudFront, "reference", "/a"))
			.invalidation()
			.id();
		String policy = client.getDistributionConfig((request) -> request.id(distribution))
			.distributionConfig()
			.defaultCacheBehavior()
			.cachePolicyId();
		this.operations = Map.of("CreateInvalidation",
				() -> client.createInvalidation(SdkClient.invalidation(cloudFront, "reference", "/a")),
				"GetInvalidation",
				() -> client.getInvalidation((request) -> request.distributionId(distribution).id(invalidation)),
				"ListInvalidations", () -> client.listInvalidations((request) -> request.distributionId(distribution)),
				"GetDistributionConfig", () -> client.getDistributionConfig((request) -> request.id(distribution)),
				"GetCachePolicy", () -> client.getCachePolicy((request) -> request.id(policy)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "CreateInvalidation", "GetInvalidation", "ListInvalidations", "GetDistributionConfig",
			"GetCachePolicy" })
	void failsOperationInOrderOfFaults(String operation) {
		cloudFront.fail(operation, 2, Fault.INTERNAL_ERROR);
		cloudFront.refuse(operation, 1, 429, "TooManyRequests", "Slow <down>");
		cloudFront.fail(operation, 1, Fault.ACCESS_DENIED);
		this.operations.forEach((name, call) -> {
			if (!name.equals(operation)) {
				call.run();
			}
		});
		assertThat(refusal(operation).errorCode()).isEqualTo("InternalError");
		assertThat(refusal(operation).errorCode()).isEqualTo("InternalError");
		AwsErrorDetails refusal = refusal(operation);
		assertThat(refusal.errorCode()).isEqualTo("TooManyRequests");
		assertThat(refusal.errorMessage()).isEqualTo("Slow <down>");
		assertThat(refusal.sdkHttpResponse().statusCode()).isEqualTo(429);
		assertThat(refusal(operation).errorMessage()).endsWith("is not authorized to perform: cloudfront:" + operation);
		this.operations.get(operation).run();
	}

	@ParameterizedTest
	@ValueSource(strings = { "CreateInvalidation", "GetInvalidation", "ListInvalidations", "GetDistributionConfig",
			"GetCachePolicy" })
	void failsAlwaysUntilFaultsAreCleared(String operation) {
		cloudFront.fail(operation, LocalCloudFront.ALWAYS, Fault.THROTTLE);
		for (int i = 0; i < 3; i++) {
			assertThat(refusal(operation).errorCode()).isEqualTo("Throttling");
		}
		cloudFront.clearFaults();
		this.operations.get(operation).run();
		cloudFront.fail(operation, LocalCloudFront.ALWAYS, Fault.THROTTLE);
		cloudFront.clear();
		create();
		this.operations.get(operation).run();
	}

	@Test
	void refusesUnknownOperation() {
		List<String> names = List.of("CreateInvalidation", "ListInvalidations", "GetInvalidation",
				"GetDistributionConfig", "GetCachePolicy");
		assertThatIllegalArgumentException().isThrownBy(() -> cloudFront.fail("Get", 1, Fault.THROTTLE))
			.withMessage("Unknown operation 'Get', use one of " + names);
	}

	private AwsErrorDetails refusal(String operation) {
		return catchThrowableOfType(CloudFrontException.class, () -> this.operations.get(operation).run())
			.awsErrorDetails();
	}

}
