package io.github.cftracker.test;

import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class LocalCloudFrontTests {

	@Test
	void listensOnLoopbackOnly() {
		try (LocalCloudFront cloudFront = LocalCloudFront.start()) {
			assertThat(cloudFront.endpoint().getHost()).isEqualTo("127.0.0.1");
			assertThat(cloudFront.edge().getHost()).isEqualTo("127.0.0.1");
			assertThat(cloudFront.endpoint()).isNotEqualTo(cloudFront.edge());
			assertThat(cloudFront.distributionId()).matches("E[A-Z0-9]{13}");
		}
	}

	@Test
	void takesSettings() throws Exception {
		int apiPort = freePort();
		int edgePort = freePort();
		try (LocalCloudFront cloudFront = LocalCloudFront.builder()
			.distributionId("E123")
			.accessKey("access")
			.secretKey("secret")
			.region("cn-northwest-1")
			.apiPort(apiPort)
			.edgePort(edgePort)
			.start()) {
			assertThat(cloudFront.distributionId()).isEqualTo("E123");
			assertThat(cloudFront.accessKey()).isEqualTo("access");
			assertThat(cloudFront.secretKey()).isEqualTo("secret");
			assertThat(cloudFront.region()).isEqualTo("cn-northwest-1");
			assertThat(cloudFront.endpoint()).isEqualTo(URI.create("http://127.0.0.1:" + apiPort));
			assertThat(cloudFront.edge()).isEqualTo(URI.create("http://127.0.0.1:" + edgePort));
		}
	}

	@Test
	void namesThePortThatIsTakenAndFreesTheOther() throws Exception {
		int apiPort = freePort();
		try (LocalCloudFront first = LocalCloudFront.start()) {
			int taken = first.edge().getPort();
			assertThatExceptionOfType(UncheckedIOException.class)
				.isThrownBy(() -> LocalCloudFront.builder().apiPort(apiPort).edgePort(taken).start())
				.withMessage(
						"Could not listen on '127.0.0.1:%d' for the edge: Address already in use. Stop the process "
								+ "that uses port %d, or set another port with 'edgePort' of LocalCloudFront.builder(), or 0 "
								+ "for a free one",
						taken, taken);
		}
		LocalCloudFront.builder().apiPort(apiPort).start().close();
	}

	@Test
	void freesPortsWhenClosed() {
		LocalCloudFront first = LocalCloudFront.start();
		first.close();
		first.close();
		LocalCloudFront.builder().apiPort(first.endpoint().getPort()).edgePort(first.edge().getPort()).start().close();
	}

	@Test
	void closesTheOneThatThisJvmHasStartedOnTheSamePort(CapturedOutput output) throws Exception {
		int apiPort = freePort();
		int edgePort = freePort();
		LocalCloudFront first = LocalCloudFront.builder().apiPort(apiPort).edgePort(edgePort).start();
		for (int i = 0; i < 20; i++) {
			LocalCloudFront.builder().apiPort(apiPort).edgePort(edgePort).start();
		}
		try (LocalCloudFront last = LocalCloudFront.builder().edgePort(edgePort).start();
				CloudFrontClient client = SdkClient.of(last)) {
			client.createInvalidation(SdkClient.invalidation(last, "first", "/a"));
			first.close();
			client.createInvalidation(SdkClient.invalidation(last, "second", "/a"));
			assertThat(last.invalidations()).hasSize(2);
			assertThat(first.invalidations()).isEmpty();
		}
		// Also its API, whose port the last one does not use
		LocalCloudFront.builder().apiPort(apiPort).edgePort(edgePort).start().close();
		assertThat(output.toString().lines().filter((line) -> line.contains("Closing the local CloudFront on port")))
			.hasSize(21)
			.allMatch((line) -> line.contains("WARN"));
	}

	@Test
	void leavesNoThreadWhenClosed() throws Exception {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		try (TestOrigin origin = new TestOrigin();
				LocalCloudFront cloudFront = LocalCloudFront.builder().origin(origin.uri()).start()) {
			HttpRequest request = HttpRequest.newBuilder(cloudFront.edge()).build();
			assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
		}
		Awaitility.await()
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
				.filteredOn((thread) -> !before.contains(thread))
				.extracting(Thread::getName)
				.noneMatch((name) -> name.startsWith("local-cloudfront-") || name.startsWith("CompletableFuture")));
	}

	@Test
	void keepsBooks() {
		MutableClock clock = new MutableClock();
		try (LocalCloudFront cloudFront = LocalCloudFront.builder().clock(clock).start();
				CloudFrontClient client = SdkClient.of(cloudFront)) {
			String id = client.createInvalidation(SdkClient.invalidation(cloudFront, "first", "/a", "/b"))
				.invalidation()
				.id();
			assertThat(cloudFront.invalidations())
				.containsExactly(new Invalidation(id, "first", List.of("/a", "/b"), clock.instant(), "InProgress"));
			assertThat(cloudFront.calls())
				.containsExactly(new RecordedCall("CreateInvalidation", 201, clock.instant()));
		}
	}

	private static int freePort() throws Exception {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
