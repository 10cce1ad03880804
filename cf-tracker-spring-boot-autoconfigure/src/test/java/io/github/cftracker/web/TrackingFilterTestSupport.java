package io.github.cftracker.web;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;

import io.github.cftracker.web.RawClient.Response;
import io.github.cftracker.web.RecordingTracker.Event;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An application in one container, and requests to it.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class TrackingFilterTestSupport {

	private final Server server;

	private final String contextPath;

	private TestApplication application;

	TrackingFilterTestSupport(Server server, String contextPath) {
		this.server = server;
		this.contextPath = contextPath;
	}

	@BeforeAll
	void start() {
		this.application = TestApplication.start(this.server, this.contextPath);
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	@AfterEach
	void clear() {
		this.application.tracker().clear();
	}

	final Response get(String target, String... headers) throws IOException {
		return send("GET", target, headers);
	}

	/**
	 * Sends a request and waits until the filter has decided, which may be after the body
	 * reached us.
	 * @param method the method
	 * @param target the request target
	 * @param headers header lines
	 * @return the response
	 */
	final Response send(String method, String target, String... headers) throws IOException {
		String id = UUID.randomUUID().toString();
		String[] all = Arrays.copyOf(headers, headers.length + 1);
		all[headers.length] = EndOfRequestFilter.ID_HEADER + ": " + id;
		Response response = RawClient.send(port(), method, target, all);
		await().atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(2))
			.until(() -> this.application.endOfRequest().hasEnded(id));
		return response;
	}

	/**
	 * Checks that the container answers by itself, so that nothing can be tracked.
	 * @param target the request target
	 * @param status the status
	 */
	final void assertAnsweredByContainer(String target, int status) throws IOException {
		String id = UUID.randomUUID().toString();
		Response response = RawClient.send(port(), "GET", target, EndOfRequestFilter.ID_HEADER + ": " + id);
		assertThat(response.status()).isEqualTo(status);
		assertThat(this.application.endOfRequest().hasEnded(id)).isFalse();
		assertIgnored();
	}

	final URI uri(String target) {
		return URI.create("http://localhost:" + port() + target);
	}

	final void assertTracked(String path) {
		assertEvents(Event.track(path));
	}

	final void assertTracked(String path, Duration lifetime) {
		assertEvents(Event.track(path, lifetime));
	}

	/**
	 * Checks that what was tracked counts as begun after the given time and before the
	 * page paused.
	 * @param sentAt {@link System#nanoTime()} before the request was sent
	 */
	final void assertAgeWithPause(long sentAt) {
		Duration atMost = Duration.ofNanos(System.nanoTime() - sentAt);
		assertThat(this.application.tracker().ages()).singleElement()
			.satisfies((age) -> assertThat(age).isBetween(Pause.LENGTH, atMost));
	}

	final void assertUntracked(String path) {
		assertEvents(Event.untrack(path));
	}

	final void assertIgnored() {
		assertEvents();
	}

	private int port() {
		return this.application.port();
	}

	private void assertEvents(Event... events) {
		assertThat(this.application.tracker().events()).containsExactly(events);
	}

}
