package io.github.cftracker.run;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

import io.github.cftracker.Claim;
import io.github.cftracker.Pricing;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.BatchState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over a run from wherever it stands, which may be where another node was
 * killed: first sends what is frozen and due, then claims, if that was not done, then
 * freezes and sends what is still claimed, batch by batch. Holds one batch in memory at a
 * time.
 */
final class RunExecution {

	private static final Logger logger = LoggerFactory.getLogger(RunExecution.class);

	private static final int MANY = 1000;

	/**
	 * How many batches of a run may wait to be accepted before no further one is frozen.
	 * So many refusals are most likely not the fault of the batches.
	 */
	private static final int MOST_WAITING = 4;

	private final RunProgress run;

	private final BatchSender sender;

	private final RunItems items;

	private final Runnable flush;

	private final InvalidationSettings settings;

	private final RunPlanner planner;

	private final Pause pause;

	private final BooleanSupplier leaving;

	private final InstantSource time;

	private final Set<String> attempted = new HashSet<>();

	private boolean following;

	private boolean ended;

	RunExecution(RunProgress run, BatchSender sender, Runnable flush, InvalidationSettings settings, RunPlanner planner,
			Pause pause, BooleanSupplier leaving, BatchLimit limit, InstantSource time) {
		this.planner = planner;
		this.run = run;
		this.sender = sender;
		this.flush = flush;
		this.settings = settings;
		this.pause = pause;
		this.leaving = leaving;
		this.time = time;
		this.items = new RunItems(run, settings, limit, this::hasToEnd, this::sendFrozen);
	}

	/**
	 * Send whatever can be sent now. Batches that are due later stay frozen, for the next
	 * call. Where this node has to leave, the run stays as it is, for another node.
	 */
	void resume() {
		if (this.run.isSent()) {
			followUp(List.of());
			return;
		}
		boolean allSent = !hasToEnd() && sendFrozen() && sendOriginals() && !isWaiting();
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
		boolean allSent = sent && this.items.sendClaimed(claim, true) && !isWaiting();
		if ((allSent || this.ended) && !isLeaving()) {
			giveBackTheRest();
			this.run.sent();
		}
	}

	/**
	 * Whether batches are due later.
	 */
	private boolean isWaiting() {
		return !this.run.in(BatchState.SENDING).isEmpty();
	}

	/**
	 * Send the frozen batches that are due.
	 * @return whether to freeze others now
	 */
	private boolean sendFrozen() {
		Optional<Batch> next = nextFrozen();
		while (next.isPresent()) {
			if (hasToEnd() || !sendFrozen(next.get())) {
				return false;
			}
			next = nextFrozen();
		}
		return this.run.in(BatchState.SENDING).size() < MOST_WAITING;
	}

	private Optional<Batch> nextFrozen() {
		// Once in a pass: other runs have their turn
		return this.run.bisection()
			.next(this.run.in(BatchState.SENDING)
				.stream()
				.filter((batch) -> this.sender.isDue(batch) && !this.attempted.contains(batch.callerReference()))
				.toList());
	}

	private boolean sendFrozen(Batch batch) {
		List<String> items = this.run.items(batch);
		if (items.isEmpty()) {
			String error = "The items of batch '%s' are missing in the store".formatted(batch.callerReference());
			logger.error("{}: {}", BatchLog.failed(this.run), error);
			this.run.lost(batch, error);
			this.ended = true;
			return false;
		}
		this.attempted.add(batch.callerReference());
		return switch (this.sender.send(this.run, batch, items)) {
			case SETTLED -> {
				this.ended = !this.sender.settleSuspects(this.run);
				yield !this.ended;
			}
			case LATER -> true;
			case ENDED -> {
				this.ended = true;
				yield false;
			}
		};
	}

	private boolean sendOriginals() {
		if (!this.run.isClaimed()) {
			this.planner.distribution().refresh();
			this.flush.run();
			if (!this.pause.await(this.settings.flushInterval())) {
				return false;
			}
		}
		Claim claim = this.run.claim(this.planner.claimed(this.run.selection()));
		if (!this.run.isClaimed() && !plan(claim)) {
			return false;
		}
		return this.items.sendNamed(this.run.planned(), claim, this::isWaiting) && this.items.sendClaimed(claim, false);
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
		Pricing pricing = this.planner.pricing();
		if (planned.items() > MANY && pricing.bills(planned.items()) && !this.planner.folds()) {
			logger.warn("Run {} sends {} items, which cost about ${} beyond the {} free ones of a month. Set "
					+ "'cf.tracker.invalidation.max-paths' to replace paths by wildcards, or request a dry run first",
					this.run.id(), planned.items(), pricing.usd(planned.items()), pricing.freeItems());
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
		if (!this.following && !this.run.hasFailed() && this.time.instant().isAfter(this.run.deadline())) {
			giveUp();
		}
		return !this.following && this.run.hasFailed();
	}

	private void giveUp() {
		Optional<Batch> waiting = this.run.in(BatchState.SENDING)
			.stream()
			.filter((batch) -> batch.error() != null)
			.findFirst();
		if (waiting.isPresent()) {
			this.sender.giveUp(this.run, waiting.get());
		}
		this.run.failed(
				"Gave up after %s, paths that were not sent are still tracked".formatted(this.settings.giveUpAfter()));
	}

	private boolean isLeaving() {
		return this.leaving.getAsBoolean();
	}

}
