package io.github.cftracker.web;

import java.io.IOException;
import java.time.Duration;

import io.github.cftracker.web.RawClient.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
abstract class TrackingFilterTests extends TrackingFilterTestSupport {

	TrackingFilterTests(Server server) {
		super(server, "");
	}

	@Test
	void tracksPage() throws IOException {
		assertThat(get("/page").body()).contains("page");
		assertTracked("/page");
	}

	@Test
	void tracksEveryTime() throws IOException {
		get("/page");
		clear();
		get("/page");
		assertTracked("/page");
	}

	@Test
	void countsTheAgeFromTheStartOfTheRequest() throws IOException {
		long sentAt = System.nanoTime();
		assertThat(get("/slow").body()).contains("slow");
		assertTracked("/slow");
		assertAgeWithPause(sentAt);
	}

	@Test
	void tracksHead() throws IOException {
		assertThat(send("HEAD", "/page").status()).isEqualTo(200);
		assertTracked("/page");
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "DELETE", "OPTIONS", "PATCH" })
	void ignoresMethod(String method) throws IOException {
		assertThat(send(method, "/page", "Content-Length: 0").status()).isEqualTo(200);
		assertIgnored();
	}

	@Test
	void ignores404OfIgnoredMethod() throws IOException {
		assertThat(send("POST", "/unknown", "Content-Length: 0").status()).isEqualTo(404);
		assertIgnored();
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 201, 204, 301, 302, 303 })
	void tracksStatus(int status) throws IOException {
		assertThat(get("/answer/" + status).status()).isEqualTo(status);
		assertTracked("/answer/" + status);
	}

	@ParameterizedTest
	@ValueSource(ints = { 307, 308, 400, 401, 403, 410, 414, 500, 503 })
	void ignoresStatus(int status) throws IOException {
		assertThat(get("/answer/" + status).status()).isEqualTo(status);
		assertIgnored();
	}

	@ParameterizedTest
	@ValueSource(ints = { 307, 308 })
	void tracksTemporaryRedirectWithMaxAge(int status) throws IOException {
		String target = "/answer/" + status + "?cacheControl=max-age=60";
		assertThat(get(target).status()).isEqualTo(status);
		assertTracked(target, Duration.ofSeconds(60));
	}

	@Test
	void renewsWhatIsNotModifiedForAsLongAsTheStoredResponseMayBeCached() throws IOException {
		assertThat(get("/etag", "If-None-Match: \"v1\"").status()).isEqualTo(304);
		assertTracked("/etag", Duration.ofDays(365));
		clear();
		assertThat(get("/etag").status()).isEqualTo(200);
		assertTracked("/etag");
		clear();
		assertThat(get("/etag", "If-None-Match: \"v1\"").status()).isEqualTo(304);
		assertTracked("/etag");
	}

	@ParameterizedTest
	@ValueSource(strings = { "no-store", "private", "no-cache", "no-store&cacheControl=max-age=60",
			"max-age=60&cacheControl=no-store", "max-age=60,private", "max-age=0" })
	void ignoresWhatCloudFrontDoesNotCache(String cacheControl) throws IOException {
		Response response = get("/answer/200?cacheControl=" + cacheControl);
		assertThat(response.text()).containsIgnoringCase("Cache-Control: ");
		assertIgnored();
	}

	@ParameterizedTest
	@CsvSource({ "cacheControl=max-age=60, 60", "cacheControl=max-age=60&cacheControl=s-maxage=5, 5",
			"cacheControl=public&cacheControl=max-age=60, 60" })
	void tracksForTheLifetimeOfTheResponse(String query, long seconds) throws IOException {
		get("/answer/200?" + query);
		assertTracked("/answer/200?" + query, Duration.ofSeconds(seconds));
	}

	@Test
	void ignoresWhatExpiredBefore() throws IOException {
		get("/answer/200?expires=0");
		assertIgnored();
	}

	@Test
	void tracksPageThatSetsACookie() throws IOException {
		assertThat(get("/cookie").text()).containsIgnoringCase("Set-Cookie: session=1");
		assertTracked("/cookie");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/missing/exception", "/missing/entity", "/missing/send-error", "/answer/404",
			"/answer/404?cacheControl=no-store", "/unknown", "/unknown.css", "/unknown?x=1" })
	void untracksWhatIsNotFound(String target) throws IOException {
		assertThat(get(target).status()).isEqualTo(404);
		assertUntracked(target);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/broken", "/broken/after-write" })
	void ignoresExceptionThatEscapes(String target) throws IOException {
		assertThat(get(target).status()).isEqualTo(500);
		assertIgnored();
	}

	@Test
	void tracksPageThatBrokeAfterItsStatusWasOut() throws IOException {
		assertThat(get("/broken/after-commit").status()).isEqualTo(200);
		assertTracked("/broken/after-commit");
	}

	@Test
	void tracksForwardAsRequested() throws IOException {
		assertThat(get("/forward?x=1").body()).contains("page");
		assertTracked("/forward?x=1");
	}

	@Test
	void untracksForwardToWhatIsNotFoundAsRequested() throws IOException {
		assertThat(get("/forward/missing").status()).isEqualTo(404);
		assertUntracked("/forward/missing");
	}

	@Test
	void doesNotTrackWhatIsIncluded() throws IOException {
		assertThat(get("/include").body()).contains("before raw");
		assertTracked("/include");
	}

	@Test
	void seesTheStatusThatAnInnerFilterSets() throws IOException {
		Response response = get("/hidden/page");
		assertThat(response.status()).isEqualTo(404);
		assertThat(response.body()).contains("hidden");
		assertUntracked("/hidden/page");
	}

	@ParameterizedTest
	@CsvSource({ "/page?tracker-fails, 200", "/unknown?tracker-fails, 404", "/later/callable/ok?tracker-fails, 200",
			"/async/complete?tracker-fails, 200" })
	void servesThePageWhenTheTrackerFails(String target, int status, CapturedOutput output) throws IOException {
		Response response = get(target);
		assertThat(response.status()).isEqualTo(status);
		assertThat(response.body()).doesNotContain("The tracker fails");
		assertThat(output).containsOnlyOnce("Could not track '" + target + "'");
	}

}
