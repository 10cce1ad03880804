package io.github.cftracker.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;

/**
 * A Redis Cluster of three masters with a replica each, which fails over after about a
 * second.
 */
public final class TestRedisCluster extends ReplicatedRedis {

	private static final int MASTERS = 3;

	/**
	 * Two for each master, so that one is left to wait for when a master was killed.
	 */
	private static final int REPLICAS = 2 * MASTERS;

	private static final int BUS = 10_000;

	private static final String[] OPTIONS = { "--cluster-enabled", "yes", "--cluster-node-timeout", "1000",
			"--cluster-replica-validity-factor", "0", "--repl-diskless-sync", "yes", "--repl-diskless-sync-delay",
			"0" };

	private static final Set<NodeFlag> UNSETTLED = Set.of(NodeFlag.EVENTUAL_FAIL, NodeFlag.FAIL, NodeFlag.HANDSHAKE,
			NodeFlag.NOADDR);

	private TestRedisCluster() {
	}

	public static TestRedisCluster start() {
		TestRedisCluster cluster = new TestRedisCluster();
		try {
			cluster.form();
			return cluster;
		}
		catch (RuntimeException ex) {
			cluster.close();
			throw ex;
		}
	}

	private void form() {
		IntStream.range(0, MASTERS + REPLICAS).forEach((i) -> this.servers.add(TestRedis.startAt(freePort(), OPTIONS)));
		TestRedis first = this.servers.get(0);
		for (int i = 0; i < MASTERS; i++) {
			int epoch = i + 1;
			int[] slots = IntStream.range(0, SlotHash.SLOT_COUNT)
				.filter((slot) -> slot % MASTERS == epoch - 1)
				.toArray();
			this.calls.ask(this.servers.get(i), (redis) -> redis.clusterAddSlots(slots));
			this.calls.ask(this.servers.get(i), (redis) -> redis.clusterSetConfigEpoch(epoch));
		}
		this.servers.stream()
			.skip(1)
			.forEach((server) -> this.calls.ask(first, (redis) -> redis.clusterMeet("127.0.0.1", server.port())));
		await(() -> this.servers.stream().allMatch(this::knowsAll));
		for (int i = 0; i < MASTERS; i++) {
			String master = this.calls.ask(this.servers.get(i), (redis) -> redis.clusterMyId());
			for (int j = MASTERS + i; j < this.servers.size(); j += MASTERS) {
				this.calls.ask(this.servers.get(j), (redis) -> redis.clusterReplicate(master));
			}
		}
		awaitWhole();
	}

	@Override
	public List<String> properties() {
		return List.of("spring.data.redis.cluster.nodes="
				+ this.servers.stream().map((server) -> "127.0.0.1:" + server.port()).collect(Collectors.joining(",")),
				"spring.data.redis.lettuce.cluster.refresh.adaptive=true",
				"spring.data.redis.lettuce.cluster.refresh.period=1s");
	}

	@Override
	Optional<TestRedis> findMaster(String key) {
		int slot = SlotHash.getSlot(key);
		return living().stream()
			.filter((server) -> nodes(server).stream()
				.anyMatch((node) -> node.is(NodeFlag.MYSELF) && node.is(NodeFlag.UPSTREAM) && node.hasSlot(slot)))
			.findFirst();
	}

	@Override
	boolean isWhole() {
		return living().size() == this.servers.size() && synced() == REPLICAS && this.servers.stream()
			.allMatch((server) -> knowsAll(server) && replicas(server) == REPLICAS && isReady(server));
	}

	private boolean knowsAll(TestRedis server) {
		Partitions nodes = nodes(server);
		return nodes.size() == this.servers.size()
				&& nodes.stream().noneMatch((node) -> node.getFlags().stream().anyMatch(UNSETTLED::contains));
	}

	private long replicas(TestRedis server) {
		return nodes(server).stream().filter((node) -> node.is(NodeFlag.REPLICA)).count();
	}

	private boolean isReady(TestRedis server) {
		return this.calls.ask(server, (redis) -> redis.clusterInfo()).contains("cluster_state:ok");
	}

	private Partitions nodes(TestRedis server) {
		String nodes = this.calls.ask(server, (redis) -> redis.clusterNodes());
		return ClusterPartitionParser.parse(nodes);
	}

	@Override
	void restart(TestRedis server) {
		// It learns from the others that it is a replica now
		server.restart();
	}

	/**
	 * Return a port below those that systems give to connections, as the port of its
	 * cluster bus is.
	 */
	static int freePort() {
		for (int i = 0; i < 100; i++) {
			int port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
			if (isFree(port) && isFree(port + BUS)) {
				return port;
			}
		}
		throw new IllegalStateException("No two free ports");
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
