package io.github.cftracker.run;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.github.cftracker.Claim;
import io.github.cftracker.Pricing;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.run.BatchSender.Pause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries on one run from wherever it stands, which may be where another node was killed:
 * first sends what is frozen, then claims, if that was not done, then freezes and sends
 * what is still claimed, batch by batch. Holds one batch in memory at a time.
 */
final class RunExecution {

	private static final Logger logger = LoggerFactory.getLogger(RunExecution.class);

	private static final int MANY = 1000;

	private final RunProgress run;

	private final BatchSender sender;

	private final RunItems items;

	private final Runnable flush;

	private final InvalidationSettings settings;

	private final RunPlanner planner;

	private final Pause pause;

	private final BooleanSupplier leaving;

	private final Instant deadline;

	private final Clock clock;

	private boolean following;

	RunExecution(RunProgress run, BatchSender sender, Runnable flush, InvalidationSettings settings, RunPlanner planner,
			Pause pause, BooleanSupplier leaving, Instant deadline, Clock clock) {
		this.planner = planner;
		this.run = run;
		this.sender = sender;
		this.flush = flush;
		this.settings = settings;
		this.pause = pause;
		this.leaving = leaving;
		this.deadline = deadline;
		this.clock = clock;
		this.items = new RunItems(run, sender, settings, this::hasToEnd, deadline);
	}

	/**
	 * Sends whatever can be sent. Where this node has to leave, the run stays as it is,
	 * for whoever comes next.
	 */
	void carryOn() {
		if (this.run.isSent()) {
			followUp(List.of());
			return;
		}
		boolean allSent = !hasToEnd() && sendFrozen() && sendOriginals();
		if (allSent || this.run.hasFailed()) {
			giveBackTheRest();
			this.run.sent();
		}
	}

	/**
	 * Sends late paths, after what is frozen and claimed of earlier ones.
	 * @param paths the paths
	 */
	void followUp(List<String> paths) {
		this.following = true;
		boolean sent = sendFrozen();
		if (isLeaving()) {
			return;
		}
		Claim claim = this.run.claimLate(paths);
		if (!paths.isEmpty()) {
			this.run.claimed(claim.size(), claim.size());
			this.run.followedUp(claim.size());
		}
		if (sent) {
			this.items.sendClaimed(claim, true);
		}
		if (!isLeaving()) {
			giveBackTheRest();
			this.run.sent();
		}
	}

	private boolean sendFrozen() {
		for (Batch batch : this.run.in(BatchState.SENDING)) {
			if (hasToEnd() || !sendFrozen(batch)) {
				return false;
			}
		}
		return true;
	}

	private boolean sendFrozen(Batch batch) {
		List<String> items = this.run.items(batch);
		if (items.isEmpty()) {
			String error = "The items of batch '%s' are missing in the store".formatted(batch.callerReference());
			logger.error("{}: {}", BatchLog.failed(this.run), error);
			this.run.lost(batch, error);
			return false;
		}
		return this.sender.send(this.run, batch, items, this.deadline);
	}

	private boolean sendOriginals() {
		if (!this.run.isClaimed()) {
			this.flush.run();
			if (!this.pause.await(this.settings.flushInterval())) {
				return false;
			}
		}
		Claim claim = this.run.claim();
		if (!this.run.isClaimed() && !plan(claim)) {
			return false;
		}
		return this.items.sendNamed(this.run.planned(), claim) && this.items.sendClaimed(claim, false);
	}

	private boolean plan(Claim claim) {
		PlannedRun planned = this.planner.plan(this.run.selection(), claim::forEach);
		if (planned.excess() != null && !planned.isRejected()) {
			logger.warn("Run {}: {}", this.run.id(), planned.excess());
		}
		if (planned.isRejected()) {
			this.run.failed(planned.excess() + ". Nothing was sent, all paths are still tracked");
			// Not before: whoever takes over a claimed run that has not failed sends it
			this.run.claimed(claim.size(), 0);
			return false;
		}
		if (planned.items() > MANY && !this.planner.folds()) {
			logger.warn("Run {} sends {} items, which cost about ${} beyond the free ones. Set "
					+ "'cf.tracker.invalidation.max-paths' to replace paths by wildcards, or request a dry run first",
					this.run.id(), planned.items(), Pricing.usd(planned.items()));
		}
		this.run.plan(planned.named());
		this.run.claimed(claim.size(), planned.items());
		return true;
	}

	private void giveBackTheRest() {
		for (Batch batch : this.run.in(BatchState.SENDING)) {
			if (batch.unanswered() == 0) {
				this.run.kept(batch);
			}
		}
		Claim claim = this.run.claimLate(List.of());
		if (!this.following) {
			this.items.forgetCovered(claim);
		}
		claim.close();
	}

	private boolean hasToEnd() {
		if (isLeaving()) {
			return true;
		}
		if (!this.following && !this.run.hasFailed() && this.clock.instant().isAfter(this.deadline)) {
			this.run.failed("Gave up after %s, paths that were not sent are still tracked"
				.formatted(this.settings.giveUpAfter()));
		}
		return !this.following && this.run.hasFailed();
	}

	private boolean isLeaving() {
		return this.leaving.getAsBoolean();
	}

}
