package io.github.cftracker.cloudfront;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpServer;
import io.github.cftracker.run.InvalidationException;
import io.github.cftracker.run.InvalidationException.Kind;
import io.github.cftracker.test.Fault;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.CloudFrontClients;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.sts.model.StsException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SdkInvalidationClientTests {

	private final LocalCloudFront cloudFront = LocalCloudFront.builder().completesAfter(Duration.ofMillis(300)).start();

	private final CloudFrontClient sdk = CloudFrontClients.of(this.cloudFront);

	private final SdkInvalidationClient client = new SdkInvalidationClient(
			CloudFrontConnection.using(() -> this.sdk, "test"), this.cloudFront.distributionId());

	@AfterEach
	void close() {
		this.sdk.close();
		this.cloudFront.close();
	}

	@Test
	void doesNotExposeSignedHeaders() {
		this.cloudFront.refuseNext(403, "SignatureDoesNotMatch",
				"The request signature we calculated does not match.\n\nThe Canonical String was\nx-amz-security-token:t0ken");
		assertThatExceptionOfType(InvalidationException.class)
			.isThrownBy(() -> this.client.create("ref", List.of("/a")))
			.satisfies((ex) -> {
				assertThat(ex).hasMessage("The request signature we calculated does not match.").hasNoCause();
				assertThat(ex.kind()).isEqualTo(Kind.REFUSED);
			});
	}

	@Test
	void isRefusedWithoutCredentials() {
		try (CloudFrontClient without = CloudFrontClient.builder()
			.region(Region.US_EAST_1)
			.httpClient(UrlConnectionHttpClient.create())
			.endpointOverride(this.cloudFront.endpoint())
			.credentialsProvider(AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create()))
			.build()) {
			SdkInvalidationClient client = new SdkInvalidationClient(CloudFrontConnection.using(() -> without, "test"),
					this.cloudFront.distributionId());
			assertThatExceptionOfType(InvalidationException.class).isThrownBy(() -> client.create("ref", List.of("/a")))
				.satisfies((ex) -> {
					assertThat(ex.kind()).isEqualTo(Kind.REFUSED);
					assertThat(ex).hasMessage("The application has no AWS credentials");
					assertThat(ex.hint()).contains("'cf.tracker.access-key'");
				});
		}
	}

	@Test
	void createsInvalidationAndReadsItsCompletion() {
		String id = this.client.create("reference", List.of("/a", "/b/*"));
		assertThat(this.cloudFront.invalidations()).singleElement().satisfies((invalidation) -> {
			assertThat(invalidation.id()).isEqualTo(id);
			assertThat(invalidation.callerReference()).isEqualTo("reference");
			assertThat(invalidation.paths()).containsExactly("/a", "/b/*");
		});
		assertThat(this.client.isCompleted(id)).isFalse();
		Awaitility.await().until(() -> this.client.isCompleted(id));
	}

	@Test
	void listsAsManyPagesAsTheInvalidationsFill() {
		List<String> ids = IntStream.range(0, 150)
			.mapToObj((i) -> this.client.create("ref-" + i, List.of("/")))
			.toList();
		this.cloudFront.completesAfter(Duration.ofHours(1));
		assertThat(this.client.listCompleted(ids)).containsOnlyKeys(ids).doesNotContainValue(true);
		assertThat(lists()).isEqualTo(2);
		this.cloudFront.completesAfter(Duration.ZERO);
		List<String> newest = ids.subList(148, 150);
		assertThat(this.client.listCompleted(newest)).containsOnlyKeys(newest).doesNotContainValue(false);
		assertThat(this.client.listCompleted(ids.subList(0, 2))).as("not on the first page").isEmpty();
		assertThat(lists()).isEqualTo(4);
	}

	private long lists() {
		return this.cloudFront.calls().stream().filter((call) -> call.operation().equals("ListInvalidations")).count();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			400, InvalidArgument,                    REFUSED
			413, BatchTooLarge,                      SIZE
			400, InconsistentQuantities,             REFUSED
			400, MissingBody,                        REFUSED
			400, InvalidationBatchAlreadyExists,     CONFLICT
			403, AccessDenied,                       DENIED
			404, NoSuchDistribution,                 REFUSED
			400, TooManyInvalidationsInProgress,     BUSY
			400, Throttling,                         THROTTLED
			429, TooManyRequests,                    THROTTLED
			503, SlowDown,                           THROTTLED
			400, MalformedXML,                       REFUSED
			409, SomethingNew,                       TEMPORARY
			400, RequestTimeout,                     TEMPORARY
			403, RequestTimeTooSkewed,               TEMPORARY
			500, InternalError,                      TEMPORARY
			503, ServiceUnavailable,                 TEMPORARY
			""")
	void keepsMessageOfCloudFront(int status, String code, Kind kind) {
		this.cloudFront.refuse(4, status, code, "CloudFront says no");
		assertThatExceptionOfType(InvalidationException.class)
			.isThrownBy(() -> this.client.create("reference", List.of("/a")))
			.withMessage("CloudFront says no")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(kind));
		assertThat(this.cloudFront.invalidations()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			Your request contains one or more invalid invalidation paths., ITEMS
			The wildcard is not supported here., ITEMS
			Your request contains a caller reference that was used for a previous invalidation batch., CONFLICT
			The parameter Foo is invalid., REFUSED
			""")
	void halvesOnlyForErrorsAboutInvalidationPaths(String message, Kind kind) {
		this.cloudFront.refuseNext(400, "InvalidArgument", message);
		assertThatExceptionOfType(InvalidationException.class)
			.isThrownBy(() -> this.client.create("reference", List.of("/a")))
			.satisfies((ex) -> {
				assertThat(ex.kind()).isEqualTo(kind);
				assertThat(ex.isUnanswered()).isFalse();
			});
	}

	@ParameterizedTest
	@CsvSource(
			textBlock = """
					403, RequestTimeTooSkewed,   The difference between the request time and the current time is too large.
					403, SignatureDoesNotMatch,  Signature expired: 20261129T000000Z is now earlier than 20261129T070000Z
					403, SignatureDoesNotMatch,  Signature not yet current: 20261129T070000Z is still later than 20261129T000000Z
					400, RequestExpired,         Request has expired.
					""")
	void hintsAtClockIfRequestIsTooOldOrTooNew(int status, String code, String message) {
		this.cloudFront.refuseNext(status, code, message);
		assertThatExceptionOfType(InvalidationException.class)
			.isThrownBy(() -> this.client.create("reference", List.of("/a")))
			.satisfies((ex) -> {
				assertThat(ex.explanation()).contains("Correct the clock of this machine");
				assertThat(ex.isUnanswered()).isFalse();
				assertThat(ex.kind()).isEqualTo(Kind.TEMPORARY);
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			200 | text/html | <html>Log in</html>  | The answer is not CloudFront's: HTTP 200 text/html
			200 | text/html | <html><br>           | The answer is not CloudFront's: HTTP 200 text/html
			403 | text/html | <html>Blocked</html> | The answer is not CloudFront's: HTTP 403 text/html
			201 | text/xml  | <Invalidation/>      | CloudFront did not answer: HTTP 201 text/xml
			502 | text/html | <html>Broken</html>  | CloudFront did not answer: HTTP 502 text/html
			""")
	void acceptsNoOtherAnswer(int status, String contentType, String body, String message) {
		this.cloudFront.fail(1, Fault.answer(status, contentType, body));
		assertThatExceptionOfType(InvalidationException.class)
			.isThrownBy(() -> this.client.create("reference", List.of("/a")))
			.withMessage(message)
			.satisfies((ex) -> {
				assertThat(ex.isUnanswered()).isTrue();
				assertThat(ex.kind()).isEqualTo(Kind.TEMPORARY);
			});
	}

	@Test
	void makesOneCallPerAttempt() {
		this.cloudFront.refuse(10, 503, "ServiceUnavailable", "Not now");
		assertThatExceptionOfType(InvalidationException.class)
			.isThrownBy(() -> this.client.create("reference", List.of("/a")));
		assertThat(this.cloudFront.calls()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			403, AccessDenied,                Grant 'cloudfront:CreateInvalidation' on distribution 'E
			400, AccessDeniedException,       Grant 'cloudfront:CreateInvalidation' on distribution 'E
			403, Forbidden,                   Grant 'cloudfront:CreateInvalidation' on distribution 'E
			404, NoSuchDistribution,          Check 'cf.tracker.distribution-id'
			403, InvalidClientTokenId,        Check 'cf.tracker.access-key'
			403, SignatureDoesNotMatch,       Check 'cf.tracker.access-key'
			400, UnrecognizedClientException, Check 'cf.tracker.access-key'
			403, ExpiredToken,                Check 'cf.tracker.access-key'
			""")
	void reportsFixIfCallIsRefused(int status, String code, String hint) {
		this.cloudFront.refuse(4, status, code, "CloudFront says no");
		assertThatExceptionOfType(InvalidationException.class)
			.isThrownBy(() -> this.client.create("reference", List.of("/a")))
			.withMessage("CloudFront says no")
			.satisfies((ex) -> {
				assertThat(ex.kind()).isEqualTo(hint.startsWith("Grant") ? Kind.DENIED : Kind.REFUSED);
				assertThat(ex.hint()).startsWith(hint);
				assertThat(ex.explanation()).isEqualTo("CloudFront says no. " + ex.hint());
			});
	}

	@Test
	void reports401WithoutBodyAsRefusal() {
		this.cloudFront.refuseNext(401, "NotAuthorized", "CloudFront says no");
		assertThatExceptionOfType(InvalidationException.class)
			.isThrownBy(() -> this.client.create("reference", List.of("/a")))
			.withMessage("CloudFront refused the call: HTTP 401 text/xml")
			.satisfies((ex) -> {
				assertThat(ex.kind()).isEqualTo(Kind.DENIED);
				assertThat(ex.isUnanswered()).isFalse();
				assertThat(ex.hint()).startsWith("Grant 'cloudfront:CreateInvalidation'")
					.contains("'cf.tracker.access-key'");
			});
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			NotAuthorized, DENIED,  Grant 'cloudfront:GetInvalidation' on distribution 'E
			Unauthorized,  REFUSED, Check 'cf.tracker.access-key'
			""")
	void readsTheBodyOfA401ToAGet(String code, Kind kind, String hint) {
		this.cloudFront.refuse("GetInvalidation", 1, 401, code, "CloudFront says no");
		assertThatExceptionOfType(InvalidationException.class).isThrownBy(() -> this.client.isCompleted("I1"))
			.withMessage("CloudFront says no")
			.satisfies((ex) -> {
				assertThat(ex.kind()).isEqualTo(kind);
				assertThat(ex.hint()).startsWith(hint);
			});
	}

	/**
	 * Test that the body is streamed. The JDK repeats a POST with any other body on a new
	 * connection.
	 */
	@Test
	void doesNotRepeatPostAfterConnectionEnds() throws Exception {
		AtomicInteger posts = new AtomicInteger();
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			exchange.getRequestBody().readAllBytes();
			if (exchange.getRequestMethod().equals("POST")) {
				posts.incrementAndGet();
				// Without an answer
				exchange.close();
				return;
			}
			byte[] body = "<Invalidation><Id>I1</Id><Status>Completed</Status></Invalidation>"
				.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "text/xml");
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		server.start();
		try (CloudFrontClient sdk = CloudFrontClients.of(this.cloudFront,
				URI.create("http://127.0.0.1:" + server.getAddress().getPort()))) {
			SdkInvalidationClient client = new SdkInvalidationClient(CloudFrontConnection.using(() -> sdk, "test"),
					"E123");
			assertThat(client.isCompleted("I1")).as("leaves a connection open").isTrue();
			for (int call = 1; call <= 2; call++) {
				assertThatExceptionOfType(InvalidationException.class)
					.isThrownBy(() -> client.create("reference", List.of("/a")))
					.satisfies((ex) -> assertThat(ex.isUnanswered()).isTrue());
				assertThat(posts).hasValue(call);
			}
		}
		finally {
			server.stop(0);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			AccessDenied          | 403 | Check 'cf.tracker.role-arn'
			ExpiredToken          | 403 | Check 'cf.tracker.access-key'
			SignatureDoesNotMatch | 403 | Check 'cf.tracker.access-key'
			""")
	void isRefusedIfRoleCannotBeAssumed(String code, int status, String hint) {
		assertThatExceptionOfType(InvalidationException.class)
			.isThrownBy(() -> withoutCredentials(sts(code, status)).create("ref", List.of("/a")))
			.withMessage("AWS did not issue credentials: No")
			.withNoCause()
			.satisfies((ex) -> {
				assertThat(ex.kind()).isEqualTo(Kind.REFUSED);
				assertThat(ex.isUnanswered()).isFalse();
				assertThat(ex.hint()).startsWith(hint);
			});
	}

	@Test
	void isTemporaryIfRoleCannotBeAssumedYet() {
		assertThatExceptionOfType(InvalidationException.class)
			.isThrownBy(() -> withoutCredentials(sts("Throttling", 400)).create("ref", List.of("/a")))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.TEMPORARY));
	}

	private static StsException sts(String code, int status) {
		return (StsException) StsException.builder()
			.statusCode(status)
			.awsErrorDetails(AwsErrorDetails.builder().serviceName("Sts").errorCode(code).errorMessage("No").build())
			.build();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					WebIdentityTokenCredentialsProvider(): To use web identity tokens, the 'sts' service module must be on the class path. | sts
					ProfileCredentialsProvider(profileName=default): To use Sso related properties in the 'default' profile, the 'sso' service module must be on the class path. | sso
					""")
	void namesTheModuleThatTheCredentialsNeed(String reason, String module) {
		assertMissing(SdkClientException.create("Unable to load credentials from any of the providers in the chain "
				+ "AwsCredentialsProviderChain(...) : [" + reason + "]"), module);
		assertMissing(new IllegalStateException(reason), module);
	}

	private void assertMissing(RuntimeException reason, String module) {
		assertThatExceptionOfType(InvalidationException.class)
			.isThrownBy(() -> withoutCredentials(reason).create("ref", List.of("/a")))
			.withMessage("The AWS credentials need 'software.amazon.awssdk:%s', which is not on the class path"
				.formatted(module))
			.satisfies((ex) -> {
				assertThat(ex.kind()).isEqualTo(Kind.REFUSED);
				assertThat(ex.hint()).isEqualTo("Add the dependency 'software.amazon.awssdk:%s'".formatted(module));
			});
	}

	private SdkInvalidationClient withoutCredentials(RuntimeException reason) {
		CloudFrontClient without = CloudFrontClient.builder()
			.region(Region.US_EAST_1)
			.httpClient(UrlConnectionHttpClient.create())
			.endpointOverride(this.cloudFront.endpoint())
			.credentialsProvider(() -> {
				throw reason;
			})
			.build();
		return new SdkInvalidationClient(CloudFrontConnection.using(() -> without, "test"),
				this.cloudFront.distributionId());
	}

	@ParameterizedTest
	@CsvSource({ "400, InvalidArgument", "400, MissingBody", "400, TooManyInvalidationsInProgress", "400, Throttling",
			"503, ServiceUnavailable" })
	void hasNoHintForOtherErrors(int status, String code) {
		this.cloudFront.refuse(4, status, code, "CloudFront says no");
		assertThatExceptionOfType(InvalidationException.class)
			.isThrownBy(() -> this.client.create("reference", List.of("/a")))
			.satisfies((ex) -> assertThat(ex.hint()).isNull());
	}

	@Test
	void namesUnknownDistribution() {
		assertThatExceptionOfType(InvalidationException.class)
			.isThrownBy(() -> new SdkInvalidationClient(CloudFrontConnection.using(() -> this.sdk, "test"), "EUNKNOWN")
				.create("reference", List.of("/a")))
			.satisfies((ex) -> assertThat(ex.hint()).contains("'cf.tracker.distribution-id'", "'EUNKNOWN'",
					"only serves tenants"));
	}

	@Test
	void namesTheActionToGrantForEveryCall() throws IOException {
		HttpServer deny = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		deny.createContext("/", (exchange) -> {
			byte[] body = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>No.</Message></Error></ErrorResponse>"
				.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(403, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		deny.start();
		try (CloudFrontClient denied = CloudFrontClients.of(this.cloudFront,
				URI.create("http://127.0.0.1:" + deny.getAddress().getPort()))) {
			SdkInvalidationClient client = new SdkInvalidationClient(CloudFrontConnection.using(() -> denied, "test"),
					"E123");
			assertDenied("CreateInvalidation", () -> client.create("reference", List.of("/a")));
			assertDenied("GetInvalidation", () -> client.isCompleted("I1"));
			assertDenied("ListInvalidations", () -> client.find("reference", List.of("/a"), Instant.now()));
		}
		finally {
			deny.stop(0);
		}
	}

	private static void assertDenied(String operation, ThrowingCallable call) {
		assertThatExceptionOfType(InvalidationException.class).isThrownBy(call).withMessage("No.").satisfies((ex) -> {
			assertThat(ex.kind()).isEqualTo(Kind.DENIED);
			assertThat(ex.explanation())
				.isEqualTo("No. Grant 'cloudfront:%s' on distribution 'E123'".formatted(operation));
		});
	}

	@Test
	void reportsReferenceUsedForOtherItems() {
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
		assertThat(this.client.find("reference-3", List.of("/a/3", "/b"), start.plus(Duration.ofDays(2)))).isEmpty();
		assertThat(this.client.find("reference-3", null, start.plus(Duration.ofHours(7))))
			.as("with a clock that is hours ahead")
			.contains(this.cloudFront.invalidations().get(3).id());
	}

	@Test
	void isRefusedWithUnknownAccessKey() {
		try (CloudFrontClient stranger = CloudFrontClients.of(this.cloudFront, "somebody-else")) {
			assertThatExceptionOfType(InvalidationException.class)
				.isThrownBy(() -> new SdkInvalidationClient(CloudFrontConnection.using(() -> stranger, "test"),
						this.cloudFront.distributionId())
					.create("reference", List.of("/a")))
				.satisfies((ex) -> {
					assertThat(ex.kind()).isEqualTo(Kind.REFUSED);
					assertThat(ex.explanation()).contains("'cf.tracker.access-key'", "'cf.tracker.secret-key'")
						.doesNotContain("somebody-else", this.cloudFront.secretKey());
				});
		}
	}

	@Test
	void isTemporaryWithoutAnswer() {
		this.cloudFront.close();
		assertThatExceptionOfType(InvalidationException.class)
			.isThrownBy(() -> this.client.create("reference", List.of("/a")))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.TEMPORARY));
	}

	@Test
	void reportsUnknownInvalidation() {
		assertThatExceptionOfType(InvalidationException.class).isThrownBy(() -> this.client.isCompleted("I0"))
			.satisfies((ex) -> {
				assertThat(ex.kind()).isEqualTo(Kind.NOT_FOUND);
				assertThat(ex.hint()).isNull();
			});
	}

}
