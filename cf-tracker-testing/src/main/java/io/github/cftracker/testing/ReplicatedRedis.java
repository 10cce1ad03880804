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
 * Redis servers of which another one takes over when a master is killed. One is killed at
 * a time.
 */
public abstract class ReplicatedRedis implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	final RedisCalls calls = new RedisCalls();

	final List<TestRedis> servers = new ArrayList<>();

	private List<TestRedis> itsReplicas = List.of();

	private Optional<TestRedis> target = Optional.empty();

	/**
	 * How an application finds its Redis.
	 */
	public abstract List<String> properties();

	/**
	 * The server that says it is the master of a key.
	 */
	abstract Optional<TestRedis> findMaster(String key);

	/**
	 * Whether every server is there and knows what the others are.
	 */
	abstract boolean isWhole();

	/**
	 * Starts a killed server again as a replica.
	 */
	abstract void restart(TestRedis server);

	/**
	 * The address of a key's master.
	 */
	public final String masterUrl(String key) {
		return master(key).url();
	}

	/**
	 * What a key's master holds of what matches a pattern.
	 */
	public final List<String> state(String key, String pattern) {
		return this.calls.ask(master(key), (redis) -> RedisState.of(redis, pattern));
	}

	private TestRedis master(String key) {
		return findMaster(key).orElseThrow(() -> new IllegalStateException("No server is the master of " + key));
	}

	/**
	 * Looks up who is to be cut off and killed, which would otherwise take its time then.
	 */
	public final synchronized void aimAtMaster(String key) {
		TestRedis master = master(key);
		this.target = Optional.of(master);
		this.itsReplicas = replicasOf(master);
	}

	/**
	 * Has the replicas get nothing more of what the master acknowledges. It must be
	 * killed before they are missed.
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
	 * Has the master hang for as long as the servers run, with its connections open.
	 */
	public final synchronized void pauseMaster() {
		this.target.orElseThrow().pause();
	}

	/**
	 * Waits until a key has a master that accepts writes.
	 */
	public final void awaitMaster(String key) {
		await(() -> findMaster(key)
			.map((master) -> this.calls.ask(master, (redis) -> redis.set("probe:" + key, "written")))
			.isPresent());
	}

	/**
	 * Starts the server again that was killed, if one was, and waits until every replica
	 * of a key's master follows it.
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
	 * How many replicas have had what their masters had when they met.
	 */
	final long synced() {
		return living().stream()
			.map(this.calls::replication)
			.filter((its) -> "up".equals(its.get("master_link_status")))
			.count();
	}

	/**
	 * Whether all replicas of a master follow it. For a second after they have synced it
	 * calls them online and sends them nothing.
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
