package io.github.cftracker.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.github.cftracker.Claim;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Selection;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.recording.SequencedUrlStore;
import io.github.cftracker.recording.StoreVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link UrlStore} in Redis 6.2 or newer: one sorted set of paths by expiry. No call
 * holds up Redis for longer than it takes to handle 1,000 paths.
 */
public class RedisUrlStore implements SequencedUrlStore {

	private static final Logger logger = LoggerFactory.getLogger(RedisUrlStore.class);

	private static final int MAX_TAGS = 5000;

	private static final String SCHEMA_VERSION = "1";

	private static final RedisScript<List<Long>> TRACK = RedisScripts.returningNumbers("track.lua");

	private static final RedisScript<List<Long>> EXPIRE = RedisScripts.returningNumbers("expire.lua");

	private static final RedisScript<List<Long>> UNTRACK = RedisScripts.returningNumbers("untrack.lua");

	private static final RedisScript<Long> FOLD = RedisScripts.returningNumber("fold.lua");

	private static final RedisScript<Long> COUNT = RedisScripts
		.timed("return redis.call('ZCOUNT', KEYS[1], '(' .. now, '+inf')");

	private static final RedisScript<List<String>> REMOVE_EXPIRED = RedisScripts.returningList("remove-expired.lua");

	private final RedisScripts scripts;

	private final RedisKeys keys;

	private final RedisClaims claims;

	private final Duration lease;

	/**
	 * Claims that Redis may have made although it did not answer.
	 */
	private final Set<String> unanswered = ConcurrentHashMap.newKeySet();

	private final WriteSequence writes;

	private final TrackedPathReader reader;

	private final long maxTagEntries;

	private boolean tagsForgotten;

	/**
	 * Create a store.
	 * @param redis the connection
	 * @param keys the names of the keys
	 * @param lease how long a claim may go without being renewed
	 * @param patterns understands the patterns of a selection
	 * @param maxTagEntries how many pairs of tag and path to keep; beyond that a path
	 * counts as having every tag
	 */
	public RedisUrlStore(TrackerRedisConnection redis, RedisKeys keys, Duration lease, PathPatterns patterns,
			long maxTagEntries) {
		this.maxTagEntries = maxTagEntries;
		this.scripts = new RedisScripts(redis.connection());
		this.keys = keys;
		this.lease = lease;
		this.claims = new RedisClaims(FencedScripts.withoutLease(this.scripts, keys), keys, Duration.ZERO, patterns);
		this.writes = new WriteSequence(this.scripts, keys.number("paths", UUID.randomUUID().toString()));
		this.reader = new TrackedPathReader(this.scripts, keys);
	}

	@Override
	public void track(Collection<PathLifetime> paths) {
		trackAndAsk(paths);
	}

	@Override
	public StoreVersion trackAndAsk(Collection<PathLifetime> paths) {
		long calledAt = System.nanoTime();
		StoreVersion first = null;
		List<PathLifetime> part = new ArrayList<>(paths.size());
		int tags = 0;
		for (PathLifetime path : paths) {
			// A command for each, so many of them would hold up Redis
			tags += path.tags().size();
			if (tags > MAX_TAGS && !part.isEmpty()) {
				StoreVersion state = trackAtOnce(part, calledAt);
				first = (first != null) ? first : state;
				part.clear();
				tags = path.tags().size();
			}
			part.add(path);
		}
		StoreVersion last = trackAtOnce(part, calledAt);
		return (first != null) ? first : last;
	}

	/**
	 * Track paths with one command.
	 * @param calledAt when they had their ages
	 */
	private StoreVersion trackAtOnce(Collection<PathLifetime> paths, long calledAt) {
		List<Object> args = new ArrayList<>(paths.size() + 16);
		args.add(SCHEMA_VERSION);
		args.add(Long.toString(this.maxTagEntries));
		args.add(Long.toString(this.writes.serverTime(calledAt)));
		TrackArguments.of(paths).describe(args);
		return this.writes.write(TRACK,
				List.of(this.keys.paths(), this.keys.schema(), this.keys.accepted(), this.keys.late()), args);
	}

