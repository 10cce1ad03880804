package com.example.jetty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.cftracker.test.LocalCloudFront;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application in a separate process, where devtools restarts its context.
 */
class DevToolsTests {

	@Test
	void tracksAfterARestart(@TempDir Path directory) throws Exception {
		Path log = directory.resolve("log");
		Path watched = Files.createDirectory(directory.resolve("watched"));
		int port = freePort();
		try (LocalCloudFront cloudFront = LocalCloudFront.start()) {
			Process process = start(log, watched, port, cloudFront);
			try {
				awaitStarts(log, 1);
				Files.writeString(watched.resolve("changed"), "changed");
				awaitStarts(log, 2);
				assertThat(Files.readString(log)).contains("restartedMain").doesNotContain("ERROR");
				assertThat(get(port, "/pages/7")).isEqualTo("page 7");
				Awaitility.await()
					.untilAsserted(() -> assertThat(get(port, "/actuator/cfpaths")).contains("\"/pages/7\""));
			}
			finally {
				process.destroy();
				process.onExit().join();
			}
		}
	}

	private static String get(int port, String path) throws Exception {
		URI uri = URI.create("http://127.0.0.1:" + port + path);
		return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
	}

	private static void awaitStarts(Path log, int times) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(
					() -> assertThat(Files.readString(log).split("Started JettyApplication", -1)).hasSize(times + 1));
	}

	private static Process start(Path log, Path watched, int port, LocalCloudFront cloudFront) throws IOException {
		List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				JettyApplication.class.getName(), "--server.port=" + port,
				"--spring.devtools.restart.additional-paths=" + watched, "--spring.devtools.livereload.enabled=false",
				"--cf.tracker.endpoint=" + cloudFront.endpoint(), "--cf.tracker.region=" + cloudFront.region(),
				"--cf.tracker.access-key=" + cloudFront.accessKey(),
				"--cf.tracker.secret-key=" + cloudFront.secretKey(),
				"--cf.tracker.distribution-id=" + cloudFront.distributionId());
		return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
