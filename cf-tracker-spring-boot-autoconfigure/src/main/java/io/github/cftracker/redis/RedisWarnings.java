package io.github.cftracker.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.cftracker.run.StoreCondition;

/**
 * Warnings about settings and replicas of a server that put the tracker's data at risk.
 */
final class RedisWarnings {

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

	private final int waitReplicas;

	RedisWarnings(int waitReplicas) {
		this.waitReplicas = waitReplicas;
	}

	/**
	 * Return the condition of a server.
	 * @param details what the server is
	 * @param info what the server reports
	 * @param takesSnapshots returns whether the server takes snapshots, empty if that is
	 * unknown
	 */
	StoreCondition condition(Map<String, Object> details, RedisInfo info, Supplier<Optional<Boolean>> takesSnapshots) {
		List<String> warnings = new ArrayList<>();
		List<String> unknown = new ArrayList<>();
		if (info.isOlderThan(6, 2)) {
			warnings.add(OLD.formatted(info.product()));
		}
		String policy = info.text("maxmemory_policy");
		if (policy.startsWith("allkeys-")) {
			warnings.add(POLICY.formatted(policy));
		}
		if (policy.startsWith("volatile-")) {
			warnings.add(VOLATILE.formatted(policy));
		}
		if (info.isMaster()) {
			if (info.text("aof_enabled").equals("0")) {
				Optional<Boolean> takes = takesSnapshots.get();
				if (takes.isEmpty()) {
					unknown.add(NOT_ON_DISK);
				}
				else if (!takes.get()) {
					warnings.add(NOT_ON_DISK);
				}
			}
			warnings.addAll(of(info.replicas()));
		}
		else {
			// What the master stores and which replicas it has
			unknown.addAll(List.of(NOT_ON_DISK, BEHIND.formatted(0, 0), TOO_FEW.formatted(0, 0)));
			if (!info.text("role").isEmpty()) {
				warnings.add(NOT_MASTER.formatted(info.text("role")));
			}
		}
		return new StoreCondition(details, warnings, unknown);
	}

	private List<String> of(List<RedisInfo.Replica> replicas) {
		List<String> warnings = new ArrayList<>();
		long behind = replicas.stream().filter(RedisWarnings::isBehind).count();
		if (behind > 0) {
			warnings.add(BEHIND.formatted(behind, replicas.size()));
		}
		long keepUp = replicas.size() - behind;
		if (keepUp < this.waitReplicas) {
			warnings.add(TOO_FEW.formatted(keepUp, this.waitReplicas));
		}
		return warnings;
	}

	private static boolean isBehind(RedisInfo.Replica replica) {
		return !replica.state().equals("online") || replica.silentSeconds() >= SILENT_SECONDS
				|| replica.missingBytes() > MISSING_MEGABYTES * 1024L * 1024;
	}

}
