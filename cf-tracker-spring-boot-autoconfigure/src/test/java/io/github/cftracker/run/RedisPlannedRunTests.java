package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;

import io.github.cftracker.UrlStore;
import io.github.cftracker.redis.LedgerSettings;
import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.redis.RedisRunLedger;
import io.github.cftracker.redis.RedisUrlStore;
import io.github.cftracker.redis.TrackerRedisConnection;
import io.github.cftracker.testing.SharedRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class RedisPlannedRunTests extends PlannedRunContractTests {

	@RegisterExtension
	static final SharedRedis redis = new SharedRedis();

	/**
	 * Return the connection to test. Subclasses test another kind.
	 */
	TrackerRedisConnection connection() {
		return redis.own();
	}

	@Override
	UrlStore createStore() {
		return new RedisUrlStore(connection(), keys(), Duration.ofSeconds(30), PATTERNS, 1_000_000);
	}

	@Override
	RunLedger createLedger(Clock clock) {
		return new RedisRunLedger(connection(), keys(),
				new LedgerSettings(Duration.ofSeconds(30), Duration.ofMinutes(10), 50, 0), PATTERNS, clock);
	}

	@Test
	void countsAcceptanceWrittenTwiceOnce() {
		RunLedger doubting = ScriptedLedger.repeating(this.ledger, "accept");
		bill(doubting, "run", 10);
		assertThat(this.ledger.status().billedThisMonth()).isEqualTo(10);
	}

	private RedisKeys keys() {
		return new RedisKeys("test", this.name);
	}

}
