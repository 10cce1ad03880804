package io.github.cftracker.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.github.cftracker.testing.NewThread;
import io.github.cftracker.web.RawClient.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

abstract class TrackingFilterAsyncTests extends TrackingFilterTestSupport {

	TrackingFilterAsyncTests(Server server) {
		super(server, "");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/later/callable/ok", "/later/deferred/ok", "/later/future/ok", "/later/streaming/ok",
			"/later/emitter/ok", "/later/sse/ok", "/async/complete", "/async/complete/at-once", "/async/dispatch/twice",
			"/async/dispatch/complete", "/async/dispatch/other" })
	void tracksOnce(String path) throws IOException {
		String target = path + "?b=2&a=1";
		assertThat(get(target).status()).isEqualTo(200);
		assertTracked(target);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/later/callable/max-age", "/later/deferred/max-age", "/later/future/max-age" })
	void tracksForTheLifetimeOfTheResponse(String target) throws IOException {
		assertThat(get(target).status()).isEqualTo(200);
		assertTracked(target, Duration.ofSeconds(60));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/later/callable/slow", "/later/deferred/slow", "/later/future/slow",
			"/later/streaming/slow", "/later/emitter/slow", "/later/sse/slow", "/async/dispatch/slow" })
	void countsTheAgeFromTheStartOfTheRequest(String target) throws IOException {
		long sentAt = System.nanoTime();
		assertThat(get(target).status()).isEqualTo(200);
		assertTracked(target);
		assertAgeWithPause(sentAt);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/later/callable/not-found", "/later/callable/not-found-exception",
			"/later/deferred/not-found", "/later/deferred/not-found-exception", "/later/future/not-found",
			"/later/future/not-found-exception", "/async/complete/not-found", "/async/dispatch/twice/not-found" })
	void untracksWhatIsNotFound(String target) throws IOException {
		assertThat(get(target).status()).isEqualTo(404);
		assertUntracked(target);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/later/callable/broken", "/later/deferred/broken", "/later/future/broken",
			"/async/throws", "/async/timeout" })
	void ignoresWhatEndsAs500(String target) throws IOException {
		assertThat(get(target).status()).isEqualTo(500);
		assertIgnored();
	}

	@Test
	void ignoresDeferredResultThatTimesOut() throws IOException {
		assertThat(get("/later/timeout").status()).isEqualTo(503);
		assertIgnored();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/later/callable/no-store", "/later/deferred/no-store", "/later/future/no-store",
			"/later/streaming/no-store" })
	void ignoresWhatCloudFrontDoesNotCache(String target) throws IOException {
		assertThat(get(target).status()).isEqualTo(200);
		assertIgnored();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/later/streaming/broken", "/later/emitter/broken", "/later/sse/broken" })
	void ignoresWhatIsCutOffAfterItsStatusWasOut(String target) {
		assertCutOff(target);
		// Jetty never tells a listener
		await().during(Duration.ofMillis(200)).untilAsserted(this::assertIgnored);
	}

	@Test
	void tracksEmitterThatTimesOutBecauseItEndsWell() throws IOException {
		assertThat(get("/later/sse/timeout").body()).contains("data:a");
		assertTracked("/later/sse/timeout");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/later/callable/ok", "/later/deferred/ok", "/later/streaming/ok", "/later/sse/ok" })
	void doesNotTrackBeforeTheResponseIsComplete(String target) {
		CountDownLatch release = new CountDownLatch(1);
		AsyncPages.release = release;
		CompletableFuture<Response> response = CompletableFuture.supplyAsync(() -> {
			try {
				return get(target);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}, NewThread.EACH);
		try {
			await().during(Duration.ofMillis(200)).untilAsserted(this::assertIgnored);
		}
		finally {
			release.countDown();
		}
		assertThat(response).succeedsWithin(Duration.ofSeconds(20));
		assertTracked(target);
	}

	@Test
	void tracksHead() throws IOException {
		assertThat(send("HEAD", "/later/callable/ok").status()).isEqualTo(200);
		assertTracked("/later/callable/ok");
	}

	final void assertCutOff(String target) {
		HttpRequest request = HttpRequest.newBuilder(uri(target)).build();
		assertThatIOException().isThrownBy(() -> HttpClient.newHttpClient().send(request, BodyHandlers.discarding()));
	}

}
