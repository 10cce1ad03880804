package io.github.cftracker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;

/**
 * A real Redis server in a process of its own, which can be killed, paused and started
 * again on the same port.
 */
public final class TestRedis implements AutoCloseable {

	private final Path directory;

	private final int port;

	private final List<String> file;

	private final List<String> options;

	private Process process;

	private TestRedis(Path directory, int port, List<String> file, List<String> options) {
		this.directory = directory;
		this.port = port;
		this.file = file;
		this.options = options;
		this.process = launch(List.of());
		Runtime.getRuntime().addShutdownHook(new Thread(() -> this.process.destroyForcibly()));
	}

	/**
	 * The server for tests that only need one, each under a distribution of its own.
	 */
	public static TestRedis shared() {
		return Shared.SERVER;
	}

	public static TestRedis start(String... options) {
		return startAt(freePort(), options);
	}

	static TestRedis startAt(int port, String... options) {
		return new TestRedis(newDirectory(), port, List.of(), List.of(options));
	}

	/**
	 * Starts a server with a configuration file that it may write.
	 */
	static TestRedis configured(String configuration, String... options) {
		Path directory = newDirectory();
		try {
			String file = Files.writeString(directory.resolve("redis.conf"), configuration).toString();
			return new TestRedis(directory, freePort(), List.of(file), List.of(options));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path newDirectory() {
		try {
			return Files.createTempDirectory("redis");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			int port = socket.getLocalPort();
			// The nodes of a cluster also talk on the port that is 10,000 above
			return (port + 10_000 <= 65_535) ? port : freePort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int port() {
		return this.port;
	}

	public String url() {
		return "redis://127.0.0.1:" + this.port;
	}

	public void kill() {
		this.process.destroyForcibly();
		this.process.onExit().join();
	}

	/**
	 * Starts the server again.
	 * @param more options for this start, next to those of the first
	 */
	public void restart(String... more) {
		this.process = launch(List.of(more));
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	public void pause() {
		signal("STOP");
	}

	public void resume() {
		signal("CONT");
	}

	@Override
	public void close() {
		resume();
		kill();
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

	private Process launch(List<String> more) {
		List<String> command = new ArrayList<>(List.of(RedisExecutable.FOUND));
		command.addAll(this.file);
		// What comes later wins: a test may want snapshots
		command.addAll(List.of("--port", Integer.toString(this.port), "--bind", "127.0.0.1", "--save", "", "--dir",
				this.directory.toString()));
		command.addAll(this.options);
		command.addAll(more);
		try {
			Process started = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(this.directory.resolve("log").toFile()))
				.start();
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::answers);
			return started;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean answers() {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), 500);
			socket.setSoTimeout(500);
			socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
			// +PONG, or -NOAUTH where a password is set
			return "+-".indexOf(socket.getInputStream().read()) != -1;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Started when a test first asks for it.
	 */
	private static final class Shared {

		private static final TestRedis SERVER = start();

	}

}
