package io.github.cftracker.web;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.memory.MemoryUrlStore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages while no write to the store returns. They are answered before one does.
 */
class BlockedStoreTests {

	private static final int PAGES = 100;

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	@Timeout(120)
	void pagesAreAnsweredWhileTheStoreIsBlockedAndTrackedAfterwards() throws Exception {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class).run(
				"--server.port=0", "--cf.tracker.distribution-id=E1BLOCKEDSTORE", "--cf.tracker.access-key=key",
				"--cf.tracker.secret-key=secret", "--cf.tracker.endpoint=http://127.0.0.1:1",
				"--cf.tracker.distribution.mirror=false")) {
			URI application = URI
				.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
			Blocked blocked = context.getBean(Blocked.class);
			get(application.resolve("/pages/first"), HttpStatus.OK);
			Awaitility.await().until(blocked::isEntered);

			TreeSet<String> paths = IntStream.range(0, PAGES)
				.mapToObj((i) -> "/pages/" + i)
				.collect(Collectors.toCollection(TreeSet::new));
			for (String path : paths) {
				get(application.resolve(path), HttpStatus.OK);
			}
			get(application.resolve("/missing"), HttpStatus.NOT_FOUND);
			assertThat(blocked.isReleased()).isFalse();

			blocked.release();
			paths.add("/pages/first");
			UrlStore store = context.getBean(UrlStore.class);
			Awaitility.await()
				.untilAsserted(() -> assertThat(store.scan("/", 1000)).extracting(TrackedPath::path)
					.containsExactlyInAnyOrderElementsOf(paths));
		}
	}

	private void get(URI uri, HttpStatus expected) throws Exception {
		HttpResponse<String> response = this.http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
		assertThat(response.statusCode()).as(uri.getPath()).isEqualTo(expected.value());
	}

	/**
	 * Where writes of the store wait.
	 */
	static class Blocked {

		private final CountDownLatch entered = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		void await() throws InterruptedException {
			this.entered.countDown();
			this.released.await();
		}

		boolean isEntered() {
			return this.entered.getCount() == 0;
		}

		boolean isReleased() {
			return this.released.getCount() == 0;
		}

		void release() {
			this.released.countDown();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean(destroyMethod = "release")
		Blocked blocked() {
			return new Blocked();
		}

		@Bean
		UrlStore store(Blocked blocked) {
			UrlStore store = new MemoryUrlStore(Clock.systemUTC());
			return (UrlStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { UrlStore.class },
					(proxy, method, arguments) -> {
						if (Set.of("track", "expire", "untrack", "fold").contains(method.getName())) {
							blocked.await();
						}
						try {
							return method.invoke(store, arguments);
						}
						catch (InvocationTargetException ex) {
							throw ex.getCause();
						}
					});
		}

		@Bean
		Pages pages() {
			return new Pages();
		}

	}

	@RestController
	static class Pages {

		@GetMapping("/pages/{name}")
		ResponseEntity<String> page(@PathVariable String name) {
			return ResponseEntity.ok().header("Cache-Control", "s-maxage=3600").body(name);
		}

	}

}
