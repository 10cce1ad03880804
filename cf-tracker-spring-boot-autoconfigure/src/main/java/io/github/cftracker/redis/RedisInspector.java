package io.github.cftracker.redis;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.cftracker.run.StoreCondition;
import io.github.cftracker.run.StoreInspector;

/**
 * Inspector of the Redis server that has the tracker's keys. It sends {@code INFO} in a
 * script, which goes to the master of their slot like all scripts. A connection that
 * reads from replicas would send the plain command to one of those.
 */
public final class RedisInspector implements StoreInspector {

	private static final RedisScript<String> INFO = new RedisScript<>("return redis.call('INFO')", String.class);

	private static final RedisScript<Long> RECORD = RedisScripts.returningNumber("record-warning.lua");

	/**
	 * How long a warning that was logged is not logged again.
	 */
	private static final Duration REMEMBERED = Duration.ofDays(7);

	private final RedisConnection connection;

	private final RedisKeys keys;

	private final int waitReplicas;

	/**
	 * Create an inspector.
	 * @param redis the connection
	 * @param keys the names of the keys
	 * @param waitReplicas number of replicas that must have a batch before it is sent
	 */
	public RedisInspector(TrackerRedisConnection redis, RedisKeys keys, int waitReplicas) {
		this.connection = redis.connection();
		this.keys = keys;
		this.waitReplicas = waitReplicas;
	}

	@Override
	public StoreCondition inspect() {
		try {
			String text = this.connection.execute(INFO, List.of(this.keys.paths()));
			RedisInfo info = RedisInfo.parse((text != null) ? text : "");
			return info.condition(details(info), this.waitReplicas,
					info.needsSnapshots() ? takesSnapshots() : Optional.empty());
		}
		catch (RedisAccessException ex) {
			return new StoreCondition(Map.of(StoreCondition.ERROR, describe(ex)), List.of());
		}
	}

	@Override
	public List<String> logged() {
		return new RedisScripts(this.connection).hash(this.keys.warnings())
			.values()
			.stream()
			.map((value) -> value.substring(value.indexOf(' ') + 1))
			.toList();
	}

	@Override
	public boolean recordLogged(String kind, String warning) {
		try {
			Long recorded = this.connection.execute(RECORD, List.of(this.keys.warnings()), kind, warning,
					Long.toString(REMEMBERED.toSeconds()));
			return recorded == null || recorded == 1;
		}
		catch (RedisAccessException ex) {
			// Twice is better than never
			return true;
		}
	}

	@Override
	public boolean recordResolved(String kind) {
		Long removed = this.connection.execute(RECORD, List.of(this.keys.warnings()), kind);
		return removed != null && removed == 1;
	}

	private static String describe(RedisAccessException ex) {
		// Redis' own words may name the user, and the network's the server
		return ex.isRefused()
				? "Redis refused INFO, so its role, replicas and settings are unknown. Grant '+info' to the Redis user"
				: "Redis did not answer INFO";
	}

	private Map<String, Object> details(RedisInfo info) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("mode", isSentinel() ? "sentinel" : info.mode());
		details.put("version", info.product());
		details.put("role", info.text("role"));
		details.put("connectedReplicas", info.replicas());
		return details;
	}

	private boolean isSentinel() {
		return this.connection.topology() == RedisConnection.Topology.SENTINEL;
	}

	/**
	 * Return whether the server takes snapshots. {@code INFO} does not report it, and
	 * managed servers refuse {@code CONFIG}.
	 */
	private Optional<Boolean> takesSnapshots() {
		try {
			return Optional.ofNullable(this.connection.config(this.keys.paths(), "save"))
				.map((save) -> !save.isEmpty());
		}
		catch (RedisAccessException ex) {
			return Optional.empty();
		}
	}

}
