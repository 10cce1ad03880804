package io.github.cftracker.cloudfront;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.cftracker.run.InvalidationException;
import io.github.cftracker.run.InvalidationException.Kind;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.CloudFrontClients;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SdkInvalidationClientTests {

	private final LocalCloudFront cloudFront = LocalCloudFront.builder().completesAfter(Duration.ofMillis(300)).start();

	private final CloudFrontClient sdk = CloudFrontClients.of(this.cloudFront);

	private final SdkInvalidationClient client = new SdkInvalidationClient(() -> this.sdk,
			this.cloudFront.distributionId());

	@AfterEach
	void close() {
		this.sdk.close();
		this.cloudFront.close();
	}

	@Test
	void createsAnInvalidationAndSeesItCompleted() {
		String id = this.client.create("reference", List.of("/a", "/b/*"));
		assertThat(this.cloudFront.invalidations()).singleElement().satisfies((invalidation) -> {
			assertThat(invalidation.id()).isEqualTo(id);
			assertThat(invalidation.callerReference()).isEqualTo("reference");
			assertThat(invalidation.paths()).containsExactly("/a", "/b/*");
		});
		assertThat(this.client.isCompleted(id)).isFalse();
		Awaitility.await().until(() -> this.client.isCompleted(id));
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			400, InvalidArgument,                    ITEMS
			413, BatchTooLarge,                      ITEMS
			400, InconsistentQuantities,             REFUSED
			400, MissingBody,                        REFUSED
			400, InvalidationBatchAlreadyExists,     CONFLICT
			403, AccessDenied,                       REFUSED
			404, NoSuchDistribution,                 REFUSED
			400, TooManyInvalidationsInProgress,     BUSY
			400, Throttling,                         TEMPORARY
			429, TooManyRequests,                    TEMPORARY
			500, InternalError,                      TEMPORARY
			503, ServiceUnavailable,                 TEMPORARY
			""")
	void passesOnCloudFrontsOwnMessage(int status, String code, Kind kind) {
		this.cloudFront.refuse(4, status, code, "CloudFront says no");
		assertThatExceptionOfType(InvalidationException.class)
			.isThrownBy(() -> this.client.create("reference", List.of("/a")))
			.withMessage("CloudFront says no")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(kind));
		assertThat(this.cloudFront.invalidations()).isEmpty();
	}

	@Test
	void seesThatAReferenceWasUsedForOtherItems() {
		this.client.create("reference", List.of("/a"));
		assertThatExceptionOfType(InvalidationException.class)
			.isThrownBy(() -> this.client.create("reference", List.of("/b")))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.CONFLICT));
	}

	@Test
	void findsAnInvalidationByReferenceAndItems() {
		Instant start = Instant.now();
		for (int i = 0; i < 150; i++) {
			this.client.create("reference-" + i, List.of("/a/" + i, "/b"));
		}
		assertThat(this.client.find("reference-3", List.of("/a/3", "/b"), start))
			.contains(this.cloudFront.invalidations().get(3).id());
		assertThat(this.client.find("reference-3", List.of("/a/3"), start)).isEmpty();
		assertThat(this.client.find("reference-x", List.of("/a/3"), start)).isEmpty();
		assertThat(this.client.find("reference-3", List.of("/a/3", "/b"), start.plus(Duration.ofHours(1)))).isEmpty();
	}

	@Test
	void isRefusedWithAnUnknownKey() {
		try (CloudFrontClient stranger = CloudFrontClients.of(this.cloudFront, "somebody-else")) {
			assertThatExceptionOfType(InvalidationException.class)
				.isThrownBy(() -> new SdkInvalidationClient(() -> stranger, this.cloudFront.distributionId())
					.create("reference", List.of("/a")))
				.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.REFUSED));
		}
	}

	@Test
	void isTemporaryWhenNobodyAnswers() {
		this.cloudFront.close();
		assertThatExceptionOfType(InvalidationException.class)
			.isThrownBy(() -> this.client.create("reference", List.of("/a")))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.TEMPORARY));
	}

	@Test
	void saysThatAnInvalidationIsUnknown() {
		assertThatExceptionOfType(InvalidationException.class).isThrownBy(() -> this.client.isCompleted("I0"))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.REFUSED));
	}

}
