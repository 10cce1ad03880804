package io.github.cftracker.redis;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;

import io.github.cftracker.RoutesAndTagsContractTests;
import io.github.cftracker.UrlStore;
import io.github.cftracker.testing.TestRedis;
import io.github.cftracker.web.SpringPathPatterns;
import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisRoutesAndTagsTests extends RoutesAndTagsContractTests {

	private static TrackerRedis redis;

	private final RedisKeys keys = new RedisKeys("test", "E" + UUID.randomUUID().toString().replace("-", ""));

	@BeforeAll
	static void connect() {
		redis = TrackerRedis.to(RedisURI.create(TestRedis.shared().url()), Duration.ofSeconds(5));
	}

	@AfterAll
	static void disconnect() {
		redis.destroy();
	}

	@Override
	protected UrlStore createStore(long maxTagEntries) {
		return new RedisUrlStore(redis.template(), this.keys, Duration.ofSeconds(30), new SpringPathPatterns(),
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
