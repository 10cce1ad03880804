package io.github.cftracker.testing;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A Redis master with two replicas, and three sentinels that fail over after about two
 * seconds.
 */
public final class TestSentinels extends ReplicatedRedis {

	private static final String NAME = "cf";

	private static final int REPLICAS = 2;

	private static final int SENTINELS = 3;

	private static final String[] OPTIONS = { "--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0" };

	private final List<TestRedis> sentinels = new ArrayList<>();

	private TestSentinels() {
	}

	public static TestSentinels start() {
		TestSentinels all = new TestSentinels();
		try {
			all.form();
			return all;
		}
		catch (RuntimeException ex) {
			all.close();
			throw ex;
		}
	}

	private void form() {
		TestRedis master = TestRedis.start(OPTIONS);
		this.servers.add(master);
		for (int i = 0; i < REPLICAS; i++) {
			TestRedis replica = TestRedis.start(OPTIONS);
			this.servers.add(replica);
			this.calls.ask(replica, (redis) -> redis.replicaof("127.0.0.1", master.port()));
		}
		// Sentinels look for replicas when they start, and then every ten seconds
		await(() -> synced() == REPLICAS);
		for (int i = 0; i < SENTINELS; i++) {
			// A sentinel connects to a new master once a second, and until it has, calls
			// it
			// down after what is set here: at a second healthy masters fail over
			this.sentinels.add(TestRedis.configured("""
					sentinel monitor %1$s 127.0.0.1 %2$d 2
					sentinel down-after-milliseconds %1$s 2000
					sentinel failover-timeout %1$s 2000
					sentinel parallel-syncs %1$s %3$d
					""".formatted(NAME, master.port(), REPLICAS), "--sentinel"));
		}
		awaitWhole();
	}

	@Override
	public List<String> properties() {
		return List.of("spring.data.redis.sentinel.master=" + NAME,
				"spring.data.redis.sentinel.nodes=" + this.sentinels.stream()
					.map((sentinel) -> "127.0.0.1:" + sentinel.port())
					.collect(Collectors.joining(",")));
	}

	@Override
	Optional<TestRedis> findMaster(String key) {
		List<Integer> ports = this.sentinels.stream().map(this::masterPort).distinct().toList();
		return living().stream()
			.filter((server) -> ports.equals(List.of(server.port())))
			.filter((server) -> "master".equals(this.calls.replication(server).get("role")))
			.findFirst();
	}

	private int masterPort(TestRedis sentinel) {
		return ((InetSocketAddress) this.calls.askSentinel(sentinel, (redis) -> redis.getMasterAddrByName(NAME)))
			.getPort();
	}

	@Override
	boolean isWhole() {
		return living().size() == this.servers.size() && synced() == REPLICAS && findMaster(NAME).isPresent()
				&& this.sentinels.stream().allMatch(this::seesAll);
	}

	private boolean seesAll(TestRedis sentinel) {
		return this.calls.askSentinel(sentinel, (redis) -> {
			Map<String, String> master = redis.master(NAME);
			return "master".equals(master.get("flags"))
					&& Integer.toString(SENTINELS - 1).equals(master.get("num-other-sentinels"))
					&& redis.replicas(NAME).stream().filter(TestSentinels::isChoosable).count() == REPLICAS;
		});
	}

	private static boolean isChoosable(Map<String, String> replica) {
		return "slave".equals(replica.get("flags")) && "ok".equals(replica.get("master-link-status"));
	}

	@Override
	void restart(TestRedis server) {
		// Sentinels would take ten seconds to tell it
		TestRedis master = findMaster(NAME).orElseThrow();
		server.restart("--replicaof", "127.0.0.1", Integer.toString(master.port()));
	}

	@Override
	public void close() {
		this.sentinels.forEach(TestRedis::close);
		super.close();
	}

}
