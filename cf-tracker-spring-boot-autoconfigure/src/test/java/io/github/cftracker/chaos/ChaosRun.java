package io.github.cftracker.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

import io.github.cftracker.testing.TestRedis;

/**
 * One seed: the chaos, the calm after it, a last invalidation, and the verdict.
 */
final class ChaosRun implements AutoCloseable {

	private static final int LAST_INVALIDATIONS = 2;

	private static final int MOST_INVALIDATIONS = 10;

	private static final Duration FOLLOW_UPS = Duration.ofSeconds(20);

	private final long seed;

	private final Timeline timeline = new Timeline();

	private final Stage stage;

	private final Chaos chaos;

	private final Viewers viewers;

	private final Runs runs;

	private int held;

	private ChaosRun(long seed, Path directory, TestRedis redis) {
		this.seed = seed;
		this.stage = new Stage(directory, List.of("cf.tracker.redis-url=" + redis.url()));
		this.chaos = new Chaos(this.stage, redis, this.timeline);
		this.viewers = new Viewers(this.stage.cloudFront().edge(), this.stage.http());
		this.runs = new Runs(this.stage.operators(), this.stage.cluster());
	}

	static Result of(long seed, Duration length, Path directory) throws InterruptedException, ExecutionException {
		try (TestRedis redis = TestRedis.start("--appendonly", "yes", "--appendfsync", "always");
				ChaosRun run = new ChaosRun(seed, directory, redis)) {
			run.warmUp();
			run.happen(Schedule.of(seed, length));
			long version = run.calmDown();
			run.end();
			return run.verdict(version);
		}
	}

	private void warmUp() {
		expect(Duration.ofSeconds(30), "The nodes are not warm",
				() -> this.stage.cluster().serving().stream().allMatch(Node::isWarm)
						&& this.viewers.requested() > Viewers.PAGES / 4);
	}

	private void happen(List<Event> events) throws InterruptedException, ExecutionException {
		events.forEach((event) -> this.timeline.in(event.at(), () -> event.happen(this.chaos)));
		this.timeline.awaitEnd();
		expect(Duration.ofSeconds(10), "There are not as many nodes as before",
				() -> this.stage.cluster().serving().size() == Cluster.SIZE);
		// Not a failure yet: the last invalidation may be what moves them on
		this.runs.awaitEnd().forEach((open) -> System.out.println("Before the last invalidation: " + open));
	}

	/**
	 * Invalidates a last time, and before that once more, so that the edge is empty and
	 * pages are being rendered. Faults that are still ahead may make one fail.
	 */
	private long calmDown() {
		Wait.until(Duration.ofSeconds(10), () -> held() > Viewers.PAGES / 2);
		int completed = 0;
		String state = "never requested";
		for (int i = 0; i < MOST_INVALIDATIONS && completed < LAST_INVALIDATIONS; i++) {
			this.held = Math.max(this.held, held());
			Instant from = Instant.now();
			state = this.chaos.change().map(this.runs::awaitEnd).orElse("refused");
			System.out.printf("The last invalidation is %s after %s%n", state, Duration.between(from, Instant.now()));
			completed += state.equals("COMPLETED") ? 1 : 0;
		}
		if (!state.equals("COMPLETED")) {
			this.stage.problem("The last of %d invalidations is %s".formatted(MOST_INVALIDATIONS, state));
		}
		return this.stage.content().version();
	}

	private int held() {
		return this.stage.cloudFront().cachedObjects().size();
	}

	private void end() {
		if (!this.viewers.stop()) {
			this.stage.problem("Viewers still wait for pages");
		}
		expect(Duration.ofSeconds(30), "Pages are still being rendered", () -> this.stage.forwarder().inFlight() == 0);
		if (!Wait.untilSteady(Duration.ofSeconds(20), Duration.ofMillis(500),
				() -> this.stage.cluster()
					.serving()
					.stream()
					.allMatch((node) -> this.stage.operators().pending(node) == 0))) {
			this.stage.problem("Tracked paths are never written");
		}
	}

	private Result verdict(long version) {
		Wait.until(FOLLOW_UPS, () -> edge(version).stale().isEmpty());
		this.runs.awaitEnd().forEach(this.stage::problem);
		List<Downtime> outages = new ArrayList<>(this.chaos.redisDown().all());
		List<PageRequest> requests = this.stage.forwarder().requests();
		Cluster cluster = this.stage.cluster();
		String control = cluster.control().id();
		cluster.all().forEach((node) -> outages.addAll(node.unwritten()));
		BillCheck bill = BillCheck.of(this.stage.cloudFront().invalidations(), this.runs.possiblyBilledTwice(),
				new PageRequests(requests.stream().filter((request) -> !request.node().equals(control)).toList(),
						this.stage.operators().accepted(), outages));
		PageCheck pages = PageCheck.of(requests, control,
				(node, from, to) -> cluster.node(node).downtimes().overlap(from, to), this.chaos.redisDown()::overlap);
		return new Result(this.seed, this.stage, this.chaos, this.viewers, this.held, edge(version), bill, pages);
	}

	private EdgeCheck edge(long version) {
		return EdgeCheck.of(this.stage.cloudFront().cachedObjects(), version, this.stage.cluster().kills(),
				this.chaos.redisDown().all());
	}

	private void expect(Duration atMost, String otherwise, Callable<Boolean> condition) {
		if (!Wait.until(atMost, condition)) {
			this.stage.problem(otherwise);
		}
	}

	@Override
	public void close() {
		this.timeline.close();
		this.viewers.close();
		this.stage.close();
	}

}
