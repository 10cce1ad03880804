package io.github.cftracker.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Kills a master in the middle of something, and has an invalidation requested before or
 * after.
 */
final class Failover implements AutoCloseable {

	private static final Duration SLOW_ANSWER = Duration.ofMillis(400);

	private static final Duration SOON = Duration.ofMillis(150);

	private static final Duration SOMETIME = Duration.ofMillis(1500);

	private final Timeline timeline = new Timeline();

	private final Downtimes redisDown = new Downtimes();

	private final FailoverStage its;

	private final Duration lag;

	private volatile Instant killed = Instant.MAX;

	private volatile Instant replaced = Instant.MAX;

	private volatile String master = "";

	Failover(FailoverStage stage, Duration lag) {
		this.its = stage;
		this.lag = lag;
	}

	/**
	 * Returns when there is a master again.
	 * @return the run, empty if nobody accepted the request
	 */
	Optional<String> during(Phase phase) throws InterruptedException, ExecutionException {
		this.its.redis().aimAtMaster(this.its.key());
		return switch (phase) {
			case RECORDING -> recording();
			case CLAIM -> claim();
			case RUN -> run();
		};
	}

	private Optional<String> recording() throws InterruptedException, ExecutionException {
		this.timeline.in(random(SOMETIME), this::cutOffAndKill);
		awaitMaster();
		return request();
	}

	private Optional<String> claim() throws InterruptedException, ExecutionException {
		this.its.stage().content().change();
		if (!this.lag.isZero()) {
			cutOffAndKill();
		}
		Optional<String> id = this.its.stage().operators().invalidate();
		if (this.lag.isZero()) {
			this.timeline.in(random(SOON), this::kill);
		}
		awaitMaster();
		return id;
	}

	private Optional<String> run() throws InterruptedException, ExecutionException {
		this.its.stage().cloudFront().answerAfter(SLOW_ANSWER);
		Optional<String> id = request();
		if (!Wait.until(Duration.ofSeconds(10), Duration.ofMillis(10),
				() -> id.isPresent() && this.its.billed(id.get()) > 0)) {
			this.its.stage().problem("No batch was sent in time");
		}
		this.timeline.in(random(SLOW_ANSWER), this::cutOffAndKill);
		awaitMaster();
		this.its.stage().cloudFront().answerAfter(Duration.ZERO);
		return id;
	}

	private Optional<String> request() {
		this.its.stage().content().change();
		return this.its.stage().operators().invalidate();
	}

	private void cutOffAndKill() {
		if (!this.lag.isZero()) {
			this.its.redis().cutOffReplicas();
		}
		this.timeline.in(this.lag, this::kill);
	}

	private void kill() {
		this.redisDown.begin();
		this.killed = Instant.now();
		this.its.redis().killMaster();
	}

	private void awaitMaster() throws InterruptedException, ExecutionException {
		this.timeline.awaitEnd();
		this.its.redis().awaitMaster(this.its.key());
		this.replaced = Instant.now();
		this.master = this.its.redis().masterUrl(this.its.key());
		this.redisDown.end();
	}

	/**
	 * Whether Redis has failed over once more, by itself.
	 */
	boolean isRepeated() {
		return !this.its.redis().masterUrl(this.its.key()).equals(this.master);
	}

	/**
	 * How long there was no master.
	 */
	Duration masterAfter() {
		return Duration.between(this.killed, this.replaced);
	}

	Instant killed() {
		return this.killed;
	}

	Downtimes redisDown() {
		return this.redisDown;
	}

	private static Duration random(Duration atMost) {
		return Duration.ofMillis(ThreadLocalRandom.current().nextLong(atMost.toMillis() + 1));
	}

	@Override
	public void close() {
		this.timeline.close();
	}

}
