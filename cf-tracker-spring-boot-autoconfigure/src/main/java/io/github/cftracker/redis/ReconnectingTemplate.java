package io.github.cftracker.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * A template on a connection of our own that lets go of a server which is open but no
 * longer the master, so that the next call looks for the new one. Such a server answers
 * every write with {@code READONLY} for as long as the connection lives, or, when it
 * hangs, nothing at all.
 */
final class ReconnectingTemplate extends StringRedisTemplate {

	/**
	 * The last two are those of a server that is cut off, and may have a successor.
	 */
	private static final List<String> NOT_THE_MASTER = List.of("READONLY", "NOREPLICAS", "MASTERDOWN");

	private static final long BETWEEN_RESETS = Duration.ofSeconds(1).toNanos();

	private final LettuceConnectionFactory factory;

	private final AtomicLong lastReset = new AtomicLong(System.nanoTime() - BETWEEN_RESETS);

	private volatile boolean unanswered;

	private final boolean fromUrl;

	ReconnectingTemplate(LettuceConnectionFactory factory, boolean fromUrl) {
		super(factory);
		this.factory = factory;
		this.fromUrl = fromUrl;
	}

	/**
	 * Return whether the tracker's own properties determine the connection, and not the
	 * application's.
	 */
	boolean isFromUrl() {
		return this.fromUrl;
	}

	@Override
	public <T extends @Nullable Object> T execute(RedisCallback<T> action, boolean exposeConnection, boolean pipeline) {
		try {
			T result = super.execute(action, exposeConnection, pipeline);
			this.unanswered = false;
			return result;
		}
		catch (DataAccessException ex) {
			if (isOfNoUse(ex)) {
				reset();
			}
			throw ex;
		}
	}

	/**
	 * A single command may be slow; two without an answer between them are a sign. A
	 * cluster's topology refresh finds hanging masters by itself.
	 */
	private boolean isOfNoUse(DataAccessException ex) {
		boolean secondTimeout = this.unanswered;
		this.unanswered = ex instanceof QueryTimeoutException;
		if (this.unanswered) {
			return secondTimeout && !this.factory.isClusterAware();
		}
		// A script's error begins otherwise
		String message = String.valueOf(ex.getMostSpecificCause().getMessage());
		return NOT_THE_MASTER.stream().anyMatch(message::contains);
	}

	private void reset() {
		long last = this.lastReset.get();
		long now = System.nanoTime();
		if (now - last >= BETWEEN_RESETS && this.lastReset.compareAndSet(last, now)) {
			this.factory.resetConnection();
		}
	}

}
