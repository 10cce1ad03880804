package io.github.cftracker.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.event.Event;
import io.lettuce.core.event.connection.ConnectionActivatedEvent;
import io.lettuce.core.event.connection.ReconnectFailedEvent;
import io.lettuce.core.resource.ClientResources;
import org.jspecify.annotations.Nullable;

/**
 * Lettuce client with one connection, which all callers share. It connects when it is
 * first used, and again after a failure or a reset. Lettuce and Netty are loaded then, by
 * a thread in the background: they take 200 ms of an application's start otherwise.
 */
final class LettuceClient {

	private static final long BETWEEN_RESETS = Duration.ofSeconds(1).toNanos();

	private final Lock lock = new ReentrantLock();

	private final AtomicLong lastReset = new AtomicLong(System.nanoTime() - BETWEEN_RESETS);

	private final RedisServers servers;

	private final Supplier<ClusterClientOptions> options;

	private final Supplier<OwnClientResources> threads;

	private @Nullable OwnClientResources resources;

	private @Nullable AbstractRedisClient client;

	private volatile @Nullable Session session;

	private volatile @Nullable Throwable reconnectFailure;

	private volatile boolean closed;

	LettuceClient(RedisServers servers, Supplier<ClusterClientOptions> options, Supplier<OwnClientResources> threads) {
		this.servers = servers;
		this.options = options;
		this.threads = threads;
	}

	private void onEvent(Event event) {
		if (event instanceof ReconnectFailedEvent failed) {
			this.reconnectFailure = failed.getCause();
		}
		else if (event instanceof ConnectionActivatedEvent) {
			this.reconnectFailure = null;
		}
	}

	/**
	 * Return why a connection that was lost cannot be made again, {@code null} if there
	 * is none or the reason is unknown.
	 */
	@Nullable Throwable reconnectFailure() {
		return this.reconnectFailure;
	}

	/**
	 * Return the connection, and connect if there is none.
	 * @throws RedisException if that fails
	 */
	Session session() {
		Session current = this.session;
		return (current != null) ? current : connect();
	}

	private Session connect() {
		this.lock.lock();
		try {
			if (this.closed) {
				throw new RedisException("The connection is closed");
			}
			Session current = this.session;
			if (current == null) {
				current = open();
				this.session = current;
			}
			return current;
		}
		finally {
			this.lock.unlock();
		}
	}

	private Session open() {
		AbstractRedisClient client = client();
		if (client instanceof RedisClusterClient cluster) {
			StatefulRedisClusterConnection<byte[], byte[]> connection = cluster.connect(ByteArrayCodec.INSTANCE);
			return new Session(connection, connection.async());
		}
		StatefulRedisConnection<byte[], byte[]> connection = ((RedisClient) client).connect(ByteArrayCodec.INSTANCE);
		return new Session(connection, connection.async());
	}

	/**
	 * Return Lettuce's client, and create it if there is none. Needs the lock.
	 */
	AbstractRedisClient client() {
		AbstractRedisClient client = this.client;
		if (client == null) {
			client = create();
			this.client = client;
		}
		return client;
	}

	private AbstractRedisClient create() {
		ClusterClientOptions options = this.options.get();
		OwnClientResources own = (this.resources != null) ? this.resources : this.threads.get();
		this.resources = own;
		ClientResources resources = own.resources();
		resources.eventBus().get().subscribe(this::onEvent);
		if (this.servers.topology() == RedisConnection.Topology.CLUSTER) {
			RedisClusterClient cluster = RedisClusterClient.create(resources, this.servers.uris());
			cluster.setOptions(options);
			return cluster;
		}
		RedisClient single = RedisClient.create(resources, this.servers.uris().get(0));
		single.setOptions(options);
		return single;
	}

	/**
	 * Close a connection, so that the next call looks for the master, once a second at
	 * most.
	 */
	void reset(Session used) {
		long last = this.lastReset.get();
		long now = System.nanoTime();
		if (now - last >= BETWEEN_RESETS && this.lastReset.compareAndSet(last, now)) {
			this.lock.lock();
			try {
				if (used.equals(this.session)) {
					this.session = null;
				}
			}
			finally {
				this.lock.unlock();
			}
			used.connection().close();
		}
	}

	/**
	 * Close the connection and end the threads. A caller that is connecting has to end
	 * before.
	 */
	void close() {
		this.closed = true;
		this.lock.lock();
		try {
			Session current = this.session;
			this.session = null;
			if (current != null) {
				current.connection().close();
			}
			if (this.client != null) {
				this.client.shutdown(Duration.ZERO, Duration.ZERO);
			}
		}
		finally {
			this.lock.unlock();
			if (this.resources != null) {
				this.resources.shutDown();
			}
		}
	}

	/**
	 * Open connection.
	 *
	 * @param connection the connection
	 * @param commands its commands
	 */
	record Session(StatefulConnection<byte[], byte[]> connection, RedisClusterAsyncCommands<byte[], byte[]> commands) {

	}

}
