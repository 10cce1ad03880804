package io.github.cftracker.test;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class EdgeServerTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final Clock clock = Clock.systemUTC();

	private final Origins origins = new Origins();

	private Distribution distribution;

	private TestOrigin application;

	@BeforeEach
	void start() throws IOException {
		this.application = new TestOrigin();
		URI uri = this.application.uri();
		this.distribution = new DistributionSettings().freeze(LONG, () -> uri);
	}

	@AfterEach
	void stop() {
		this.origins.close();
		this.application.close();
	}

	@Test
	void endsIdleConnection() throws Exception {
		try (EdgeServer server = server(Duration.ofMillis(100), 10); RawViewer viewer = new RawViewer(server.uri())) {
			assertThat(viewer.get("/a").response()).endsWith("page 1");
			assertThat(viewer.untilEnd()).isEmpty();
		}
	}

	@Test
	void servesParallelConnections() throws Exception {
		int connections = 200;
		ExecutorService viewers = Executors.newFixedThreadPool(connections);
		CyclicBarrier open = new CyclicBarrier(connections);
		try (EdgeServer server = server(LONG, EdgeServer.MAX_CONNECTIONS)) {
			List<Callable<String>> tasks = new ArrayList<>();
			for (int i = 0; i < connections; i++) {
				String target = "/" + (i % 20);
				tasks.add(() -> {
					try (RawViewer viewer = new RawViewer(server.uri())) {
						viewer.get(target).response();
						open.await();
						return viewer.get(target).response();
					}
				});
			}
			for (Future<String> response : viewers.invokeAll(tasks)) {
				assertThat(response.get()).startsWith("HTTP/1.1 200 OK").contains("Hit from cloudfront");
			}
		}
		finally {
			viewers.shutdownNow();
		}
	}

	@Test
	void letsConnectionWaitBeyondTheLimit() throws Exception {
		try (EdgeServer server = server(LONG, 2);
				RawViewer first = new RawViewer(server.uri());
				RawViewer second = new RawViewer(server.uri());
				RawViewer third = new RawViewer(server.uri())) {
			third.get("/third");
			assertThat(first.get("/first").untilEnd()).contains("Connection: close");
			assertThat(second.get("/second").untilEnd()).contains("Connection: close");
			assertThat(third.response()).startsWith("HTTP/1.1 200");
		}
	}

	@Test
	void survivesViewersThatGo() throws Exception {
		try (EdgeServer server = server(LONG, 4)) {
			for (int i = 0; i < 50; i++) {
				try (RawViewer viewer = new RawViewer(server.uri())) {
					viewer
						.send((i % 2 == 0) ? "GET /a HT" : "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na");
				}
			}
			try (RawViewer viewer = new RawViewer(server.uri())) {
				assertThat(viewer.get("/a").response()).endsWith("page 1");
			}
		}
	}

	@Test
	void endsAllConnectionsWhenClosed() throws Exception {
		try (RawOrigin silent = new RawOrigin("hang")) {
			LocalCloudFront cloudFront = LocalCloudFront.builder().origin(silent.uri()).start();
			List<RawViewer> viewers = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				viewers.add(new RawViewer(cloudFront.edge()));
			}
			viewers.get(0).get("/a");
			viewers.get(1).send("GET /half HTTP");
			Awaitility.await().until(() -> silent.asked().size() == 1);
			long start = System.nanoTime();
			cloudFront.close();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
			for (RawViewer viewer : viewers) {
				assertThat(readsNothing(viewer)).isTrue();
				viewer.close();
			}
			assertThatIOException().isThrownBy(() -> new RawViewer(cloudFront.edge()).close());
			Awaitility.await().until(EdgeServerTests::nobodyAsksOrigin);
		}
	}

	private EdgeServer server(Duration idleTimeout, int maxConnections) {
		EdgeHandler handler = new EdgeHandler(() -> this.distribution, this.origins,
				new EdgeCache(1_000, this.clock, () -> null), () -> false, this.clock);
		return EdgeServer.start(0, handler, idleTimeout, maxConnections);
	}

	private static boolean readsNothing(RawViewer viewer) {
		try {
			return viewer.untilEnd().isEmpty();
		}
		catch (IOException ex) {
			return String.valueOf(ex.getMessage()).contains("reset");
		}
	}

	private static boolean nobodyAsksOrigin() {
		return Thread.getAllStackTraces()
			.values()
			.stream()
			.noneMatch((stack) -> Arrays.toString(stack).contains(OriginConnection.class.getName()));
	}

}
