package io.github.cftracker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.lettuce.core.KillArgs;
import io.lettuce.core.cluster.SlotHash;

/**
 * A real Redis server that speaks TLS on one port, and plain text on another.
 */
public final class TlsRedis implements AutoCloseable {

	private final TestRedis server;

	private final int port;

	private TlsRedis(TestRedis server, int port) {
		this.server = server;
		this.port = port;
	}

	/**
	 * Return whether the {@code redis-server} of this system was built with TLS.
	 */
	public static boolean isSupported() {
		try {
			Process process = new ProcessBuilder(RedisExecutable.EMBEDDED_FIRST, "--port", "0", "--tls-port", "1")
				.redirectErrorStream(true)
				.start();
			// It ends at once, because it misses a certificate or does not know the port
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return output.contains("tls-cert-file");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Start a server.
	 * @param certificates where its certificate is
	 * @param name which certificate is the server's
	 * @param options further options
	 */
	public static TlsRedis start(TestCertificates certificates, String name, String... options) {
		// Also free on the bus of a cluster
		int port = TestRedisCluster.freePort();
		return new TlsRedis(TestRedis.start(options(certificates, name, port, options)), port);
	}

	/**
	 * Start a Sentinel for a server, which it knows as {@code cf}.
	 */
	public static TlsRedis startSentinel(TestCertificates certificates, String name, TlsRedis master) {
		int port = TestRedis.freePort();
		String monitor = "sentinel monitor cf 127.0.0.1 %d 1%n".formatted(master.port());
		return new TlsRedis(TestRedis.configured(monitor,
				options(certificates, name, port, "--tls-replication", "yes", "--sentinel")), port);
	}

	/**
	 * Start the masters of a cluster.
	 */
	public static List<TlsRedis> startCluster(TestCertificates certificates, String name) {
		List<TlsRedis> nodes = Stream
			.generate(() -> start(certificates, name, "--cluster-enabled", "yes", "--tls-cluster", "yes"))
			.limit(3)
			.toList();
		try (RedisCalls calls = new RedisCalls()) {
			for (int i = 0; i < nodes.size(); i++) {
				int number = i;
				int[] slots = IntStream.range(0, SlotHash.SLOT_COUNT)
					.filter((slot) -> slot % nodes.size() == number)
					.toArray();
				calls.ask(nodes.get(i).server, (redis) -> redis.clusterAddSlots(slots));
				calls.ask(nodes.get(i).server, (redis) -> redis.clusterSetConfigEpoch(number + 1));
			}
			nodes.stream()
				.skip(1)
				.forEach((node) -> calls.ask(nodes.get(0).server,
						(redis) -> redis.clusterMeet("127.0.0.1", node.port())));
			ReplicatedRedis.await(() -> nodes.stream()
				.allMatch(
						(node) -> calls.ask(node.server, (redis) -> redis.clusterInfo()).contains("cluster_state:ok")));
		}
		return nodes;
	}

	private static String[] options(TestCertificates certificates, String name, int port, String... more) {
		List<String> options = new ArrayList<>(List.of("--tls-port", Integer.toString(port), "--tls-cert-file",
				certificates.certificate(name).toString(), "--tls-key-file", certificates.key(name).toString(),
				"--tls-ca-cert-file", certificates.authority().toString(), "--tls-auth-clients", "no"));
		options.addAll(List.of(more));
		return options.toArray(String[]::new);
	}

	/**
	 * Return the port for TLS.
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Return the port for plain text.
	 */
	public int plainPort() {
		return this.server.port();
	}

	/**
	 * End the connections of all clients.
	 */
	public void disconnectClients() {
		try (RedisCalls calls = new RedisCalls()) {
			calls.ask(this.server, (redis) -> redis.clientKill(KillArgs.Builder.typeNormal().skipme()));
		}
	}

	public String url() {
		return "rediss://127.0.0.1:" + this.port;
	}

	@Override
	public void close() {
		this.server.close();
	}

}
