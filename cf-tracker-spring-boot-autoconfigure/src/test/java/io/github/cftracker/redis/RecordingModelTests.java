package io.github.cftracker.redis;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.testing.SharedRedis;
import io.github.cftracker.web.SpringPathPatterns;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Records at random, in Redis and in memory, and finds the same in both: whichever of its
 * ways the script takes.
 */
class RecordingModelTests {

	private static final List<Duration> LIFETIMES = List.of(Duration.ofHours(1), Duration.ofHours(2),
			Duration.ofHours(3), PathLifetime.FOREVER);

	private static final List<String> PATHS = List.of("/a", "/b", "/c", "/d", "/e*", "/f/*", "/g?x=1", "/g?*", "/h");

	@RegisterExtension
	static final SharedRedis redis = new SharedRedis();

	private final Random random = new Random();

	private final UrlStore inRedis = new RedisUrlStore(redis.own(),
			new RedisKeys("test", "E" + UUID.randomUUID().toString().replace("-", "")), Duration.ofSeconds(30),
			new SpringPathPatterns(), 1000);

	private final UrlStore inMemory = new MemoryUrlStore(Clock.systemUTC(), new SpringPathPatterns(), 1000);

	@RepeatedTest(20)
	void findsTheSameInBoth() {
		recordAndCompare(List.of("/r1", "/r2", "-"), List.of("", "", "x", "y x"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "-", "/r1", "/r1 -", "/r1 /r2 -" })
	void findsTheSameInBothWithoutTags(String routes) {
		for (int i = 0; i < 5; i++) {
			recordAndCompare(List.of(routes.split(" ")), List.of(""));
		}
	}

	private void recordAndCompare(List<String> routes, List<String> tags) {
		List<List<PathLifetime>> history = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			List<PathLifetime> batch = batch(routes, tags);
			history.add(batch);
			this.inRedis.track(batch);
			this.inMemory.track(batch);
			if (this.random.nextInt(10) == 0) {
				List<String> gone = List.of(PATHS.get(this.random.nextInt(PATHS.size())));
				this.inRedis.untrack(gone);
				this.inMemory.untrack(gone);
			}
			assertThat(tracked(this.inRedis)).as("after %s", history).isEqualTo(tracked(this.inMemory));
		}
	}

	private List<PathLifetime> batch(List<String> routes, List<String> tags) {
		List<PathLifetime> batch = new ArrayList<>();
		for (int i = 0; i < this.random.nextInt(1, 8); i++) {
			String path = PATHS.get(this.random.nextInt(PATHS.size()));
			if (batch.stream().noneMatch((other) -> other.path().equals(path))) {
				String route = routes.get(this.random.nextInt(routes.size()));
				String tag = tags.get(this.random.nextInt(tags.size()));
				batch.add(new PathLifetime(path, LIFETIMES.get(this.random.nextInt(LIFETIMES.size())), Duration.ZERO,
						"-".equals(route) ? null : route, tag.isEmpty() ? Set.of() : Set.of(tag.split(" "))));
			}
		}
		return batch;
	}

	/**
	 * What is tracked, with the hours that are left.
	 */
	private static List<String> tracked(UrlStore store) {
		return store.scan("/", 100)
			.stream()
			.sorted(Comparator.comparing(TrackedPath::path))
			.map((path) -> "%s %s %s %s".formatted(path.path(), hours(path), path.route(),
					path.tags().stream().sorted().toList()))
			.toList();
	}

	private static String hours(TrackedPath path) {
		return (path.expiresAt() == null) ? "forever" : "%dh"
			.formatted(Math.round(Duration.between(Clock.systemUTC().instant(), path.expiresAt()).toMinutes() / 60.0));
	}

}
