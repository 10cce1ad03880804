package io.github.cftracker.sample;

import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packaged sample, started with what was processed ahead of time.
 */
class AotIT {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private static final Pattern EDGE = Pattern.compile("The shop is open: (\\S+) through");

	@TempDir
	private Path directory;

	@Test
	void tracksAndInvalidates() throws Exception {
		Path log = this.directory.resolve("log");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Dspring.aot.enabled=true", "-jar", jar().getPath(), "--server.port=0", "--sample.edge-port=0",
				"--sample.api-port=" + TestSocketUtils.findAvailableTcpPort())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> PORT.matcher(Files.readString(log)).find());
			assertThat(Files.readString(log)).contains("Starting AOT-processed SampleApplication");
			Matcher port = PORT.matcher(Files.readString(log));
			assertThat(port.find()).isTrue();
			String root = "http://127.0.0.1:" + port.group(1);
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> EDGE.matcher(Files.readString(log)).find());
			Matcher edge = EDGE.matcher(Files.readString(log));
			assertThat(edge.find()).isTrue();
			assertThat(send(HttpRequest.newBuilder(URI.create(edge.group(1) + "/products/7"))).statusCode())
				.isEqualTo(200);
			HttpResponse<String> run = send(asOperator(root + "/actuator/cfinvalidate?wait=30s"));
			assertThat(run.body()).contains("\"state\":\"COMPLETED\"", "\"items\":1,");
		}
		finally {
			process.destroy();
			if (!process.waitFor(30, TimeUnit.SECONDS)) {
				process.destroyForcibly();
			}
		}
	}

	@Test
	void doesNotStartIfTheTrackerWasOnAndIsOffNow() throws Exception {
		Path log = this.directory.resolve("log");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Dspring.aot.enabled=true", "-jar", jar().getPath(), "--server.port=0", "--sample.edge-port=0",
				"--sample.api-port=" + TestSocketUtils.findAvailableTcpPort(), "--cf.tracker.enabled=false")
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
			assertThat(Files.readString(log)).contains("cf-tracker is off because 'cf.tracker.enabled' is 'false', "
					+ "but was active when the application was processed ahead of time.");
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static File jar() {
		File[] jars = new File("target").listFiles((directory, name) -> name.matches("sample-app-.*\\.jar"));
		assertThat(jars).hasSize(1);
		return jars[0];
	}

	private static HttpRequest.Builder asOperator(String uri) {
		String credentials = Base64.getEncoder().encodeToString("operator:operator".getBytes(StandardCharsets.UTF_8));
		return HttpRequest.newBuilder(URI.create(uri))
			.header("Authorization", "Basic " + credentials)
			.POST(BodyPublishers.noBody());
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
	}

}
