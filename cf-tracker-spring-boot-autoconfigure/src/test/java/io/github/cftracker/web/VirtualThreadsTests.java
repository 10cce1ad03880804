package io.github.cftracker.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.UrlStore;
import io.github.cftracker.test.AutoConfigureLocalCloudFront;
import io.github.cftracker.testing.TestRedis;
import jdk.jfr.Event;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages on virtual threads, which must not be pinned to their carriers by what tracks
 * them. Not before JDK 24, where every {@code synchronized} pins.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "spring.threads.virtual.enabled=true", "cf.tracker.key-prefix=virtual-threads",
				"cf.tracker.invalidation.items-per-second=0",
				"management.endpoints.web.exposure.include=cfinvalidate" })
@AutoConfigureLocalCloudFront
@DirtiesContext
@EnabledForJreRange(minVersion = 24)
class VirtualThreadsTests {

	private static final int PAGES = 500;

	@LocalServerPort
	private int port;

	@Autowired
	private UrlStore store;

	@Autowired
	private CloudFrontInvalidator invalidator;

	@DynamicPropertySource
	static void redis(DynamicPropertyRegistry registry) {
		registry.add("cf.tracker.redis-url", TestRedis.shared()::url);
	}

	@Test
	void tracksAndInvalidatesAndPinsNothing() throws Exception {
		Queue<RecordedEvent> pinned = new ConcurrentLinkedQueue<>();
		CountDownLatch over = new CountDownLatch(1);
		HttpClient http = HttpClient.newHttpClient();
		// Loads the classes, which pins
		http.send(request("/pages/0"), BodyHandlers.ofString());
		http.send(request("/save"), BodyHandlers.ofString());
		try (RecordingStream recording = new RecordingStream()) {
			recording.setReuse(false);
			recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO).withStackTrace();
			recording.onEvent("jdk.VirtualThreadPinned", pinned::add);
			recording.onEvent(Over.class.getName(), (event) -> over.countDown());
			recording.startAsync();
			List<CompletableFuture<String>> pages = IntStream.range(0, PAGES)
				.mapToObj((i) -> http.sendAsync(request("/pages/" + i), BodyHandlers.ofString())
					.thenApply((response) -> response.body()))
				.toList();
			assertThat(pages).extracting(CompletableFuture::join).containsOnly("virtual");
			Awaitility.await().until(() -> this.store.count() == PAGES);
			assertThat(http.send(request("/save"), BodyHandlers.ofString()).body()).isEqualTo("virtual");
			Run run = this.invalidator.invalidate(InvalidationRequest.ofEverything()).completion().join();
			assertThat(run.state()).isEqualTo(Run.State.COMPLETED);
			assertThat(run.paths()).isEqualTo(PAGES);
			// Events come in their order: behind this one there are no more
			new Over().commit();
			assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(pinned).filteredOn((event) -> pinnedBy(event).startsWith("io.github.cftracker")).isEmpty();
	}

	/**
	 * Who has blocked: below the JDK, which pins a thread where it loads a class.
	 */
	private static String pinnedBy(RecordedEvent event) {
		return event.getStackTrace()
			.getFrames()
			.stream()
			.map((frame) -> frame.getMethod().getType().getName())
			.filter((type) -> !type.startsWith("java.") && !type.startsWith("jdk."))
			.findFirst()
			.orElse("");
	}

	private HttpRequest request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path)).build();
	}

	static class Over extends Event {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@RestController
		static class Pages {

			private final AfterCommitInvalidator afterCommit;

			Pages(AfterCommitInvalidator afterCommit) {
				this.afterCommit = afterCommit;
			}

			@GetMapping("/pages/{id}")
			ResponseEntity<String> page(@PathVariable int id) throws Exception {
				return ResponseEntity.ok().cacheControl(CacheControl.maxAge(Duration.ofHours(1))).body(thread());
			}

			@GetMapping("/save")
			ResponseEntity<String> save() throws Exception {
				this.afterCommit.invalidate(InvalidationRequest.ofPaths("/saved"));
				return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(thread());
			}

			// Not in the Java that this is compiled for
			private static String thread() throws Exception {
				boolean virtual = (Boolean) Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
				return virtual ? "virtual" : "platform";
			}

		}

	}

}
