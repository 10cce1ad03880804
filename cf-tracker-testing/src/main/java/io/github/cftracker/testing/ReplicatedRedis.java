package io.github.cftracker.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisException;
import org.awaitility.Awaitility;

/**
 * Redis servers of which another one takes over when a master is killed. Only one is
 * killed at a time.
 */
public abstract class ReplicatedRedis implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	final RedisCalls calls = new RedisCalls();

	final List<TestRedis> servers = new ArrayList<>();

	private List<TestRedis> itsReplicas = List.of();

	private Optional<TestRedis> target = Optional.empty();

	/**
	 * Return the properties with which an application finds its Redis.
	 */
	public abstract List<String> properties();

	/**
	 * Return the server that reports to be the master of a key.
	 */
	abstract Optional<TestRedis> findMaster(String key);

	/**
	 * Return whether every server runs and knows the roles of the others.
	 */
	abstract boolean isWhole();

	/**
	 * Start a killed server again as a replica.
	 */
	abstract void restart(TestRedis server);

	/**
	 * Return the address of a key's master.
	 */
	public final String masterUrl(String key) {
		return master(key).url();
	}

	/**
	 * Return the keys of a key's master that match a pattern, with their values.
	 */
	public final List<String> state(String key, String pattern) {
		return this.calls.ask(master(key), (redis) -> RedisState.of(redis, pattern));
	}

	private TestRedis master(String key) {
		return findMaster(key).orElseThrow(() -> new IllegalStateException("No server is the master of " + key));
	}

	/**
	 * Look up the servers to cut off and to kill, because that takes time.
	 */
	public final synchronized void aimAtMaster(String key) {
		TestRedis master = master(key);
		this.target = Optional.of(master);
		this.itsReplicas = replicasOf(master);
	}

	/**
	 * Keep what the master acknowledges from now on from its replicas. It must be killed
	 * before it misses them.
	 */
	public final synchronized void cutOffReplicas() {
		this.itsReplicas.forEach(TestRedis::pause);
		this.calls.ask(this.target.orElseThrow(), (redis) -> redis.clientKill(KillArgs.Builder.typeSlave()));
	}

	public final synchronized void killMaster() {
		this.target.orElseThrow().kill();
		this.itsReplicas.forEach(TestRedis::resume);
	}

	/**
	 * Pause the master, with its connections open, for as long as the servers run.
	 */
	public final synchronized void pauseMaster() {
		this.target.orElseThrow().pause();
	}

	/**
	 * Wait until a key has a master that accepts writes.
	 */
	public final void awaitMaster(String key) {
		await(() -> findMaster(key)
			.map((master) -> this.calls.ask(master, (redis) -> redis.set("probe:" + key, "written")))
			.isPresent());
	}

	/**
	 * Start the killed server again, if there is one, and wait until every replica of a
	 * key's master follows it.
	 */
	public final synchronized void makeWhole(String key) {
		this.target.ifPresent(this::restart);
		this.target = Optional.empty();
		awaitWhole();
		await(() -> findMaster(key).filter((master) -> isFollowed(master, key)).isPresent());
	}

	final void awaitWhole() {
		await(this::isWhole);
	}

	static void await(Callable<Boolean> condition) {
		Awaitility.await()
			.atMost(PATIENCE)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(50))
			.ignoreExceptionsInstanceOf(RedisException.class)
			.until(condition);
	}

	final List<TestRedis> living() {
		return this.servers.stream().filter(TestRedis::isAlive).toList();
	}

	/**
	 * Return how many replicas have finished their first synchronization.
	 */
	final long synced() {
		return living().stream()
			.map(this.calls::replication)
			.filter((its) -> "up".equals(its.get("master_link_status")))
			.count();
	}

	/**
	 * Return whether all replicas of a master follow it. For a second after they have
	 * synchronized it calls them online and sends them nothing.
	 */
	private boolean isFollowed(TestRedis master, String key) {
		long replicas = replicasOf(master).size();
		return this.calls.ask(master, (redis) -> {
			redis.set("probe:" + key, "written");
			return redis.waitForReplication((int) replicas, 500);
		}) == replicas;
	}

	private List<TestRedis> replicasOf(TestRedis master) {
		String port = Integer.toString(master.port());
		return living().stream()
			.filter((server) -> port.equals(this.calls.replication(server).get("master_port")))
			.toList();
	}

	@Override
	public void close() {
		this.servers.forEach(TestRedis::close);
		this.calls.close();
	}

}
