package io.github.cftracker.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import io.github.cftracker.Claim;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.distribution.Ttls;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.recording.TestRecorder;
import io.github.cftracker.testing.SharedRedis;
import io.github.cftracker.tracking.LifetimePolicy;
import io.github.cftracker.web.SpringPathPatterns;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes do the same at random on Redis, where they leave out what it knows, and on a
 * store that is told everything: in the end both have the same.
 */
class WriteSuppressionModelTests {

	private static final List<String> PATHS = List.of("/a", "/b", "/c", "/d?x=1", "/e");

	private static final List<Duration> LIFETIMES = List.of(Duration.ofMinutes(5), Duration.ofHours(1),
			Duration.ofHours(1), Duration.ofHours(2), PathLifetime.FOREVER);

	@RegisterExtension
	static final SharedRedis redis = new SharedRedis();

	private final long seed = new Random().nextLong();

	private final Random random = new Random(this.seed);

	private final RedisKeys keys = new RedisKeys("test", "E" + UUID.randomUUID().toString().replace("-", ""));

	private final World known = new World(inRedis(), inRedis());

	private final MemoryUrlStore memory = new MemoryUrlStore(Clock.systemUTC(), new SpringPathPatterns(), 1000);

	private final World told = new World(this.memory, this.memory);

	private final List<String> history = new ArrayList<>();

	@RepeatedTest(30)
	void nothingIsMissingInTheEnd() {
		for (int i = 0; i < 150; i++) {
			step();
		}
		both("flush 0", (world) -> world.nodes.get(0).flush());
		both("flush 1", (world) -> world.nodes.get(1).flush());
		assertThat(this.known.tracked()).as("seed %d: %s", this.seed, this.history).isEqualTo(this.told.tracked());
	}

	private void step() {
		int node = this.random.nextInt(2);
		String path = PATHS.get(this.random.nextInt(PATHS.size()));
		switch (this.random.nextInt(24)) {
			case 0 -> both("untrack " + path, (world) -> world.nodes.get(node).untrack(path));
			case 1 -> both("expire " + path, (world) -> world.nodes.get(node).expire(path, Duration.ofMinutes(2)));
			case 2 -> claim(Selection.ofEverything());
			case 3 -> claim(new Selection(List.of(path)));
			case 4 -> both("fold", (world) -> world.stores.get(0)
				.fold(new PathLifetime("/d*", Duration.ofHours(1)), List.of("/d?x=1")));
			case 5, 6, 7, 8, 9, 10 -> both("flush " + node, (world) -> world.nodes.get(node).flush());
			default -> respond(node, path);
		}
	}

	private void claim(Selection selection) {
		boolean giveBack = this.random.nextInt(4) == 0;
		both("claim " + selection + giveBack, (world) -> {
			try (Claim claim = world.stores.get(0).claim(UUID.randomUUID().toString(), selection)) {
				List<TrackedPath> claimed = claim.next(10);
				if (!giveBack) {
					claim.forget(claimed.stream().map(TrackedPath::path).toList());
				}
			}
		});
	}

	private void respond(int node, String path) {
		Duration lifetime = LIFETIMES.get(this.random.nextInt(LIFETIMES.size()));
		Set<String> tags = (this.random.nextInt(10) == 0) ? Set.of("t" + this.random.nextInt(3)) : Set.of();
		// Later than the last answer, so that the path may be known
		long startedAt = System.nanoTime() + 1_100_000;
		while (System.nanoTime() < startedAt) {
			Thread.onSpinWait();
		}
		both("%d responds %s %s %s".formatted(node, path, lifetime, tags),
				(world) -> world.nodes.get(node).track(path, lifetime, startedAt, "/route" + path.charAt(1), tags));
	}

	private void both(String what, Consumer<World> action) {
		this.history.add(what);
		action.accept(this.known);
		action.accept(this.told);
	}

	private UrlStore inRedis() {
		return new RedisUrlStore(redis.own(), this.keys, Duration.ofSeconds(30), new SpringPathPatterns(), 1000);
	}

	/**
	 * Two nodes and what they write to.
	 */
	private static final class World {

		private final List<UrlStore> stores;

		private final List<PathRecorder> nodes;

		private World(UrlStore... stores) {
			this.stores = List.of(stores);
			this.nodes = this.stores.stream()
				.map((store) -> TestRecorder.of(store,
						new LifetimePolicy(LifetimePolicy.Mode.DERIVED, Duration.ofHours(1),
								new Ttls(Duration.ZERO, Duration.ofHours(1), Duration.ofDays(365)), Duration.ZERO,
								Clock.systemUTC()),
						1000))
				.toList();
		}

		/**
		 * What is tracked, with about what is left of the lifetime.
		 */
		private List<String> tracked() {
			return this.stores.get(0)
				.scan("/", 100)
				.stream()
				.map((path) -> "%s %s %s %s".formatted(path.path(), left(path), path.route(),
						path.tags().stream().sorted().toList()))
				.sorted()
				.toList();
		}

		private static String left(TrackedPath path) {
			return (path.expiresAt() == null) ? "forever" : "%d x 5 min"
				.formatted(Math.round(Duration.between(Instant.now(), path.expiresAt()).toSeconds() / 300.0));
		}

	}

}
