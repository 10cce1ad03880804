package io.github.cftracker.testing;

import java.io.File;
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
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis server in a process of its own, which can be killed, paused and started
 * again on the same port.
 */
public final class TestRedis implements AutoCloseable {

	private static final String EXECUTABLE = findExecutable();

	private static final TestRedis SHARED = start();

	private final Path directory;

	private final int port;

	private final List<String> options;

	private Process process;

	private TestRedis(Path directory, int port, List<String> options) {
		this.directory = directory;
		this.port = port;
		this.options = options;
		this.process = launch();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> this.process.destroyForcibly()));
	}

	/**
	 * The server for tests that only need one, each under a distribution of its own.
	 */
	public static TestRedis shared() {
		return SHARED;
	}

	public static TestRedis start(String... options) {
		try {
			return new TestRedis(Files.createTempDirectory("redis"), freePort(), List.of(options));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
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

	public void restart() {
		this.process = launch();
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

	private Process launch() {
		List<String> command = new ArrayList<>(List.of(EXECUTABLE, "--port", Integer.toString(this.port), "--bind",
				"127.0.0.1", "--save", "", "--dir", this.directory.toString()));
		command.addAll(this.options);
		try {
			Process started = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(this.directory.resolve("log").toFile())
				.start();
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::answers);
			return started;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean answers() {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress("127.0.0.1", this.port), 500);
			socket.setSoTimeout(500);
			socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
			// +PONG, or -NOAUTH where a password is set
			return "+-".indexOf(socket.getInputStream().read()) != -1;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static String findExecutable() {
		List<String> candidates = new ArrayList<>();
		try {
			File embedded = ExecutableProvider.newJarResourceProvider().get();
			candidates.add(embedded.getAbsolutePath());
		}
		catch (IOException | RuntimeException ex) {
			// No binary for this system: one on the path will do
		}
		candidates.add("redis-server");
		return candidates.stream()
			.filter(TestRedis::runs)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No redis-server runs here, install one: " + candidates));
	}

	private static boolean runs(String executable) {
		try {
			return new ProcessBuilder(executable, "--version").redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
