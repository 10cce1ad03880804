package io.github.cftracker.testing;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("full")
class ReplicatedRedisTests {

	private static final String KEY = "cf-tracker:{E123}:paths";

	@Test
	void clusterFailsOver() {
		try (TestRedisCluster redis = TestRedisCluster.start()) {
			assertFailsOver(redis);
		}
	}

	@Test
	void sentinelsFailOver() {
		try (TestSentinels redis = TestSentinels.start()) {
			assertFailsOver(redis);
		}
	}

	private static void assertFailsOver(ReplicatedRedis redis) {
		redis.makeWhole(KEY);
		write(redis, "kept");
		redis.aimAtMaster(KEY);
		redis.cutOffReplicas();
		write(redis, "lost");
		String before = redis.masterUrl(KEY);
		redis.killMaster();
		redis.awaitMaster(KEY);
		assertThat(redis.masterUrl(KEY)).isNotEqualTo(before);
		assertThat(read(redis)).isEqualTo("kept");
		redis.makeWhole(KEY);
		write(redis, "again");
		redis.aimAtMaster(KEY);
		redis.killMaster();
		redis.awaitMaster(KEY);
		assertThat(read(redis)).isEqualTo("again");
	}

	private static void write(ReplicatedRedis redis, String value) {
		redis.calls.ask(redis.findMaster(KEY).orElseThrow(), (commands) -> {
			commands.set(KEY, value);
			// As long as it takes where a replica listens
			return commands.waitForReplication(1, 500);
		});
	}

	private static String read(ReplicatedRedis redis) {
		return redis.calls.ask(redis.findMaster(KEY).orElseThrow(), (commands) -> commands.get(KEY));
	}

}
