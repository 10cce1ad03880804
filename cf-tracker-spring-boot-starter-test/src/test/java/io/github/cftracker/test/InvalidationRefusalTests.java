package io.github.cftracker.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.BatchTooLargeException;
import software.amazon.awssdk.services.cloudfront.model.CloudFrontException;
import software.amazon.awssdk.services.cloudfront.model.InconsistentQuantitiesException;
import software.amazon.awssdk.services.cloudfront.model.InvalidArgumentException;
import software.amazon.awssdk.services.cloudfront.model.MissingBodyException;
import software.amazon.awssdk.services.cloudfront.model.NoSuchDistributionException;
import software.amazon.awssdk.services.cloudfront.model.NoSuchInvalidationException;
import software.amazon.awssdk.services.cloudfront.model.TooManyInvalidationsInProgressException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class InvalidationRefusalTests {

	private LocalCloudFront cloudFront;

	private CloudFrontClient client;

	@BeforeEach
	void start() {
		this.cloudFront = LocalCloudFront.start();
		this.client = SdkClient.of(this.cloudFront);
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.cloudFront.close();
	}

	@Test
	void refusesCallWithoutAuthorization() throws Exception {
		HttpResponse<String> response = send(null, "/2020-05-31/distribution/E1/invalidation");
		assertThat(response.statusCode()).isEqualTo(403);
		String requestId = response.headers().firstValue("x-amzn-RequestId").orElseThrow();
		assertThat(response.body()).isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
				+ "<ErrorResponse xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><Error><Type>Sender</Type>"
				+ "<Code>MissingAuthenticationToken</Code><Message>Request is missing Authentication Token</Message>"
				+ "</Error><RequestId>" + requestId + "</RequestId></ErrorResponse>");
	}

	@Test
	void refusesAuthorizationThatIsNoSignature() throws Exception {
		HttpResponse<String> response = send("Bearer token", "/2020-05-31/distribution/E1/invalidation");
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.body()).contains("<Code>IncompleteSignature</Code>");
	}

	@Test
	void refusesUnknownAccessKey() {
		try (CloudFrontClient stranger = SdkClient.builder(this.cloudFront, "stranger", this.cloudFront.secretKey())
			.build()) {
			assertRefused(() -> create(stranger, "/a"), CloudFrontException.class, 403, "InvalidClientTokenId",
					"The security token included in the request is invalid.");
		}
	}

	@Test
	void refusesWrongSecretKey() {
		try (CloudFrontClient stranger = SdkClient.builder(this.cloudFront, this.cloudFront.accessKey(), "wrong")
			.build()) {
			CloudFrontException refused = catchThrowableOfType(CloudFrontException.class, () -> create(stranger, "/a"));
			assertThat(refused.statusCode()).isEqualTo(403);
			assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch");
		}
	}

	@Test
	void refusesBodyThatWasChangedAfterSigning() throws Exception {
		AtomicReference<HttpRequest.Builder> signed = new AtomicReference<>();
		AtomicReference<String> body = new AtomicReference<>();
		createWith(new ExecutionInterceptor() {

			@Override
			public void beforeTransmission(Context.BeforeTransmission context,
					ExecutionAttributes executionAttributes) {
				signed.set(copy(context.httpRequest()));
				body.set(new BufferedReader(
						new InputStreamReader(context.requestBody().orElseThrow().contentStreamProvider().newStream(),
								StandardCharsets.UTF_8))
					.lines()
					.collect(Collectors.joining("\n")));
			}

		});
		assertThat(post(signed.get(), body.get()).statusCode()).isEqualTo(201);
		HttpResponse<String> forged = post(signed.get(), body.get().replace("/a", "/b"));
		assertThat(forged.statusCode()).isEqualTo(403);
		assertThat(forged.body()).contains("<Code>SignatureDoesNotMatch</Code>");
	}

	@Test
	void refusesCredentialOfAnotherDay() throws Exception {
		SdkHttpRequest signed = signed();
		String date = signed.firstMatchingHeader("X-Amz-Date").orElseThrow();
		String authorization = signed.firstMatchingHeader("Authorization").orElseThrow();
		HttpResponse<String> response = post(
				copy(signed).setHeader("Authorization", authorization.replaceFirst("/[0-9]{8}/", "/20150830/")), "");
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.body()).contains("<Code>SignatureDoesNotMatch</Code>",
				"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
						+ "'20150830' != '" + date.substring(0, 8) + "', from '" + date + "'.");
	}

	@ParameterizedTest
	@CsvSource({ "yesterday, Date must be in ISO-8601 'basic format'. Got 'yesterday'.",
			"'', Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header." })
	void refusesSignatureWithoutDate(String date, String message) throws Exception {
		HttpResponse<String> response = post(copy(signed()).setHeader("X-Amz-Date", date), "");
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.body()).contains("<Code>IncompleteSignature</Code>", message);
	}

	@Test
	void refusesUnknownDistribution() {
		assertRefused(
				() -> this.client.createInvalidation(SdkClient.invalidation(this.cloudFront, "reference", "/a")
					.toBuilder()
					.distributionId("E2UNKNOWN")
					.build()),
				NoSuchDistributionException.class, 404, "NoSuchDistribution",
				"The specified distribution does not exist.");
		assertRefused(() -> this.client.getDistributionConfig((request) -> request.id("E2UNKNOWN")),
				NoSuchDistributionException.class, 404, "NoSuchDistribution",
				"The specified distribution does not exist.");
	}

	@ParameterizedTest
	@CsvSource({ "POST, /distribution//invalidation, NoSuchDistribution",
			"GET, /distribution//invalidation, NoSuchDistribution",
			"GET, /distribution//invalidation/I1, NoSuchDistribution", "GET, /distribution//config, NoSuchDistribution",
			"GET, /distribution/E1/../E2/config, UnknownOperationException",
			"GET, /distribution/E1LOCALCLOUDFR/invalidation/, NoSuchInvalidation",
			"GET, /cache-policy/, NoSuchCachePolicy" })
	void refusesSignedRequestWithoutAnId(String method, String path, String code) {
		ExecutionInterceptor interceptor = new ExecutionInterceptor() {

			@Override
			public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context,
					ExecutionAttributes executionAttributes) {
				return context.httpRequest().toBuilder().encodedPath("/2020-05-31" + path).build();
			}

		};
		try (CloudFrontClient intercepted = SdkClient.intercepted(this.cloudFront, interceptor)) {
			CloudFrontException refused = catchThrowableOfType(CloudFrontException.class, () -> {
				if (method.equals("POST")) {
					create(intercepted, "/a");
				}
				else {
					intercepted.listInvalidations((request) -> request.distributionId("E1"));
				}
			});
			assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
			assertThat(refused.statusCode()).isEqualTo(404);
		}
	}

	@Test
	void refusesUnknownInvalidation() {
		assertRefused(
				() -> this.client.getInvalidation(
						(request) -> request.distributionId(this.cloudFront.distributionId()).id("I2UNKNOWN")),
				NoSuchInvalidationException.class, 404, "NoSuchInvalidation",
				"The specified invalidation does not exist.");
	}

	@Test
	void refusesUnknownCachePolicy() {
		assertRefused(() -> this.client.getCachePolicy((request) -> request.id("unknown")), CloudFrontException.class,
				404, "NoSuchCachePolicy", "The cache policy does not exist.");
	}

	@Test
	void refusesUnknownOperation() {
		CloudFrontException refused = catchThrowableOfType(CloudFrontException.class,
				() -> this.client.listDistributions());
		assertThat(refused.statusCode()).isEqualTo(404);
		assertThat(this.cloudFront.calls()).extracting(RecordedCall::operation).containsExactly("Unknown");
	}

	@Test
	void refusesQuantityThatDiffersFromItems() {
		assertRefused(
				() -> this.client
					.createInvalidation((request) -> request.distributionId(this.cloudFront.distributionId())
						.invalidationBatch((batch) -> batch.callerReference("reference")
							.paths((paths) -> paths.quantity(2).items("/a")))),
				InconsistentQuantitiesException.class, 400, "InconsistentQuantities",
				"The value of Quantity and the size of Items don't match.");
	}

	@Test
	void refusesEmptyBody() {
		assertRefused(() -> createWithBody(""), MissingBodyException.class, 400, "MissingBody",
				"This operation requires a body. Ensure that the body is present and the Content-Type header is set.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "<InvalidationBatch>", "<Other/>", "<InvalidationBatch/>",
			"<InvalidationBatch><Paths><Items><Path>/a</Path></Items></Paths><CallerReference>r</CallerReference></InvalidationBatch>",
			"<InvalidationBatch><Paths><Quantity>x</Quantity></Paths><CallerReference>r</CallerReference></InvalidationBatch>",
			"<InvalidationBatch><Paths><Quantity>1</Quantity><Items><Path>/a</Path></Items></Paths></InvalidationBatch>",
			"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><InvalidationBatch>&b;</InvalidationBatch>" })
	void refusesMalformedBody(String body) {
		assertRefused(() -> createWithBody(body), CloudFrontException.class, 400, "MalformedXML",
				"The XML document is malformed.");
	}

	@Test
	void refusesBatchWithoutItems() {
		assertRefused(() -> create(this.client), InvalidArgumentException.class, 400, "InvalidArgument",
				"Your request contains no invalidation paths.");
	}

	@Test
	void refusesBatchWithoutCallerReference() {
		assertRefused(() -> this.client.createInvalidation(SdkClient.invalidation(this.cloudFront, "", "/a")),
				InvalidArgumentException.class, 400, "InvalidArgument", "The parameter CallerReference is required.");
	}

	@Test
	void refusesBatchOf3001Items() {
		String[] paths = IntStream.range(0, 3_001).mapToObj((i) -> "/" + i).toArray(String[]::new);
		assertRefused(() -> create(this.client, paths), BatchTooLargeException.class, 413, "BatchTooLarge",
				"Invalidation batch specified is too large.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/b c", "#", "#b c", "#b,c" })
	void refusesWholeBatchForOneInvalidItem(String item) {
		assertRefused(() -> create(this.client, "/a", item, "#d"), InvalidArgumentException.class, 400,
				"InvalidArgument", "Your request contains one or more invalid invalidation paths.");
	}

	@Test
	void refusesCallerReferenceThatWasUsedForOtherPaths() {
		create(this.client, "/a", "/b");
		for (String[] others : new String[][] { { "/a" }, { "/b", "/a" }, { "/a", "/c" } }) {
			AwsErrorDetails refused = catchThrowableOfType(CloudFrontException.class, () -> create(this.client, others))
				.awsErrorDetails();
			assertThat(refused.errorCode()).isEqualTo("InvalidationBatchAlreadyExists");
			assertThat(refused.errorMessage())
				.isEqualTo("Your caller reference is associated with another invalidation batch.");
		}
		assertThat(this.cloudFront.billedItems()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "101", "-1", "many" })
	void refusesMaxItemsOutOfRange(String maxItems) {
		assertRefused(
				() -> this.client.listInvalidations(
						(request) -> request.distributionId(this.cloudFront.distributionId()).maxItems(maxItems)),
				InvalidArgumentException.class, 400, "InvalidArgument",
				"The value of MaxItems must be between 1 and 100.");
	}

	@Test
	void refusesUnknownMarker() {
		assertRefused(
				() -> this.client.listInvalidations(
						(request) -> request.distributionId(this.cloudFront.distributionId()).marker("a b/c")),
				InvalidArgumentException.class, 400, "InvalidArgument",
				"The value of Marker is not the id of an invalidation.");
	}

	@Test
	void refusesAsProgrammed() {
		this.cloudFront.refuseNext(400, "TooManyInvalidationsInProgress", "You have <too many> invalidations.");
		assertRefused(() -> create(this.client, "/a"), TooManyInvalidationsInProgressException.class, 400,
				"TooManyInvalidationsInProgress", "You have <too many> invalidations.");
		create(this.client, "/a");
		assertThat(this.cloudFront.billedItems()).isEqualTo(1);
	}

	@Test
	void showsRetriesOfTheSdk() {
		this.cloudFront.refuse(2, 503, "ServiceUnavailable", "Try again");
		create(this.client, "/a");
		assertThat(this.cloudFront.calls()).extracting(RecordedCall::status).containsExactly(503, 503, 201);
		assertThat(this.cloudFront.billedItems()).isEqualTo(1);
	}

	private void create(CloudFrontClient client, String... paths) {
		client.createInvalidation(SdkClient.invalidation(this.cloudFront, "reference", paths));
	}

	private void createWithBody(String body) {
		createWith(new ExecutionInterceptor() {

			@Override
			public Optional<RequestBody> modifyHttpContent(Context.ModifyHttpRequest context,
					ExecutionAttributes executionAttributes) {
				return Optional.of(RequestBody.fromString(body));
			}

			@Override
			public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context,
					ExecutionAttributes executionAttributes) {
				return context.httpRequest().toBuilder().removeHeader("Content-Length").build();
			}

		});
	}

	private void createWith(ExecutionInterceptor interceptor) {
		try (CloudFrontClient intercepted = SdkClient
			.builder(this.cloudFront, this.cloudFront.accessKey(), this.cloudFront.secretKey())
			.overrideConfiguration((override) -> override.addExecutionInterceptor(interceptor))
			.build()) {
			create(intercepted, "/a");
		}
	}

	private SdkHttpRequest signed() {
		AtomicReference<SdkHttpRequest> signed = new AtomicReference<>();
		createWith(new ExecutionInterceptor() {

			@Override
			public void beforeTransmission(Context.BeforeTransmission context,
					ExecutionAttributes executionAttributes) {
				signed.set(context.httpRequest());
			}

		});
		return signed.get();
	}

	private static HttpRequest.Builder copy(SdkHttpRequest request) {
		HttpRequest.Builder copy = HttpRequest.newBuilder(request.getUri());
		Set<String> writtenByTheClient = Set.of("Host", "Content-Length", "Expect");
		request.forEachHeader((name, values) -> {
			if (!writtenByTheClient.contains(name)) {
				values.forEach((value) -> copy.header(name, value));
			}
		});
		return copy;
	}

	private static HttpResponse<String> post(HttpRequest.Builder request, String body) throws Exception {
		return HttpClient.newHttpClient()
			.send(request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
	}

	private HttpResponse<String> send(@Nullable String authorization, String path)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.cloudFront.endpoint() + path));
		if (authorization != null) {
			request.header("Authorization", authorization);
		}
		return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
	}

	private void assertRefused(ThrowingCallable call, Class<? extends CloudFrontException> type, int status,
			String code, String message) {
		CloudFrontException refused = catchThrowableOfType(type, call);
		assertThat(refused.statusCode()).isEqualTo(status);
		assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
		assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo(message);
		assertThat(refused.requestId()).isNotBlank();
		assertThat(this.cloudFront.invalidations()).isEmpty();
		assertThat(this.cloudFront.billedItems()).isZero();
		assertThat(this.cloudFront.calls()).isNotEmpty().last().extracting(RecordedCall::status).isEqualTo(status);
	}

}
