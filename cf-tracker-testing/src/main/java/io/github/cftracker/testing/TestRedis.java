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
 * A real Redis server in its own process, which can be killed, paused and started again
 * on the same port.
 */
public final class TestRedis implements AutoCloseable {

	private final Path directory;

	private final int port;

	private final List<String> program;

	private final List<String> options;

	private ChildProcess process;

	private TestRedis(Path directory, int port, List<String> program, List<String> options) {
		this.directory = directory;
		this.port = port;
		this.program = program;
		this.options = options;
		this.process = launch(List.of());
	}

	/**
	 * Return the server for tests that only need one, each under its own distribution.
	 */
	public static TestRedis shared() {
		return Shared.SERVER;
	}

	public static TestRedis start(String... options) {
		return startAt(freePort(), options);
	}

	static TestRedis startAt(int port, String... options) {
		return new TestRedis(newDirectory(), port, List.of(RedisExecutable.EMBEDDED_FIRST), List.of(options));
	}

	/**
	 * Start the server that is installed on this machine, or the one of the tests if
	 * there is none.
	 * @return the server
	 */
	public static TestRedis startInstalled() {
		return new TestRedis(newDirectory(), freePort(), List.of(RedisExecutable.installedFirst()), List.of());
	}

	/**
	 * Start a server with a configuration file that it may write.
	 */
	static TestRedis configured(String configuration, String... options) {
		Path directory = newDirectory();
		try {
			String file = Files.writeString(directory.resolve("redis.conf"), configuration).toString();
			return new TestRedis(directory, freePort(), List.of(RedisExecutable.EMBEDDED_FIRST, file),
					List.of(options));
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
		this.process.kill();
	}

	/**
	 * Start the server again.
	 * @param more options for this start, next to those of the first
	 */
	public void restart(String... more) {
		this.process = launch(List.of(more));
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	public void pause() {
		this.process.pause();
	}

	public void resume() {
		this.process.resume();
	}

	@Override
	public void close() {
		resume();
		kill();
	}

	private ChildProcess launch(List<String> more) {
		List<String> command = new ArrayList<>(this.program);
		// What comes later wins: a test may want snapshots
		command.addAll(List.of("--port", Integer.toString(this.port), "--bind", "127.0.0.1", "--save", "", "--dir",
				this.directory.toString()));
		command.addAll(this.options);
		command.addAll(more);
		ChildProcess started = ChildProcess.start(new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.directory.resolve("log").toFile())));
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.failFast("Redis has ended, see " + this.directory.resolve("log"), () -> !started.isAlive())
			.until(this::answers);
		return started;
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
