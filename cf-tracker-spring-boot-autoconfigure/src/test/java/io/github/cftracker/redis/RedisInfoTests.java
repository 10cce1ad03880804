package io.github.cftracker.redis;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.cftracker.run.StoreCondition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers of servers that the tests cannot start.
 */
class RedisInfoTests {

	private static final String MASTER = "role:master\r\naof_enabled:1\r\nmaster_repl_offset:100000000\r\n";

	@ParameterizedTest
	@ValueSource(strings = { "5.0.14", "6.0.16" })
	void warnsAboutTooOldVersion(String version) {
		assertThat(warnings(MASTER + "redis_version:" + version)).singleElement()
			.asString()
			.startsWith("Redis %s is older than 6.2".formatted(version));
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis_version:6.2.0", "redis_version:7.0.15", "redis_version:10.0.0",
			"redis_version:255.255.255", "redis_version:unstable", "redis_version:7.2.4\r\nvalkey_version:8.0.1", "" })
	void acceptsSupportedOrUnknownVersion(String version) {
		assertThat(warnings(MASTER + version)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "online,100000000,0,false", "online,100000000,9,false", "online,83222784,1,false",
			"online,83222783,1,true", "online,100000000,10,true", "wait_bgsave,100000000,0,true",
			"send_bulk,100000000,0,true" })
	void warnsAboutReplicaThatIsBehind(String state, long offset, int lag, boolean behind) {
		String replica = "slave0:ip=::1,port=6379,state=%s,offset=%d,lag=%d,type=replica".formatted(state, offset, lag);
		assertThat(warnings(MASTER + replica)).hasSize(behind ? 1 : 0)
			.allMatch((warning) -> warning.startsWith("1 of 1 Redis replicas are behind"));
	}

	@Test
	void doesNotCountReplicaThatIsBehindAsUpToDate() {
		String replicas = """
				slave0:ip=10.0.0.2,port=6379,state=online,offset=100000000,lag=0\r
				slave1:ip=10.0.0.3,port=6379,state=online,offset=100000000,lag=11\r
				""";
		assertThat(warnings(2, MASTER + replicas)).hasSize(2)
			.anyMatch((warning) -> warning.startsWith("1 of 2 Redis replicas are behind"))
			.anyMatch(
					(warning) -> warning.startsWith("1 of the 2 replicas required by 'cf.tracker.redis.wait-replicas'"))
			.noneMatch((warning) -> warning.contains("10.0.0."));
	}

	@ParameterizedTest
	@CsvSource({ "'aof_enabled:0',true,1", "'aof_enabled:0',false,0", "'aof_enabled:1',true,0", "'',true,0" })
	void warnsAboutMissingPersistenceOnlyIfItIsKnown(String aof, boolean takesNoSnapshots, int warnings) {
		assertThat(condition(0, "role:master\r\n" + aof, Optional.of(!takesNoSnapshots)).warnings()).hasSize(warnings);
	}

	@Test
	void leavesPersistenceUnknownIfSnapshotsAreUnknown() {
		StoreCondition condition = condition(0, MASTER.replace("aof_enabled:1", "aof_enabled:0"), Optional.empty());
		assertThat(condition.warnings()).isEmpty();
		assertThat(condition.unknown()).singleElement().asString().startsWith("Redis stores nothing on disk");
		assertThat(condition(0, MASTER, Optional.empty()).unknown()).isEmpty();
	}

	@Test
	void leavesPersistenceAndReplicasUnknownOnReplica() {
		StoreCondition condition = condition(2, "role:slave\r\naof_enabled:1\r\n", Optional.empty());
		assertThat(condition.warnings()).singleElement().asString().startsWith("Redis is a replica");
		assertThat(condition.unknown()).hasSize(3)
			.anyMatch((warning) -> warning.startsWith("Redis stores nothing on disk"))
			.anyMatch((warning) -> warning.startsWith("0 of 0 Redis replicas are behind"))
			.anyMatch((warning) -> warning.startsWith("0 of the 0 replicas required"));
	}

	@Test
	void doesNotWarnIfServerReportsNothing() {
		assertThat(warnings("")).isEmpty();
		assertThat(warnings("# Server\r\nnonsense\r\nslave0:nonsense")).isEmpty();
	}

	@Test
	void eachWarningIsOneShortLine() {
		String replica = "slave0:ip=::1,port=6379,state=online,offset=0,lag=100\r\n";
		for (String info : List.of(MASTER.replace("aof_enabled:1", "aof_enabled:0") + replica + "redis_version:5.0.14",
				MASTER + "maxmemory_policy:allkeys-random", MASTER + "maxmemory_policy:volatile-random",
				"role:slave")) {
			assertThat(warnings(2, info)).isNotEmpty()
				.allSatisfy((warning) -> assertThat(warning).hasSizeLessThan(160).hasLineCount(1));
		}
	}

	private static List<String> warnings(String info) {
		return warnings(0, info);
	}

	private static List<String> warnings(int waitReplicas, String info) {
		return condition(waitReplicas, info, Optional.of(false)).warnings();
	}

	private static StoreCondition condition(int waitReplicas, String info, Optional<Boolean> takesSnapshots) {
		return RedisInfo.parse(info).condition(Map.of(), waitReplicas, takesSnapshots);
	}

}
