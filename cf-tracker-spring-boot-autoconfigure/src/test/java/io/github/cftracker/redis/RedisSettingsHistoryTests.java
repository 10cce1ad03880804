package io.github.cftracker.redis;

import java.util.UUID;

import io.github.cftracker.distribution.SettingsHistory;
import io.github.cftracker.testing.SharedRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class RedisSettingsHistoryTests {

	@RegisterExtension
	static final SharedRedis redis = new SharedRedis();

	@Test
	void nodesOfOneDistributionShareVersion() {
		RedisKeys keys = new RedisKeys("test", UUID.randomUUID().toString());
		SettingsHistory history = new RedisSettingsHistory(redis.own(), keys);
		assertThat(history.version()).isNull();
		new RedisSettingsHistory(redis.own(), keys).version("E2QWRUHAPOMQZL");
		assertThat(history.version()).isEqualTo("E2QWRUHAPOMQZL");
		assertThat(redis.template().opsForValue().get(keys.settings())).isEqualTo("E2QWRUHAPOMQZL");
	}

}
