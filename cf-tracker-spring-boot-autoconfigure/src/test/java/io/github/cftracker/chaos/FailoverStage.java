package io.github.cftracker.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.cftracker.test.CachedObject;
import io.github.cftracker.test.Invalidation;
import io.github.cftracker.testing.ReplicatedRedis;

/**
 * A {@link Stage} with a Redis that fails over, and what can be seen from its edge.
 */
final class FailoverStage implements AutoCloseable {

	private static final Duration SHOWN_WITHIN = Duration.ofSeconds(10);

	/**
	 * As long as the slowest page takes.
	 */
	private static final Duration STEADY = Duration.ofMillis(1500);

	private static final Duration FOLLOW_UPS = Duration.ofSeconds(20);

	private final Set<CachedObject> seen = new HashSet<>();

	private final ReplicatedRedis redis;

	private final Stage stage;

	private final Viewers viewers;

	private final Runs runs;

	private final String keys;

	FailoverStage(FailoverSetup setup, Path directory) {
		this.redis = setup.topology().start();
		try {
			List<String> properties = new ArrayList<>(this.redis.properties());
			properties.add("cf.tracker.redis.wait-replicas=" + setup.waitReplicas());
			this.stage = new Stage(directory, properties);
		}
		catch (RuntimeException ex) {
			this.redis.close();
			throw ex;
		}
		this.keys = "cf-tracker:{%s}:".formatted(this.stage.cloudFront().distributionId());
		this.viewers = new Viewers(this.stage.cloudFront().edge(), this.stage.http());
		this.runs = new Runs(this.stage.operators(), this.stage.cluster());
	}

	/**
	 * A key of the master that matters.
	 */
	String key() {
		return this.keys + "paths";
	}

	/**
	 * What is at the edge from before the last change, and stays there.
	 */
	List<CachedObject> awaitStale() {
		Wait.untilSteady(FOLLOW_UPS, STEADY, () -> stale().isEmpty());
		List<CachedObject> stale = stale();
		// Nobody asks the origin for it again, so it would be found in every round
		this.seen.addAll(stale);
		return stale;
	}

	private List<CachedObject> stale() {
		List<CachedObject> objects = this.stage.cloudFront().cachedObjects();
		return EdgeCheck.of(objects, this.stage.content().version(), List.of(), List.of())
			.stale()
			.stream()
			.filter((object) -> !this.seen.contains(object))
			.toList();
	}

	Set<String> tracked() {
		List<Set<String>> found = new ArrayList<>();
		Wait.until(SHOWN_WITHIN, () -> {
			this.stage.operators().tracked("/p/").ifPresent(found::add);
			return !found.isEmpty();
		});
		if (found.isEmpty()) {
			this.stage.problem("No node shows what is tracked");
			return Set.of();
		}
		return found.get(0);
	}

	/**
	 * What Redis holds of ours.
	 */
	void sayState(String why) {
		System.out.println(why + ", and Redis has:");
		this.redis.state(key(), this.keys + "*").forEach((line) -> System.out.println("  " + line));
	}

	BillCheck bill(Downtimes redisDown) {
		String control = this.stage.cluster().control().id();
		List<Downtime> outages = new ArrayList<>(redisDown.all());
		this.stage.cluster().all().forEach((node) -> outages.addAll(node.unwritten()));
		return BillCheck.of(this.stage.cloudFront().invalidations(), this.runs.possiblyBilledTwice(),
				new PageRequests(this.stage.forwarder()
					.requests()
					.stream()
					.filter((request) -> !request.node().equals(control))
					.toList(), this.stage.operators().accepted(), outages));
	}

	/**
	 * How many batches of a run CloudFront has accepted.
	 */
	long billed(String id) {
		return this.stage.cloudFront()
			.invalidations()
			.stream()
			.map(Invalidation::callerReference)
			.filter((reference) -> reference.contains(id))
			.count();
	}

	ReplicatedRedis redis() {
		return this.redis;
	}

	Stage stage() {
		return this.stage;
	}

	Viewers viewers() {
		return this.viewers;
	}

	Runs runs() {
		return this.runs;
	}

	@Override
	public void close() {
		this.viewers.close();
		this.stage.close();
		this.redis.close();
	}

}
