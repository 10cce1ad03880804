package io.github.cftracker.web;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.NewThreads;
import io.github.cftracker.testing.TestRedis;
import jakarta.servlet.ServletContext;
import org.apache.catalina.Context;
import org.apache.catalina.WebResourceRoot;
import org.apache.catalina.WebResourceRoot.ResourceSetType;
import org.apache.catalina.core.JreMemoryLeakPreventionListener;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.ThreadLocalLeakPreventionListener;
import org.apache.catalina.loader.WebappLoader;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.StandardRoot;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An application that is deployed to a Tomcat with its libraries, and undeployed while
 * the Tomcat runs.
 */
@Tag("full")
class WarRedeploymentTests {

	/**
	 * Of the class path, what an application does not bring with it.
	 */
	private static final List<String> LEFT_OUT = List.of("tomcat-embed-core", "tomcat-embed-websocket",
			"jakarta.servlet-api", "jetty", "jersey", "webflux", "data-redis", "spring-cloud-aws", "h2database",
			"junit", "surefire", "mockito", "byte-buddy", "assertj", "awaitility", "archunit", "embedded-redis",
			"cf-tracker-spring-boot-starter-test", "cf-tracker-testing");

	private final HttpClient client = HttpClient.newHttpClient();

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "memory", "redis" })
	void undeployingLeavesNoThreadAndNoClassLoader(String store) throws Exception {
		Tomcat tomcat = new Tomcat();
		tomcat.setBaseDir(this.directory.toString());
		tomcat.setPort(0);
		// As the server.xml of a Tomcat has them
		tomcat.getServer().addLifecycleListener(new JreMemoryLeakPreventionListener());
		tomcat.getServer().addLifecycleListener(new ThreadLocalLeakPreventionListener());
		try (LocalCloudFront cloudFront = LocalCloudFront.builder().completesAfter(Duration.ZERO).start()) {
			tomcat.getConnector();
			tomcat.start();
			NewThreads threads = new NewThreads();
			List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
			for (int i = 1; i <= 2; i++) {
				WeakReference<ClassLoader> loader = deployAndUndeploy(tomcat, threads,
						Map.of("cf.tracker.store", store, "cf.tracker.redis-url", TestRedis.shared().url(),
								"cf.tracker.key-prefix", "war-" + store, "cf.tracker.endpoint",
								cloudFront.endpoint().toString(), "cf.tracker.distribution-id",
								cloudFront.distributionId(), "cf.tracker.access-key", cloudFront.accessKey(),
								"cf.tracker.secret-key", cloudFront.secretKey()));
				assertThat(cloudFront.invalidations()).hasSize(i);
				await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
					.filteredOn((thread) -> thread.getContextClassLoader() == loader.get())
					.isEmpty());
				loaders.add(loader);
			}
			linkRecord(store);
			await().atMost(Duration.ofSeconds(30)).until(() -> {
				System.gc();
				return loaders.stream().allMatch((loader) -> loader.get() == null);
			});
		}
		finally {
			tomcat.stop();
			tomcat.destroy();
		}
	}

	private WeakReference<ClassLoader> deployAndUndeploy(Tomcat tomcat, NewThreads threads,
			Map<String, String> properties) throws Exception {
		StandardContext war = new StandardContext();
		war.setName("/shop");
		war.setPath("/shop");
		war.setDocBase(this.directory.toString());
		war.addLifecycleListener(new Tomcat.FixContextListener());
		war.setParentClassLoader(new ContainerClassLoader());
		WebappLoader loader = new WebappLoader();
		war.setLoader(loader);
		war.setResources(resources(war));
		properties.forEach(war::addParameter);
		war.addServletContainerInitializer((types, servletContext) -> initialize(servletContext), null);
		tomcat.getHost().addChild(war);
		assertThat(war.getState().isAvailable()).isTrue();
		WeakReference<ClassLoader> classLoader = new WeakReference<>(loader.getClassLoader());
		URI root = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/shop/");
		assertThat(send(HttpRequest.newBuilder(root.resolve("page"))).body()).isEqualTo("a page");
		assertThat(send(HttpRequest.newBuilder(root.resolve("invalidate")).POST(BodyPublishers.noBody())).body())
			.isEqualTo("\"COMPLETED\"");
		assertThat(threads.names()).contains("cf-tracker-flush", "cf-tracker-sender");
		tomcat.getHost().removeChild(war);
		assertThat(threads.names())
			.filteredOn((name) -> !name.startsWith("http-nio-") && !name.startsWith("Catalina-")
					&& !name.startsWith("HttpClient-"))
			.isEmpty();
		return classLoader;
	}

	/**
	 * Link the methods of a record for the first time. {@code ObjectMethods} of JDK 17
	 * keeps the class for which it did so last, here one of the application.
	 */
	private static void linkRecord(String store) {
		Object first = "redis".equals(store) ? new RedisRecord(null) : new MemoryRecord(null);
		Object second = "redis".equals(store) ? new RedisRecord(null) : new MemoryRecord(null);
		assertThat(first).isEqualTo(second).hasSameHashCodeAs(second).hasToString(second.toString());
	}

	private static WebResourceRoot resources(Context war) throws Exception {
		WebResourceRoot resources = new StandardRoot(war);
		for (Path entry : Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.map(Path::of)
			.filter((entry) -> LEFT_OUT.stream().noneMatch(entry.toString()::contains))
			.toList()) {
			ResourceSetType type = entry.toFile().isDirectory() ? ResourceSetType.PRE : ResourceSetType.CLASSES_JAR;
			resources.createWebResourceSet(type, "/WEB-INF/classes", entry.toUri().toURL(), "/");
		}
		return resources;
	}

	private static void initialize(ServletContext servletContext) {
		try {
			Class<?> war = Thread.currentThread().getContextClassLoader().loadClass(RedeployedWar.class.getName());
			assertThat(war).isNotSameAs(RedeployedWar.class);
			war.getMethod("onStartup", ServletContext.class).invoke(war.getConstructor().newInstance(), servletContext);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	private record MemoryRecord(MemoryRecord other) {
	}

	private record RedisRecord(RedisRecord other) {
	}

	/**
	 * What an application shares with the Tomcat that it is deployed to.
	 */
	private static final class ContainerClassLoader extends ClassLoader {

		private static final List<String> SHARED = List.of("org.apache.catalina.", "org.apache.coyote.",
				"org.apache.juli.", "org.apache.naming.", "org.apache.tomcat.", "jakarta.servlet.");

		ContainerClassLoader() {
			super(ClassLoader.getPlatformClassLoader());
		}

		@Override
		protected Class<?> findClass(String name) throws ClassNotFoundException {
			if (SHARED.stream().noneMatch(name::startsWith)) {
				throw new ClassNotFoundException(name);
			}
			return WarRedeploymentTests.class.getClassLoader().loadClass(name);
		}

	}

}
