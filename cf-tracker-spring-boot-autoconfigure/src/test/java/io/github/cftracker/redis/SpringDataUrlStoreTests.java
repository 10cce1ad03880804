package io.github.cftracker.redis;

import java.util.UUID;

import io.github.cftracker.UrlStore;
import io.github.cftracker.UrlStoreContractTests;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.SharedRedis;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The same store on the application's connection.
 */
class SpringDataUrlStoreTests extends UrlStoreContractTests {

	@RegisterExtension
	static final SharedRedis redis = new SharedRedis();

	@Override
	protected UrlStore createStore() {
		return RedisStores.create(redis.applications(), new RedisKeys("test", UUID.randomUUID().toString()));
	}

}
