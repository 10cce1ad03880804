package io.github.cftracker.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import io.github.cftracker.run.StoreCondition;
import io.github.cftracker.run.StoreInspector;
import io.lettuce.core.RedisCommandExecutionException;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Inspects the Redis server that keeps our keys. It asks in a script: that goes where all
 * our scripts go, to the master of our slot, while a connection that reads from replicas
 * sends a plain {@code INFO} to one of those.
 */
public final class RedisInspector implements StoreInspector {

	private static final RedisScript<String> INFO = RedisScripts.returningText("info.lua");

	private static final RedisScript<Long> RECORD_LOGGED = RedisScripts.returningNumber("record-logged.lua");

	/**
	 * How long a warning that was logged is not logged again.
	 */
	private static final Duration REMEMBERED = Duration.ofDays(7);

	private final StringRedisTemplate template;

	private final RedisKeys keys;

	private final RedisWarnings warnings;

	/**
	 * Create an inspector.
	 * @param template the connection
	 * @param keys the names of the keys
	 * @param waitReplicas how many replicas must have a batch before it is sent
	 */
	public RedisInspector(StringRedisTemplate template, RedisKeys keys, int waitReplicas) {
		this.template = template;
		this.keys = keys;
		this.warnings = new RedisWarnings(waitReplicas);
	}

	@Override
	public StoreCondition inspect() {
		try {
			String text = this.template.execute(INFO, List.of(this.keys.paths()));
			RedisInfo info = RedisInfo.parse((text != null) ? text : "");
			return new StoreCondition(details(info), this.warnings.of(info, this::takesNoSnapshots));
		}
		catch (DataAccessException ex) {
			return new StoreCondition(Map.of(StoreCondition.ERROR, describe(ex)), List.of());
		}
	}

	@Override
	public boolean recordLogged(String kind, String warning) {
		try {
			Long recorded = this.template.execute(RECORD_LOGGED, List.of(logged(kind)), warning,
					Long.toString(REMEMBERED.toMillis()));
			return recorded == null || recorded == 1;
		}
		catch (DataAccessException ex) {
			// Twice is better than never
			return true;
		}
	}

	@Override
	public void recordResolved(String kind) {
		this.template.delete(logged(kind));
	}

	private String logged(String kind) {
		return this.keys.once("warning:" + Integer.toHexString(kind.hashCode()));
	}

	private static String describe(DataAccessException ex) {
		// Redis' own words may name the user, and the network's the server
		return (ex.getMostSpecificCause() instanceof RedisCommandExecutionException)
				? "Redis refused INFO, so its role, replicas and settings are unknown. Grant '+info' to the Redis user"
				: "Redis did not answer INFO";
	}

	private Map<String, Object> details(RedisInfo info) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("mode", isSentinel() ? "sentinel" : info.mode());
		details.put("version", info.product());
		details.put("role", info.text("role"));
		details.put("connectedReplicas", info.replicas().size());
		return details;
	}

	private boolean isSentinel() {
		return this.template.getConnectionFactory() instanceof LettuceConnectionFactory lettuce
				&& lettuce.isRedisSentinelAware();
	}

	/**
	 * {@code INFO} does not tell, and managed servers refuse {@code CONFIG}: then nothing
	 * is known.
	 */
	private boolean takesNoSnapshots() {
		RedisConnectionFactory factory = this.template.getRequiredConnectionFactory();
		try (RedisConnection connection = factory.getConnection()) {
			Properties settings = settings(connection, "save");
			return settings != null && settings.getProperty("save", "unknown").isEmpty();
		}
		catch (DataAccessException ex) {
			return false;
		}
	}

	private @Nullable Properties settings(RedisConnection connection, String pattern) {
		if (connection instanceof RedisClusterConnection cluster) {
			RedisClusterNode node = cluster.clusterGetNodeForKey(this.keys.paths().getBytes(StandardCharsets.UTF_8));
			return (node != null) ? cluster.serverCommands().getConfig(node, pattern) : null;
		}
		return connection.serverCommands().getConfig(pattern);
	}

}
