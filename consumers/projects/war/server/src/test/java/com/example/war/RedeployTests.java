package com.example.war;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.cftracker.test.LocalCloudFront;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.core.JreMemoryLeakPreventionListener;
import org.apache.catalina.core.ThreadLocalLeakPreventionListener;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A WAR that is deployed, undeployed and deployed again in one Tomcat.
 */
class RedeployTests {

	private static final LocalRedis redis = new LocalRedis();

	private static final HttpClient client = HttpClient.newHttpClient();

	private static final Tomcat tomcat = new Tomcat();

	private static LocalCloudFront cloudFront;

	@BeforeAll
	static void start(@TempDir Path directory) throws Exception {
		tomcat.setBaseDir(directory.toString());
		tomcat.setPort(0);
		tomcat.setAddDefaultWebXmlToWebapp(false);
		// As the server.xml of a Tomcat has them
		tomcat.getServer().addLifecycleListener(new JreMemoryLeakPreventionListener());
		tomcat.getServer().addLifecycleListener(new ThreadLocalLeakPreventionListener());
		tomcat.getConnector().setProperty("address", "127.0.0.1");
		tomcat.start();
		cloudFront = LocalCloudFront.builder().origin(RedeployTests::origin).start();
		System.setProperty("war.endpoint", cloudFront.endpoint().toString());
		System.setProperty("war.region", cloudFront.region());
		System.setProperty("war.access-key", cloudFront.accessKey());
		System.setProperty("war.secret-key", cloudFront.secretKey());
		System.setProperty("war.distribution-id", cloudFront.distributionId());
	}

	@AfterAll
	static void stop() throws Exception {
		tomcat.stop();
		tomcat.destroy();
		cloudFront.close();
		redis.close();
	}

	private static URI origin() {
		return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
	}

	@ParameterizedTest
	@ValueSource(strings = { "memory", "redis" })
	void leavesNothingBehind(String store) throws Exception {
		System.setProperty("war.store", store);
		System.setProperty("war.redis-url", store.equals("redis") ? redis.url() : "");
		Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
		List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
		for (int deployment = 1; deployment <= 2; deployment++) {
			WeakReference<ClassLoader> loader = deployAndUndeploy();
			assertThat(newThreads(before)).as("deployment %d", deployment)
				.extracting(Thread::getName)
				.filteredOn((name) -> name.matches("(cf-tracker|lettuce|CompletableFuture|idle-connection).*"))
				.isEmpty();
			// Such as a thread of Netty, which ends after a second without work
			Awaitility.await()
				.untilAsserted(() -> assertThat(newThreads(before)).as("threads of the application")
					.filteredOn((thread) -> thread.getContextClassLoader() == loader.get())
					.isEmpty());
			loaders.add(loader);
		}
		linkRecord(store);
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			System.gc();
			assertThat(loaders).as("class loaders of the application that are left")
				.filteredOn((loader) -> !loader.refersTo(null))
				.isEmpty();
		});
	}

	/**
	 * Link the methods of a record for the first time. JDK 17 keeps the class for which
	 * it did so last, here one of the application.
	 */
	private static void linkRecord(String store) {
		Object record = store.equals("redis") ? new RedisRecord("") : new MemoryRecord("");
		assertThat(record).isEqualTo(store.equals("redis") ? new RedisRecord("") : new MemoryRecord(""))
			.hasSameHashCodeAs(record)
			.hasToString(record.toString());
	}

	private static WeakReference<ClassLoader> deployAndUndeploy() throws Exception {
		cloudFront.clear();
		Context context = tomcat.addWebapp(tomcat.getHost(), "/app", System.getProperty("war.directory"),
				new ContextConfig());
		try {
			WeakReference<ClassLoader> loader = new WeakReference<>(context.getLoader().getClassLoader());
			assertThat(context.getState()).isEqualTo(LifecycleState.STARTED);
			assertThat(get(cloudFront.edge() + "/app/pages/1")).isEqualTo("page 1");
			assertThat(get(cloudFront.edge() + "/app/pages/2")).isEqualTo("page 2");
			Awaitility.await()
				.untilAsserted(() -> assertThat(get(origin() + "/app/actuator/cfpaths")).contains("/app/pages/1",
						"/app/pages/2"));
			send(HttpRequest.newBuilder(URI.create(origin() + "/app/pages/1")).DELETE());
			Awaitility.await().untilAsserted(() -> assertThat(cloudFront.invalidations()).hasSize(1));
			assertThat(send(HttpRequest.newBuilder(URI.create(origin() + "/app/actuator/cfinvalidate?wait=30s"))
				.POST(BodyPublishers.noBody()))).contains("\"state\":\"COMPLETED\"");
			return loader;
		}
		finally {
			context.stop();
			tomcat.getHost().removeChild(context);
			context.destroy();
		}
	}

	private static Set<Thread> newThreads(Set<Thread> before) {
		Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
		threads.removeAll(before);
		return threads;
	}

	private static String get(String uri) throws Exception {
		return send(HttpRequest.newBuilder(URI.create(uri)));
	}

	private static String send(HttpRequest.Builder request) throws Exception {
		return client.send(request.build(), BodyHandlers.ofString()).body();
	}

	private record MemoryRecord(String value) {
	}

	private record RedisRecord(String value) {
	}

}
