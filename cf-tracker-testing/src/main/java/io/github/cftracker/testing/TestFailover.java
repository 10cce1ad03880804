package io.github.cftracker.testing;

import java.time.Duration;
import java.util.UUID;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import org.awaitility.Awaitility;

/**
 * A real master, and a replica that can be made to lag behind before it takes over.
 */
public final class TestFailover implements AutoCloseable {

	private final TestRedis master;

	private final TestLink replication;

	private final TestRedis replica;

	public TestFailover(String... options) {
		this.master = TestRedis.start(options);
		this.replication = TestLink.to(this.master);
		this.replica = TestRedis.start("--replicaof", "127.0.0.1", Integer.toString(this.replication.port()));
		awaitReplication();
	}

	public TestRedis master() {
		return this.master;
	}

	public TestRedis replica() {
		return this.replica;
	}

	/**
	 * Wait until the replica has what was written so far.
	 */
	public void awaitReplication() {
		String marker = UUID.randomUUID().toString();
		try (RedisClient client = RedisClient.create()) {
			StatefulRedisConnection<String, String> onMaster = client.connect(RedisURI.create(this.master.url()));
			StatefulRedisConnection<String, String> onReplica = client.connect(RedisURI.create(this.replica.url()));
			onMaster.sync().set("test-failover", marker);
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.ignoreExceptions()
				.until(() -> marker.equals(onReplica.sync().get("test-failover")));
		}
	}

	public void cutReplication() {
		this.replication.cut();
	}

	/**
	 * Make the replica a second master.
	 */
	public void promote() {
		try (RedisClient client = RedisClient.create()) {
			client.connect(RedisURI.create(this.replica.url())).sync().replicaofNoOne();
		}
	}

	/**
	 * Kill the master and promote the replica, to which new connections of the links
	 * lead.
	 */
	public void failOver(TestLink... links) {
		this.master.kill();
		promote();
		for (TestLink link : links) {
			link.lead(this.replica);
		}
	}

	@Override
	public void close() {
		this.replica.close();
		this.replication.close();
		this.master.close();
	}

}
