package io.github.cftracker.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.CloudFrontException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class FaultTests {

	private LocalCloudFront cloudFront;

	private CloudFrontClient client;

	private CloudFrontClient once;

	@BeforeEach
	void start() {
		this.cloudFront = LocalCloudFront.start();
		this.client = SdkClient.of(this.cloudFront);
		this.once = SdkClient.withoutRetries(this.cloudFront);
	}

	@AfterEach
	void stop() {
		this.once.close();
		this.client.close();
		this.cloudFront.close();
	}

	@Test
	void answersRepetitionOfLostAnswerWithFirstInvalidation() {
		this.cloudFront.fail(1, Fault.DROP_AFTER_ACCEPTING);
		List<List<String>> acceptedBeforeAttempt = new CopyOnWriteArrayList<>();
		String id;
		try (CloudFrontClient watched = SdkClient.watched(this.cloudFront,
				() -> acceptedBeforeAttempt.add(acceptedIds()))) {
			id = create(watched, "/a", "/b");
		}
		assertThat(acceptedBeforeAttempt).containsExactly(List.of(), List.of(id));
		assertThat(this.cloudFront.calls()).extracting(RecordedCall::status).containsExactly(0, 201);
		assertThat(acceptedIds()).containsExactly(id);
		assertThat(this.cloudFront.billedItems()).isEqualTo(2);
	}

	@Test
	void keepsAcceptedInvalidationThatCallerNeverHeardOf() {
		this.cloudFront.fail(1, Fault.DROP_AFTER_ACCEPTING);
		assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> create(this.once, "/a"));
		assertThat(this.cloudFront.invalidations()).extracting(Invalidation::paths).containsExactly(List.of("/a"));
		assertThat(this.cloudFront.billedItems()).isEqualTo(1);
	}

	@Test
	void acceptsNothingBeforeItDrops() {
		this.cloudFront.fail(1, Fault.DROP_BEFORE_ACCEPTING);
		assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> create(this.once, "/a"));
		assertThat(this.cloudFront.calls()).extracting(RecordedCall::status).containsExactly(0);
		assertThat(this.cloudFront.invalidations()).isEmpty();
		assertThat(this.cloudFront.billedItems()).isZero();
		create(this.once, "/a");
		assertThat(this.cloudFront.billedItems()).isEqualTo(1);
	}

	@Test
	void losesRefusalToo() {
		this.cloudFront.fail(1, Fault.DROP_AFTER_ACCEPTING);
		assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> create(this.once, "/a b"));
		assertThat(this.cloudFront.calls()).extracting(RecordedCall::status).containsExactly(0);
		assertThat(this.cloudFront.invalidations()).isEmpty();
	}

	static List<Arguments> refusals() {
		return List.of(Arguments.of(Fault.THROTTLE, 400, "Throttling"),
				Arguments.of(Fault.TOO_MANY_IN_PROGRESS, 400, "TooManyInvalidationsInProgress"),
				Arguments.of(Fault.INTERNAL_ERROR, 500, "InternalError"),
				Arguments.of(Fault.SERVICE_UNAVAILABLE, 503, "ServiceUnavailable"),
				Arguments.of(Fault.ACCESS_DENIED, 403, "AccessDenied"),
				Arguments.of(Fault.refusal(404, "NoSuchDistribution", "No"), 404, "NoSuchDistribution"));
	}

	static List<Fault> repeatedFaults() {
		return List.of(Fault.DROP_BEFORE_ACCEPTING, Fault.THROTTLE, Fault.INTERNAL_ERROR, Fault.SERVICE_UNAVAILABLE);
	}

	@ParameterizedTest
	@MethodSource("refusals")
	void answersFault(Fault fault, int status, String code) {
		this.cloudFront.fail(1, fault);
		CloudFrontException failure = catchThrowableOfType(CloudFrontException.class, () -> create(this.once, "/a"));
		assertThat(failure.statusCode()).isEqualTo(status);
		assertThat(failure.awsErrorDetails().errorCode()).isEqualTo(code);
		assertThat(this.cloudFront.billedItems()).isZero();
		create(this.once, "/a");
	}

	@ParameterizedTest
	@MethodSource("repeatedFaults")
	void isRepeatedByTheSdk(Fault fault) {
		this.cloudFront.fail(1, fault);
		create(this.client, "/a");
		assertThat(this.cloudFront.calls()).hasSize(2);
	}

	@Test
	void queuesFaultsAndRefusalsInOrder() {
		this.cloudFront.fail(1, Fault.INTERNAL_ERROR);
		this.cloudFront.refuse(1, 502, "BadGateway", "Try again");
		this.cloudFront.fail(1, Fault.DROP_BEFORE_ACCEPTING);
		try (CloudFrontClient patient = SdkClient.withAttempts(this.cloudFront, 4)) {
			create(patient, "/a");
		}
		assertThat(this.cloudFront.calls()).extracting(RecordedCall::status).containsExactly(500, 502, 0, 201);
	}

	@Test
	void failsCreateInvalidationOnly() {
		this.cloudFront.fail(1, Fault.ACCESS_DENIED);
		this.once.listInvalidations((request) -> request.distributionId(this.cloudFront.distributionId()));
		assertThatExceptionOfType(CloudFrontException.class).isThrownBy(() -> create(this.once, "/a"));
	}

	@Test
	void forgetsFaultsOnClear() {
		this.cloudFront.fail(5, Fault.ACCESS_DENIED);
		this.cloudFront.clear();
		create(this.once, "/a");
	}

	@Test
	void keepsInvalidationsWhenFaultsAreCleared() {
		create(this.once, "/a");
		this.cloudFront.fail(LocalCloudFront.ALWAYS, Fault.ACCESS_DENIED);
		this.cloudFront.clearFaults();
		create(this.once, "/a");
		assertThat(this.cloudFront.calls()).hasSize(2);
		assertThat(this.cloudFront.billedItems()).isEqualTo(1);
	}

	@Test
	void namesConstants() {
		assertThat(Fault.values()).extracting(Fault::name)
			.containsExactly("DROP_BEFORE_ACCEPTING", "DROP_AFTER_ACCEPTING", "THROTTLE", "TOO_MANY_IN_PROGRESS",
					"INTERNAL_ERROR", "SERVICE_UNAVAILABLE", "ACCESS_DENIED");
		assertThat(Fault.SERVICE_UNAVAILABLE.header("Retry-After", "9").afterAccepting())
			.hasToString("SERVICE_UNAVAILABLE with Retry-After 9 after accepting");
	}

	private List<String> acceptedIds() {
		return this.cloudFront.invalidations().stream().map(Invalidation::id).toList();
	}

	private String create(CloudFrontClient client, String... paths) {
		return client.createInvalidation(SdkClient.invalidation(this.cloudFront, "reference", paths))
			.invalidation()
			.id();
	}

}
