package io.github.cftracker.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.cftracker.benchmarks.measure.HttpConnection;
import io.github.cftracker.testing.ChildProcess;
import io.github.cftracker.testing.TestRedis;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

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

	private final int port = TestRedis.freePort();

	private final Variant variant;

	private final ChildProcess process;

	private final Duration firstAnswer;

	/**
	 * Starts an application, and returns when it has answered a request.
	 */
	ApplicationProcess(Variant variant, Page page, Surroundings surroundings) throws IOException {
		this.variant = variant;
		this.log.toFile().deleteOnExit();
		ProcessBuilder command = command(page, surroundings).redirectErrorStream(true)
			.redirectOutput(this.log.toFile());
		long begin = System.nanoTime();
		this.process = ChildProcess.start(command);
		try {
			await(this::answers, Boolean::booleanValue);
			this.firstAnswer = Duration.ofNanos(System.nanoTime() - begin);
		}
		catch (IOException | RuntimeException ex) {
			this.process.kill();
			throw ex;
		}
	}

	private ProcessBuilder command(Page page, Surroundings surroundings) {
		List<String> options = new ArrayList<>(List.of(JVM_OPTIONS.split(" ")));
		options.addAll(List.of("-cp", this.variant.classPath(page)));
		List<String> arguments = new ArrayList<>(List.of("--server.port=" + this.port, "--server.address=127.0.0.1",
				// Else Tomcat closes a connection after 100 requests
				"--server.tomcat.max-keep-alive-requests=-1", "--spring.main.banner-mode=off"));
		this.variant.properties(surroundings).forEach((property) -> arguments.add("--" + property));
		return ChildProcess.java(this.variant.application(), options, arguments);
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

	private <T> T await(Callable<T> supplier, Predicate<T> condition) throws IOException {
		try {
			return Awaitility.await()
				.atMost(START_TIMEOUT)
				.pollDelay(Duration.ZERO)
				.pollInterval(POLL)
				.failFast(() -> !this.process.isAlive())
				.until(supplier, condition);
		}
		catch (ConditionTimeoutException | TerminalFailureException ex) {
			throw new IllegalStateException(
					"'%s' did not start:%n%s".formatted(this.variant, Files.readString(this.log)), ex);
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
		Matcher line = await(() -> STARTED.matcher(Files.readString(this.log)), Matcher::find);
		return Duration.ofMillis(Math.round(1000 * Double.parseDouble(line.group(1))));
	}

	/**
	 * The processor time that it has used so far.
	 */
	Duration processorTime() {
		return this.process.processorTime();
	}

	long pid() {
		return this.process.process().pid();
	}

	@Override
	public void close() throws IOException {
		this.process.close();
		Files.deleteIfExists(this.log);
	}

}