	@Override
	public void expire(Collection<PathLifetime> paths) {
		List<String> over = paths.stream().filter(PathLifetime::isOver).map(PathLifetime::path).toList();
		if (!over.isEmpty()) {
			untrack(over);
		}
		List<PathLifetime> alive = paths.stream().filter((path) -> !path.isOver()).toList();
		if (!alive.isEmpty()) {
			List<Object> args = new ArrayList<>(2 * alive.size());
			for (PathLifetime path : alive) {
				args.add(lifetime(path.lifetime()));
				args.add(path.path());
			}
			this.writes.write(EXPIRE, List.of(this.keys.paths()), args);
		}
	}

	/**
	 * Return a lifetime as scripts take it.
	 */
	static String lifetime(Duration lifetime) {
		return PathLifetime.isForever(lifetime) ? "+inf" : Long.toString(lifetime.toMillis());
	}

	@Override
	public void untrack(Collection<String> paths) {
		untrackNotFound(paths, PathLifetime.FOREVER);
	}

	@Override
	public List<String> untrackNotFound(Collection<String> paths, Duration minimumLifetime) {
		List<String> all = List.copyOf(paths);
		List<Object> args = new ArrayList<>(all.size() + 1);
		args.add(lifetime(minimumLifetime));
		args.addAll(all);
		return this.writes
			.writeAndFind(UNTRACK, List.of(this.keys.paths(), this.keys.claims(), this.keys.claim("")), args)
			.stream()
			.map((number) -> all.get(Math.toIntExact(number)))
			.toList();
	}

	@Override
	public void fold(PathLifetime wildcard, Collection<String> paths) {
		List<Object> args = new ArrayList<>(paths.size() + 2);
		args.add(wildcard.path());
		args.add(Long.toString(this.maxTagEntries));
		args.addAll(paths);
		this.scripts.number(FOLD, List.of(this.keys.paths(), this.keys.late()), args.toArray());
	}

	@Override
	public long acknowledged() {
		return this.writes.acknowledged();
	}

	@Override
	public OptionalLong takeLoss() {
		return this.writes.takeLoss();
	}

	@Override
	public StoreVersion ask() {
		return this.writes.check(this.keys.paths());
	}

	@Override
	public long count() {
		return this.scripts.number(COUNT, List.of(this.keys.paths()));
	}

	@Override
	public List<TrackedPath> scan(String prefix, int limit) {
		return this.reader.scan(prefix, limit);
	}

	@Override
	public void forEach(Consumer<TrackedPath> action) {
		this.reader.forEach(action);
	}

	@Override
	public boolean keepsRoutesAndTags() {
		return true;
	}

	@Override
	public Claim claim(String id, Selection selection) {
		cleanUp();
		try {
			return this.claims.claim(id, selection);
		}
		catch (StoreUnavailableException ex) {
			this.unanswered.add(id);
			throw ex;
		}
	}

	@Override
	public void removeExpired() {
		ask();
		cleanUp();
	}

	/**
	 * Remove expired paths, and end claims whose node is gone or which may have been made
	 * although Redis did not answer: their paths are tracked again.
	 */
	private void cleanUp() {
		for (String id : List.copyOf(this.unanswered)) {
			this.claims.open(id, 0).close();
			this.unanswered.remove(id);
		}
		int removed = RedisScripts.CHUNK;
		while (removed == RedisScripts.CHUNK) {
			List<String> found = this.scripts.list(REMOVE_EXPIRED, List.of(this.keys.paths(), this.keys.claims()),
					Integer.toString(RedisScripts.CHUNK), Long.toString(this.lease.toMillis()));
			removed = Integer.parseInt(found.get(0));
			logForgottenTags(found.get(1).equals("1"));
			found.subList(2, found.size()).forEach(this::endAbandoned);
		}
	}

	private void endAbandoned(String id) {
		logger.warn("Claim {} expired because its node did not renew it for {}. Its paths are tracked again", id,
				this.lease);
		this.claims.open(id, 0).close();
	}

	private void logForgottenTags(boolean forgotten) {
		if (forgotten && !this.tagsForgotten) {
			logger.warn("Some paths have more tags than can be stored (64 for a path, 'cf.tracker.tags.max-entries' {} "
					+ "for all paths). Every invalidation by tag includes these paths", this.maxTagEntries);
		}
		if (!forgotten && this.tagsForgotten) {
			logger.info("The tags of all paths are stored again");
		}
		this.tagsForgotten = forgotten;
	}

	@Override
	public String name() {
		return "redis";
	}

}
