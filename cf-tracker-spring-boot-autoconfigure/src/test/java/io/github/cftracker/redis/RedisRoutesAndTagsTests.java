package io.github.cftracker.redis;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;

import io.github.cftracker.RoutesAndTagsContractTests;
import io.github.cftracker.UrlStore;
import io.github.cftracker.testing.SharedRedis;
import io.github.cftracker.web.SpringPathPatterns;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisRoutesAndTagsTests extends RoutesAndTagsContractTests {

	@RegisterExtension
	static final SharedRedis redis = new SharedRedis();

	private final RedisKeys keys = new RedisKeys("test", "E" + UUID.randomUUID().toString().replace("-", ""));

	/**
	 * The connection to test, of which there are two kinds.
	 */
	TrackerRedisConnection connection() {
		return redis.own();
	}

	@Override
	protected UrlStore createStore(long maxTagEntries) {
		return new RedisUrlStore(connection(), this.keys, Duration.ofSeconds(30), new SpringPathPatterns(),
				maxTagEntries);
	}

	@Override
	protected boolean hasNoTags() {
		Set<String> kept = redis.template().keys(this.keys.tag("*"));
		String count = redis.template().opsForValue().get(this.keys.tags().replace(":tags", ":tag-count"));
		boolean counted = count != null && !"0".equals(count);
		return kept.isEmpty() && !redis.template().hasKey(this.keys.tags()) && !counted;
	}

}
