package io.github.cftracker.redis;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.github.cftracker.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes claims, and ends those whose node is gone.
 */
final class RedisClaims {

	private static final Logger logger = LoggerFactory.getLogger(RedisClaims.class);

	private static final RedisScript<Long> CLAIM_ALL = RedisScripts.returningNumber(RedisScripts.REMOVAL,
			"claim-all.lua");

	private static final RedisScript<List<String>> ABANDONED = RedisScripts.returningList("claims-abandoned.lua");

	/**
	 * Claims that Redis may have made although it did not answer.
	 */
	private final Set<String> unanswered = ConcurrentHashMap.newKeySet();

	private final RedisScripts scripts;

	private final RedisKeys keys;

	private final Duration lease;

	RedisClaims(RedisScripts scripts, RedisKeys keys, Duration lease) {
		this.scripts = scripts;
		this.keys = keys;
		this.lease = lease;
	}

	RedisClaim claim(String id, Function<RedisClaims, RedisClaim> action) {
		try {
			return action.apply(this);
		}
		catch (StoreUnavailableException ex) {
			this.unanswered.add(id);
			throw ex;
		}
	}

	RedisClaim claimAll(String id) {
		long size = this.scripts.number(CLAIM_ALL, List.of(this.keys.paths(), this.keys.claims(), this.keys.claim(id)),
				id);
		return open(id, size);
	}

	RedisClaim claimSome(String id, List<String> paths) {
		RedisClaim claim = open(id, 0);
		claim.add(paths);
		return claim;
	}

	private RedisClaim open(String id, long size) {
		return new RedisClaim(this.scripts, this.keys, id, size);
	}

	/**
	 * Tracks again what claims hold whose node is gone, or did not learn that it has
	 * them.
	 */
	void endAbandoned() {
		for (String id : List.copyOf(this.unanswered)) {
			open(id, 0).close();
			this.unanswered.remove(id);
		}
		List<String> abandoned = this.scripts.list(ABANDONED, List.of(this.keys.claims()),
				Long.toString(this.lease.toMillis()));
		for (String id : abandoned) {
			logger.warn("Claim {} expired because its node did not renew it for {}. Its paths are tracked again", id,
					this.lease);
			open(id, 0).close();
		}
	}

}
