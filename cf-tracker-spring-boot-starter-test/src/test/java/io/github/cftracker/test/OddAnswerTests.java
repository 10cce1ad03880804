package io.github.cftracker.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import static org.assertj.core.api.Assertions.assertThat;

class OddAnswerTests {

	private static final int HANGING = 70;

	private static final String LOGIN = "<html><body>Please log in</body></html>";

	private final Wire wire = new Wire();

	private LocalCloudFront cloudFront;

	private CloudFrontClient client;

	@BeforeEach
	void start() {
		this.cloudFront = LocalCloudFront.start();
		this.client = SdkClient.intercepted(this.cloudFront, this.wire);
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.cloudFront.close();
	}

	@Test
	void answersAsAnotherServer() {
		this.cloudFront.fail(1, Fault.answer(200, "text/html", LOGIN));
		create();
		assertThat(this.wire.response.statusCode()).isEqualTo(200);
		assertThat(this.wire.response.firstMatchingHeader("Content-Type")).hasValue("text/html");
		assertThat(this.wire.response.firstMatchingHeader("x-amzn-RequestId")).isEmpty();
		assertThat(this.wire.body).isEqualTo(LOGIN);
		assertThat(this.cloudFront.calls()).extracting(RecordedCall::status).containsExactly(200);
		assertThat(this.cloudFront.invalidations()).isEmpty();
	}

	@Test
	void acceptsBeforeOddAnswer() {
		this.cloudFront.fail(1, Fault.answer(200, "text/html", LOGIN).afterAccepting());
		create();
		assertThat(this.wire.body).isEqualTo(LOGIN);
		assertThat(this.cloudFront.billedItems()).isEqualTo(1);
		create();
		assertThat(this.wire.response.statusCode()).isEqualTo(201);
		assertThat(this.cloudFront.billedItems()).isEqualTo(1);
	}

	@Test
	void answersWithoutBody() {
		this.cloudFront.fail(1, Fault.answer(204));
		this.cloudFront.fail(1, Fault.answer(302).header("Location", "http://login.example.org/"));
		create();
		assertThat(this.wire.response.statusCode()).isEqualTo(204);
		assertThat(this.wire.body).isEmpty();
		create();
		assertThat(this.wire.response.statusCode()).isEqualTo(302);
		assertThat(this.wire.response.firstMatchingHeader("Location")).hasValue("http://login.example.org/");
		assertThat(this.wire.response.firstMatchingHeader("Content-Type")).isEmpty();
		assertThat(this.wire.body).isEmpty();
	}

	@Test
	void answersWithRetryAfter() {
		this.cloudFront.fail(1, Fault.SERVICE_UNAVAILABLE.header("Retry-After", "3600"));
		this.cloudFront.fail(1, Fault.answer(503, "text/html", LOGIN).header("Retry-After", "1").afterAccepting());
		create();
		assertThat(this.wire.response.firstMatchingHeader("Retry-After")).hasValue("3600");
		assertThat(this.wire.body).contains("<Code>ServiceUnavailable</Code>");
		assertThat(this.cloudFront.invalidations()).isEmpty();
		create();
		assertThat(this.wire.response.firstMatchingHeader("Retry-After")).hasValue("1");
		assertThat(this.wire.response.statusCode()).isEqualTo(503);
		assertThat(this.cloudFront.invalidations()).hasSize(1);
	}

	@Test
	void truncatesAnswer() {
		create();
		String whole = this.wire.body;
		this.cloudFront.fail(1, Fault.truncated());
		create();
		assertThat(this.wire.body).isEqualTo(whole.substring(0, whole.length() / 2));
		assertThat(this.wire.response.statusCode()).isEqualTo(201);
	}

	@Test
	void sendsAnswerUnderWrongContentType() {
		create();
		String body = this.wire.body;
		this.cloudFront.fail(1, Fault.wrongContentType("application/json"));
		create();
		assertThat(this.wire.body).isEqualTo(body);
		assertThat(this.wire.response.firstMatchingHeader("Content-Type")).hasValue("application/json");
	}

	@Test
	void sendsLargeBody() {
		this.cloudFront.fail(1, Fault.answer(502, "text/html", "é".repeat(1 << 20)));
		create();
		assertThat(this.wire.body).hasSize(1 << 20);
		assertThat(this.wire.response.firstMatchingHeader("Content-Length")).hasValue("2097152");
	}

	@Test
	void hangsAfterAccepting() {
		this.cloudFront.fail(1, Fault.hang().afterAccepting());
		CompletableFuture<Void> hanging = CompletableFuture.runAsync(this::create);
		Awaitility.await().until(() -> !this.cloudFront.calls().isEmpty());
		assertThat(this.cloudFront.calls()).extracting(RecordedCall::status).containsExactly(0);
		create();
		assertThat(this.wire.response.statusCode()).isEqualTo(201);
		assertThat(this.cloudFront.billedItems()).isEqualTo(1);
		assertThat(hanging).isNotDone();
	}

	@Test
	void manyHangingCallsHoldUpNeitherOthersNorClosing() {
		this.client.listInvalidations((request) -> request.distributionId(this.cloudFront.distributionId()));
		HttpRequest list = copy(this.wire.request);
		this.cloudFront.fail("ListInvalidations", LocalCloudFront.ALWAYS, Fault.hang());
		HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
		List<CompletableFuture<HttpResponse<Void>>> hanging = Stream
			.generate(() -> http.sendAsync(list, BodyHandlers.discarding()))
			.limit(HANGING)
			.toList();
		Awaitility.await().until(() -> this.cloudFront.calls().size() == HANGING + 1);
		create();
		assertThat(this.wire.response.statusCode()).isEqualTo(201);
		assertThat(hanging).noneMatch(CompletableFuture::isDone);
		this.cloudFront.close();
		Awaitility.await().until(() -> hanging.stream().allMatch(CompletableFuture::isCompletedExceptionally));
	}

	/**
	 * What the SDK makes of an answer depends on its version.
	 */
	private void create() {
		try {
			this.client.createInvalidation(SdkClient.invalidation(this.cloudFront, "reference", "/a"));
		}
		catch (SdkException ex) {
			assertThat(this.wire.response).as(ex.toString()).isNotNull();
		}
	}

	private static HttpRequest copy(SdkHttpRequest request) {
		HttpRequest.Builder copy = HttpRequest.newBuilder(URI.create(request.getUri().toString()));
		request.forEachHeader((name, values) -> {
			if (!"Host".equalsIgnoreCase(name)) {
				values.forEach((value) -> copy.header(name, value));
			}
		});
		return copy.build();
	}

	private static final class Wire implements ExecutionInterceptor {

		private volatile SdkHttpRequest request;

		private volatile SdkHttpResponse response;

		private volatile String body;

		@Override
		public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
			this.request = context.httpRequest();
			this.response = null;
		}

		@Override
		public Optional<InputStream> modifyHttpResponseContent(Context.ModifyHttpResponse context,
				ExecutionAttributes attributes) {
			try {
				byte[] content = context.responseBody().isPresent() ? context.responseBody().get().readAllBytes()
						: new byte[0];
				this.response = context.httpResponse();
				this.body = new String(content, StandardCharsets.UTF_8);
				return context.responseBody().map((ignored) -> new ByteArrayInputStream(content));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
