package io.github.cftracker.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.github.cftracker.test.Fault;
import io.github.cftracker.testing.TestRedis;

/**
 * What can be done to those on the stage, and how often it was done.
 */
final class Chaos {

	private static final Duration SLOW_ANSWER = Duration.ofMillis(500);

	private static final int PATIENT_CALLS = 4;

	private final Map<String, Integer> tally = new ConcurrentHashMap<>();

	private final Downtimes redisDown = new Downtimes();

	private final Stage stage;

	private final TestRedis redis;

	private final Timeline timeline;

	Chaos(Stage stage, TestRedis redis, Timeline timeline) {
		this.stage = stage;
		this.redis = redis;
		this.timeline = timeline;
	}

	Optional<String> change() {
		count("changes");
		this.stage.content().change();
		return this.stage.operators().invalidate();
	}

	void kill(Function<List<Node>, Optional<Node>> choice) {
		this.stage.cluster().take(choice).ifPresentOrElse((node) -> {
			count("kills");
			this.stage.cluster().kill(node);
			this.timeline.in(Duration.ZERO, this.stage.cluster()::replace);
		}, () -> skip("no node may be taken"));
	}

	void pause(Function<List<Node>, Optional<Node>> choice, Duration lasting) {
		this.stage.cluster().take(choice).ifPresentOrElse((node) -> {
			count("pauses");
			node.pause();
			this.timeline.in(lasting, node::resume);
		}, () -> skip("no node may be taken"));
	}

	/**
	 * Waits, not for long, until a node can be taken without taking the last one.
	 */
	void onceThereAreSeveral(Runnable what) {
		Wait.until(Duration.ofSeconds(10), () -> this.stage.cluster().serving().size() > 1);
		what.run();
	}

	/**
	 * Does something when CloudFront has accepted a number of batches, or refused too
	 * many, and not yet answered the last of them.
	 */
	void inTheMiddleOfABatch(int batches, Runnable what) {
		int accepted = accepted() + batches;
		long called = called() + batches + PATIENT_CALLS;
		this.stage.cloudFront().answerAfter(SLOW_ANSWER);
		change();
		if (Wait.until(Duration.ofSeconds(12), Duration.ofMillis(20),
				() -> accepted() >= accepted || called() >= called)) {
			count("mid-batch");
			what.run();
		}
		else {
			skip("no batch was sent in time");
		}
		this.stage.cloudFront().answerAfter(Duration.ZERO);
	}

	private int accepted() {
		return this.stage.cloudFront().invalidations().size();
	}

	private long called() {
		return this.stage.cloudFront()
			.calls()
			.stream()
			.filter((call) -> call.operation().equals("CreateInvalidation"))
			.count();
	}

	synchronized void killRedis(Duration lasting) {
		if (this.redisDown.overlap(Instant.now(), Instant.now())) {
			skip("Redis is down");
			return;
		}
		count("Redis restarts");
		this.redisDown.begin();
		this.redis.kill();
		this.timeline.in(lasting, this::restartRedis);
	}

	private synchronized void restartRedis() {
		this.redis.restart();
		this.redisDown.end();
	}

	void fail(Fault fault, int times) {
		this.tally.merge(fault.name(), times, Integer::sum);
		this.stage.cloudFront().fail(times, fault);
	}

	private void skip(String why) {
		count("skipped");
		System.out.println("Skipped, because " + why);
	}

	private void count(String what) {
		this.tally.merge(what, 1, Integer::sum);
	}

	int tally(String what) {
		return this.tally.getOrDefault(what, 0);
	}

	Downtimes redisDown() {
		return this.redisDown;
	}

}
