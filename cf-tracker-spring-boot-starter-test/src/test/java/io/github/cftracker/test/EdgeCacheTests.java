package io.github.cftracker.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EdgeCacheTests {

	private final EdgeCache cache = new EdgeCache(new MutableClock());

	@Test
	void evictsOldestBeyondTheLimit() {
		put("/oldest");
		put("/replaced");
		for (int i = 2; i < EdgeCache.MAX_OBJECTS; i++) {
			put("/" + i);
		}
		put("/replaced");
		put("/one-too-many");
		assertThat(this.cache.find("/oldest", "GET")).isNull();
		assertThat(this.cache.find("/replaced", "GET")).isNotNull();
		assertThat(this.cache.find("/2", "GET")).isNotNull();
		assertThat(this.cache.find("/one-too-many", "GET")).isNotNull();
	}

	@Test
	void dropsExactPathAndPrefix() {
		List.of("/a", "/a?x=1", "/ab", "/b/c", "/b/c?x=1", "/b").forEach(this::put);
		this.cache.drop(List.of("/a", "/b/*", "#tag", "/ab*c"));
		assertThat(List.of("/a", "/b/c", "/b/c?x=1")).allMatch((key) -> this.cache.find(key, "GET") == null);
		assertThat(List.of("/a?x=1", "/ab", "/b")).allMatch((key) -> this.cache.find(key, "GET") != null);
	}

	private void put(String key) {
		this.cache.put(key, "GET", new OriginResponse(200, Map.of(), new byte[0]), Duration.ofHours(1));
	}

}
