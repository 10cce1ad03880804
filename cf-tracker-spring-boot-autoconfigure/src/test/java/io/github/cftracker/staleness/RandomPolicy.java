package io.github.cftracker.staleness;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.cftracker.test.BehaviorSettings;

/**
 * How a random cache behavior caches.
 *
 * @param managed the id of a managed cache policy, empty for none
 * @param mode which parameters are in the cache key
 * @param names the names for the modes that have some
 * @param forwardsAll whether the origin gets the whole query string
 * @param ttls MinTTL, DefaultTTL and MaxTTL in seconds
 * @param legacy whether these are settings of the behavior, without a cache policy
 * @param keepsId whether the cache policy keeps its id when it changes
 */
record RandomPolicy(String managed, Mode mode, List<String> names, boolean forwardsAll, List<Integer> ttls,
		boolean legacy, boolean keepsId) {

	private static final List<List<Integer>> TTLS = List.of(List.of(0, 86_400, 31_536_000), List.of(0, 0, 31_536_000),
			List.of(0, 600, 600), List.of(60, 600, 3600), List.of(300, 300, 300), List.of(1, 86_400, 31_536_000),
			List.of(0, 0, 0), List.of(0, 30, 60));

	private static final Map<String, RandomPolicy> MANAGED = Map.of("658327ea-f89d-4fab-a63d-7e88639e58f6",
			managed("658327ea-f89d-4fab-a63d-7e88639e58f6", Mode.NONE, List.of(1, 86_400, 31_536_000)),
			"4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
			managed("4135ea2d-6df8-44a3-9df3-4b5a84be39ad", Mode.NONE, List.of(0, 0, 0)),
			"2e54312d-136d-493c-8eb9-b001f22f67d2",
			managed("2e54312d-136d-493c-8eb9-b001f22f67d2", Mode.ALL, List.of(2, 2, 600)),
			"83da9c7e-98b4-4e11-a168-04f0df8e2c65",
			managed("83da9c7e-98b4-4e11-a168-04f0df8e2c65", Mode.NONE, List.of(0, 0, 31_536_000)),
			"4cc15a8a-d715-48a4-82b8-cc0b614638fe",
			managed("4cc15a8a-d715-48a4-82b8-cc0b614638fe", Mode.ALL, List.of(0, 0, 31_536_000)));

	private static final List<String> MANAGED_IDS = MANAGED.keySet().stream().sorted().toList();

	enum Mode {

		ALL, NONE, ONLY, EXCEPT

	}

	private static RandomPolicy managed(String id, Mode mode, List<Integer> ttls) {
		return new RandomPolicy(id, mode, List.of(), false, ttls, false, false);
	}

	static RandomPolicy random(Random random) {
		if (random.nextInt(4) == 0) {
			RandomPolicy managed = MANAGED.get(Choice.of(random, MANAGED_IDS));
			return (random.nextBoolean()) ? managed
					: new RandomPolicy(managed.managed, managed.mode, List.of(), true, managed.ttls, false, false);
		}
		boolean legacy = random.nextInt(4) == 0;
		Mode mode = Choice.of(random, List.of(Mode.values()));
		if (legacy && mode == Mode.EXCEPT) {
			mode = Mode.ALL;
		}
		List<String> names = switch (mode) {
			case ALL, NONE -> List.of();
			case ONLY, EXCEPT -> Choice.of(random, List.of(List.of("a"), List.of("b", "a"), List.of("utm")));
		};
		boolean forwardsAll = random.nextBoolean() && !(legacy && mode == Mode.NONE);
		return new RandomPolicy("", mode, names, forwardsAll, Choice.of(random, TTLS), legacy,
				!legacy && random.nextBoolean());
	}

	RandomPolicy withOtherQueryStrings(Random random) {
		RandomPolicy other = random(random);
		while (!other.managed.isEmpty() || other.legacy || sameQueryStrings(other)) {
			other = random(random);
		}
		return new RandomPolicy("", other.mode, other.names, other.forwardsAll, this.ttls, false, this.keepsId);
	}

	RandomPolicy withOtherTtls(Random random) {
		List<Integer> other = Choice.of(random, TTLS);
		return new RandomPolicy("", this.mode, this.names, this.forwardsAll, other, this.legacy || (this.keepsId
				&& random.nextBoolean() && this.mode != Mode.EXCEPT && !(this.mode == Mode.NONE && this.forwardsAll)),
				this.keepsId);
	}

	boolean sameQueryStrings(RandomPolicy other) {
		return this.mode == other.mode && this.names.equals(other.names);
	}

	boolean cachesNothing() {
		return this.ttls.get(2) == 0;
	}

	void applyTo(BehaviorSettings behavior, String id) {
		if (this.forwardsAll) {
			behavior.forwardsAllQueryStrings();
		}
		if (!this.managed.isEmpty()) {
			behavior.cachePolicy(this.managed);
			return;
		}
		String[] named = this.names.toArray(String[]::new);
		switch (this.mode) {
			case ALL -> behavior.allQueryStrings();
			case NONE -> behavior.noQueryStrings();
			case ONLY -> behavior.queryStrings(named);
			case EXCEPT -> behavior.queryStringsExcept(named);
		}
		behavior.ttl(Duration.ofSeconds(this.ttls.get(0)), Duration.ofSeconds(this.ttls.get(1)),
				Duration.ofSeconds(this.ttls.get(2)));
		if (this.legacy) {
			behavior.legacySettings();
		}
		else if (this.keepsId) {
			behavior.cachePolicyId(id);
		}
	}

	@Override
	public String toString() {
		String kind = (!this.managed.isEmpty()) ? "managed " + this.managed : (this.legacy ? "legacy" : "policy");
		return "%s %s%s%s TTLs %s".formatted(kind, this.mode, this.names, this.forwardsAll ? " forwards all" : "",
				this.ttls);
	}

}
