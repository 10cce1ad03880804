package io.github.cftracker.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.cftracker.testing.ChildProcess;
import io.github.cftracker.testing.TestRedis;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ChaosNode} as the harness sees it: a process that can be killed and paused.
 */
final class Node implements AutoCloseable {

	private static final Duration STARTS_WITHIN = Duration.ofMinutes(3);

	private static final Duration WARM_AFTER = Duration.ofSeconds(3);

	private final Downtimes downtimes = new Downtimes();

	private final Downtimes pauses = new Downtimes();

	private final String id;

	private final int port = TestRedis.freePort();

	private final Path log;

	private final ChildProcess process;

	private volatile boolean serving;

	private volatile @Nullable Instant killed;

	private volatile Instant warm = Instant.MAX;

	Node(String id, Path directory, List<String> properties) {
		this.id = id;
		this.log = directory.resolve(id + ".log");
		this.process = ChildProcess.startJava(ChaosNode.class, this.log, Stream
			.concat(Stream.of("server.port=" + this.port, "server.address=127.0.0.1", "spring.main.banner-mode=off",
					"chaos.node=" + id, "chaos.version-file=" + Content.file(directory)), properties.stream())
			.map((property) -> "--" + property)
			.toList());
	}

	void awaitReady(HttpClient http) {
		boolean[] ready = { false };
		Wait.until(STARTS_WITHIN, () -> {
			ready[0] = isReady(http);
			return ready[0] || !this.process.isAlive();
		});
		if (!ready[0]) {
			throw new IllegalStateException("Node %s did not start:%n%s".formatted(this.id, log()));
		}
		this.warm = Instant.now().plus(WARM_AFTER);
		this.serving = true;
	}

	private boolean isReady(HttpClient http) throws InterruptedException {
		try {
			return http
				.send(HttpRequest.newBuilder(uri("/ready")).timeout(Duration.ofSeconds(5)).build(),
						BodyHandlers.discarding())
				.statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	String id() {
		return this.id;
	}

	URI uri(String target) {
		return URI.create("http://127.0.0.1:" + this.port + target);
	}

	boolean isServing() {
		return this.serving && this.process.isAlive();
	}

	boolean isWarm() {
		return Instant.now().isAfter(this.warm);
	}

	Downtimes downtimes() {
		return this.downtimes;
	}

	void takeOut() {
		this.serving = false;
	}

	/**
	 * Return when recorded paths were not written as soon as usual: pauses, and what the
	 * node has reported.
	 */
	List<Downtime> unwritten() {
		List<Downtime> unwritten = new ArrayList<>(this.pauses.all());
		unwritten.addAll(FlushLag.of(log(), this.killed));
		return unwritten;
	}

	Kill kill() {
		Instant from = Instant.now();
		this.downtimes.begin();
		this.process.kill();
		this.killed = Instant.now();
		return new Kill(this.id, from, this.killed, unwritten());
	}

	void pause() {
		this.downtimes.begin();
		this.pauses.begin();
		this.process.pause();
	}

	void resume() {
		this.process.resume();
		this.downtimes.end();
		this.pauses.end();
		this.serving = true;
	}

	/**
	 * The time at which the node last began to send a batch, as its log spells it.
	 */
	String lastSent() {
		try (Stream<String> lines = Files.lines(this.log)) {
			return lines.filter((line) -> line.contains("Invalidating CloudFront..."))
				.map((line) -> line.split(" ")[0])
				.reduce("", (first, second) -> second);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.kill();
	}

}
