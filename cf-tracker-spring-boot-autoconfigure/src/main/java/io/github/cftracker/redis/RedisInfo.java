package io.github.cftracker.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.cftracker.run.StoreCondition;

/**
 * Answer of a server to {@code INFO}, by field, with the settings and replicas in it that
 * put the tracker's data at risk.
 *
 * @see <a href="https://redis.io/docs/latest/commands/info/">INFO</a>
 */
record RedisInfo(Map<String, String> fields) {

	private static final String OLD = "%s is older than 6.2, the oldest supported version. Tracking and runs may fail. "
			+ "Upgrade the server.";

	private static final String POLICY = "The maxmemory-policy of Redis is %s, so a full Redis removes tracked paths and "
			+ "runs. Set it to noeviction.";

	private static final String VOLATILE = "The maxmemory-policy of Redis is %s, so a full Redis may cause paths to be "
			+ "sent again and late responses to be missed. Set it to noeviction.";

	private static final String NOT_MASTER = "Redis is a replica (its role is %s), so writes fail or are lost. Connect "
			+ "to the master or use Sentinel.";

	private static final String NOT_ON_DISK = "Redis stores nothing on disk, so a restart loses all tracked paths and "
			+ "runs. Set appendonly to yes, or set save to an interval.";

	private static final String BEHIND = "%d of %d Redis replicas are behind, so a failover may lose paths and runs. "
			+ "Check the replicas, or set 'cf.tracker.redis.wait-replicas'.";

	private static final String TOO_FEW = "%d of the %d replicas required by 'cf.tracker.redis.wait-replicas' are up "
			+ "to date, so batches wait. Check the replicas, or lower the property.";

	private static final int SILENT_SECONDS = 10;

	/**
	 * Replicas report once a second: a busy master is always some way ahead of them.
	 */
	private static final int MISSING_MEGABYTES = 16;

	static RedisInfo parse(String text) {
		return new RedisInfo(text.lines()
			.map((line) -> line.split(":", 2))
			.filter((field) -> field.length == 2)
			.collect(Collectors.toMap((field) -> field[0], (field) -> field[1], (first, second) -> second)));
	}

	/**
	 * Return a field's value, or an empty text: not every server has every field.
	 */
	String text(String field) {
		return this.fields.getOrDefault(field, "");
	}

	/**
	 * Return the mode. Valkey names it {@code server_mode}, unless it is configured to
	 * use the names of Redis.
	 */
	String mode() {
		return this.fields.getOrDefault("redis_mode", text("server_mode"));
	}

	/**
	 * Return name and version of the server. Valkey also reports the version of Redis
	 * that it is compatible with.
	 */
	String product() {
		String valkey = text("valkey_version");
		return valkey.isEmpty() ? "Redis " + text("redis_version") : "Valkey " + valkey;
	}

	/**
	 * Return the number of replicas, as their master sees it.
	 */
	int replicas() {
		return replicaStates().size();
	}

	/**
	 * Return whether only snapshots can store the data on disk.
	 */
	boolean needsSnapshots() {
		return isMaster() && text("aof_enabled").equals("0");
	}

	/**
	 * Return the condition of the server.
	 * @param details description of the server
	 * @param waitReplicas number of replicas that must have a batch before it is sent
	 * @param takesSnapshots whether the server takes snapshots, empty if that is unknown
	 */
	StoreCondition condition(Map<String, Object> details, int waitReplicas, Optional<Boolean> takesSnapshots) {
		List<String> warnings = new ArrayList<>();
		List<String> unknown = new ArrayList<>();
		if (isTooOld()) {
			warnings.add(OLD.formatted(product()));
		}
		String policy = text("maxmemory_policy");
		if (policy.startsWith("allkeys-")) {
			warnings.add(POLICY.formatted(policy));
		}
		if (policy.startsWith("volatile-")) {
			warnings.add(VOLATILE.formatted(policy));
		}
		if (needsSnapshots() && !takesSnapshots.orElse(false)) {
			(takesSnapshots.isPresent() ? warnings : unknown).add(NOT_ON_DISK);
		}
		if (isMaster()) {
			warnings.addAll(warningsAboutReplicas(waitReplicas));
		}
		else {
			// What the master stores and which replicas it has
			unknown.addAll(List.of(NOT_ON_DISK, BEHIND.formatted(0, 0), TOO_FEW.formatted(0, 0)));
			if (!text("role").isEmpty()) {
				warnings.add(NOT_MASTER.formatted(text("role")));
			}
		}
		return new StoreCondition(details, warnings, unknown);
	}

	private List<String> warningsAboutReplicas(int waitReplicas) {
		List<String> warnings = new ArrayList<>();
		long behind = replicaStates().stream().filter(this::isBehind).count();
		if (behind > 0) {
			warnings.add(BEHIND.formatted(behind, replicas()));
		}
		long upToDate = replicas() - behind;
		if (upToDate < waitReplicas) {
			warnings.add(TOO_FEW.formatted(upToDate, waitReplicas));
		}
		return warnings;
	}

	/**
	 * Return whether the server is older than 6.2. An unknown version is not.
	 */
	private boolean isTooOld() {
		String[] version = text("redis_version").split("\\.", 3);
		if (version.length < 2) {
			return false;
		}
		long major = number(version[0], 6);
		return major < 6 || (major == 6 && number(version[1], 2) < 2);
	}

	private boolean isMaster() {
		return text("role").equals("master");
	}

	private List<String> replicaStates() {
		return this.fields.entrySet()
			.stream()
			.filter((field) -> field.getKey().matches("slave\\d+"))
			.map(Map.Entry::getValue)
			.toList();
	}

	private boolean isBehind(String replicaState) {
		Map<String, String> state = new HashMap<>();
		for (String field : replicaState.split(",", -1)) {
			int equals = field.indexOf('=');
			if (equals != -1) {
				state.put(field.substring(0, equals), field.substring(equals + 1));
			}
		}
		long written = number(text("master_repl_offset"), 0);
		long missing = written - number(state.getOrDefault("offset", ""), written);
		return !"online".equals(state.get("state")) || number(state.getOrDefault("lag", ""), 0) >= SILENT_SECONDS
				|| missing > MISSING_MEGABYTES * 1024L * 1024;
	}

	private static long number(String text, long otherwise) {
		try {
			return Long.parseLong(text);
		}
		catch (NumberFormatException ex) {
			return otherwise;
		}
	}

}
