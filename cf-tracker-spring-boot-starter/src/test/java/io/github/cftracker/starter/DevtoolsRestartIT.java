package io.github.cftracker.starter;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.cftracker.test.LocalCloudFront;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application of {@link LocalShop} in a JVM that has Spring Boot's devtools on its
 * class path, as the build adds them for this class only.
 */
class DevtoolsRestartIT {

	private final HttpClient client = HttpClient.newHttpClient();

	private final URI edge = URI.create("http://127.0.0.1:" + TestSocketUtils.findAvailableTcpPort());

	@TempDir
	private Path directory;

	@Test
	void theEdgeServesTheApplicationAfterEachRestart() throws Exception {
		Path classes = Files.createDirectory(this.directory.resolve("classes"));
		Path log = this.directory.resolve("log");
		Process process = start(classes, log);
		try {
			String start = await("", process, log);
			assertThat(post("/invalidate")).isEqualTo("\"COMPLETED\"");
			for (int restart = 1; restart <= 2; restart++) {
				Files.writeString(classes.resolve("Changed" + restart + ".class"), "");
				start = await(start, process, log);
				assertThat(post("/invalidate")).isEqualTo("\"COMPLETED\"");
			}
			// Devtools call the main method a second time at the first start
			assertThat(Files.readString(log).lines())
				.filteredOn((line) -> line.contains(
						"Closing the local CloudFront on port " + this.edge.getPort() + ", because this JVM starts"))
				.hasSize(3);
			assertThat(Files.readString(log)).doesNotContain("Address already in use", "ERROR");
		}
		finally {
			process.destroyForcibly();
			process.onExit().join();
		}
	}

	/**
	 * Wait for the page of another start of the application.
	 */
	private String await(String former, Process process, Path log) throws IOException {
		try {
			return Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.ignoreExceptions()
				.until(() -> process.isAlive() ? get("/start") : former,
						(start) -> !start.equals(former) && start.length() == 36);
		}
		catch (RuntimeException ex) {
			throw new AssertionError(Files.readString(log), ex);
		}
	}

	private Process start(Path classes, Path log) throws IOException {
		String classPath = System.getProperty("java.class.path");
		assertThat(classPath).contains("spring-boot-devtools");
		// Devtools load directories again, and users have the local CloudFront from a jar
		assertThat(LocalCloudFront.class.getProtectionDomain().getCodeSource().getLocation().getPath())
			.endsWith(".jar");
		return new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-Dedge-port=" + this.edge.getPort(),
				"-Dserver.port=" + TestSocketUtils.findAvailableTcpPort(), "-Dcf.tracker.store=memory",
				"-Dspring.devtools.livereload.enabled=false", "-cp", classes + File.pathSeparator + classPath,
				LocalShop.class.getName()))
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
	}

	private String get(String path) throws Exception {
		return send(HttpRequest.newBuilder(this.edge.resolve(path)));
	}

	private String post(String path) throws Exception {
		return send(HttpRequest.newBuilder(this.edge.resolve(path)).POST(BodyPublishers.noBody()));
	}

	private String send(HttpRequest.Builder request) throws Exception {
		HttpResponse<String> response = this.client.send(request.build(), BodyHandlers.ofString());
		return response.body();
	}

}
