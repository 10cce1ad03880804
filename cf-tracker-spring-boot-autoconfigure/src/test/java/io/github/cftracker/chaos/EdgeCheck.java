package io.github.cftracker.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.github.cftracker.test.CachedObject;

/**
 * What the edge holds when an invalidation has completed: nothing from before it, apart
 * from what a killed node had not written yet.
 *
 * @param objects how many objects there are
 * @param lost those that are old because a node was killed shortly after
 * @param oldestLost the longest time from an object to the kill that lost it
 * @param lostInOutages how many of the lost ones could not be written before, because
 * Redis was down or the node stood still; they do not count for the longest time
 * @param stale those that are old for no such reason
 */
record EdgeCheck(int objects, List<CachedObject> lost, Duration oldestLost, int lostInOutages,
		List<CachedObject> stale) {

	static EdgeCheck of(List<CachedObject> objects, long version, Collection<Kill> kills,
			Collection<Downtime> redisOutages) {
		List<CachedObject> lost = new ArrayList<>();
		List<CachedObject> stale = new ArrayList<>();
		int inOutages = 0;
		Duration oldest = Duration.ZERO;
		for (CachedObject object : objects) {
			if (version(object) < version) {
				Kill kill = killOf(object, kills, redisOutages);
				if (kill == null) {
					stale.add(object);
				}
				else {
					lost.add(object);
					Duration age = Duration.between(object.storedAt(), kill.at());
					boolean inOutage = kill.isInOutage(redisOutages);
					inOutages += inOutage ? 1 : 0;
					oldest = (!inOutage && age.compareTo(oldest) > 0) ? age : oldest;
				}
			}
		}
		return new EdgeCheck(objects.size(), lost, oldest, inOutages, stale);
	}

	private static Kill killOf(CachedObject object, Collection<Kill> kills, Collection<Downtime> redisOutages) {
		return kills.stream()
			.filter((kill) -> kill.node().equals(first(object, ChaosNode.NODE)))
			.filter((kill) -> kill.mayHaveLost(object.storedAt(), redisOutages))
			.findFirst()
			.orElse(null);
	}

	private static long version(CachedObject object) {
		return Long.parseLong(first(object, ChaosNode.VERSION));
	}

	static String first(CachedObject object, String header) {
		return object.headers().getOrDefault(header, List.of("-1")).get(0);
	}

	static String describe(CachedObject object) {
		return "%s of version %s, stored at %s by %s".formatted(object.target(), first(object, ChaosNode.VERSION),
				object.storedAt(), first(object, ChaosNode.NODE));
	}

}
