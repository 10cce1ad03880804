package io.github.cftracker.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.cftracker.benchmarks.RedisProcess;

/**
 * An application in a process of its own, which ends with ours at the latest.
 */
final class ApplicationProcess implements AutoCloseable {

	/**
	 * The same for all.
	 */
	static final String JVM_OPTIONS = System.getProperty("application.jvm-options", "-Xms512m -Xmx512m -XX:+UseG1GC");

	private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

	private static final Duration POLL = Duration.ofMillis(2);

	private static final Pattern STARTED = Pattern.compile("Started \\w+ in ([0-9.]+) seconds");

	private final Path log = Files.createTempFile("application", ".log");

	private final int port = RedisProcess.freePort();

	private final Variant variant;

	private final Process process;

	private final Duration firstAnswer;

	/**
	 * Starts an application, and returns when it has answered a request.
	 */
	ApplicationProcess(Variant variant, Surroundings surroundings) throws IOException {
		this.variant = variant;
		this.log.toFile().deleteOnExit();
		ProcessBuilder command = new ProcessBuilder(command(surroundings)).redirectErrorStream(true)
			.redirectOutput(this.log.toFile());
		long begin = System.nanoTime();
		this.process = command.start();
		Runtime.getRuntime().addShutdownHook(new Thread(this.process::destroyForcibly));
		try {
			await(this::answers);
			this.firstAnswer = Duration.ofNanos(System.nanoTime() - begin);
		}
		catch (IOException | RuntimeException ex) {
			this.process.destroyForcibly();
			throw ex;
		}
	}

	private List<String> command(Surroundings surroundings) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of(JVM_OPTIONS.split(" ")));
		command.addAll(List.of("-cp", this.variant.classPath(), this.variant.application()));
		command.addAll(List.of("--server.port=" + this.port, "--server.address=127.0.0.1",
				// Else Tomcat closes a connection after 100 requests
				"--server.tomcat.max-keep-alive-requests=-1", "--spring.main.banner-mode=off"));
		this.variant.properties(surroundings).forEach((property) -> command.add("--" + property));
		return command;
	}

	private boolean answers() {
		try (HttpConnection connection = new HttpConnection(this.port)) {
			connection.exchange(Requests.any());
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void await(Condition condition) throws IOException {
		long end = System.nanoTime() + START_TIMEOUT.toNanos();
		while (!condition.isMet()) {
			if (System.nanoTime() - end > 0 || !this.process.isAlive()) {
				throw new IllegalStateException(
						"'%s' did not start:%n%s".formatted(this.variant, Files.readString(this.log)));
			}
			Pause.of(POLL);
		}
	}

	int port() {
		return this.port;
	}

	/**
	 * The time from the start of the process to its first answer.
	 */
	Duration firstAnswer() {
		return this.firstAnswer;
	}

	/**
	 * The time that Spring Boot says it has started in.
	 */
	Duration startedIn() throws IOException {
		Matcher[] line = new Matcher[1];
		await(() -> {
			line[0] = STARTED.matcher(Files.readString(this.log));
			return line[0].find();
		});
		return Duration.ofMillis(Math.round(1000 * Double.parseDouble(line[0].group(1))));
	}

	/**
	 * The processor time that it has used so far.
	 */
	Duration processorTime() {
		return this.process.info().totalCpuDuration().orElse(Duration.ZERO);
	}

	long pid() {
		return this.process.pid();
	}

	@Override
	public void close() throws IOException {
		this.process.destroy();
		try {
			this.process.waitFor(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.process.destroyForcibly();
		Files.deleteIfExists(this.log);
	}

	@FunctionalInterface
	private interface Condition {

		boolean isMet() throws IOException;

	}

}
