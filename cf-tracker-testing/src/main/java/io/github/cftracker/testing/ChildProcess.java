package io.github.cftracker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that can be killed and paused, and that ends with this one.
 */
public final class ChildProcess implements AutoCloseable {

	private static final int STOP_SECONDS = 10;

	private final Process process;

	private ChildProcess(Process process) {
		this.process = process;
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
	}

	/**
	 * Start a process.
	 * @param builder its command and where its output goes
	 * @return the process
	 */
	public static ChildProcess start(ProcessBuilder builder) {
		try {
			return new ChildProcess(builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Start a small JVM that starts quickly.
	 * @param main the class whose main method it runs
	 * @param log the file for its output
	 * @param arguments of the main method
	 * @return the process
	 */
	public static ChildProcess startJava(Class<?> main, Path log, List<String> arguments) {
		return start(java(main, List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), arguments)
			.redirectErrorStream(true)
			.redirectOutput(log.toFile()));
	}

	/**
	 * Return the command of a JVM that has the class path of this one.
	 * @param main the class whose main method it runs
	 * @param options of the JVM, such as another class path
	 * @param arguments of the main method
	 * @return the command
	 */
	public static ProcessBuilder java(Class<?> main, List<String> options, List<String> arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		// The last class path wins
		command.addAll(List.of("-cp", System.getProperty("java.class.path")));
		command.addAll(options);
		command.add(main.getName());
		command.addAll(arguments);
		return new ProcessBuilder(command);
	}

	/**
	 * Return the process itself, for its streams and its id.
	 * @return the process
	 */
	public Process process() {
		return this.process;
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Return the processor time that it has used so far.
	 * @return zero if the system does not report it
	 */
	public Duration processorTime() {
		return this.process.info().totalCpuDuration().orElse(Duration.ZERO);
	}

	/**
	 * Kill it as {@code kill -9} does, and wait for its end.
	 */
	public void kill() {
		this.process.destroyForcibly();
		this.process.onExit().join();
	}

	public void pause() {
		signal("STOP");
	}

	public void resume() {
		signal("CONT");
	}

	private void signal(String name) {
		try {
			// The shell's own kill: a small system has no other
			new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, this.process.pid())).start().onExit().join();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Ask it to end, and kill it after ten seconds.
	 */
	@Override
	public void close() {
		this.process.destroy();
		try {
			this.process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		kill();
	}

}
