package io.github.cftracker.run;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import io.github.cftracker.CacheTag;
import io.github.cftracker.Claim;
import io.github.cftracker.InvalidationPath;
import io.github.cftracker.Pricing;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.plan.Coverage;
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

	private static final int CHUNK = 1000;

	private static final int MANY = 1000;

	private final RunProgress run;

	private final BatchSender sender;

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
		}
		if (sent) {
			sendClaimed(claim, true);
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
			this.run.lost(batch);
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
		return sendNamed(this.run.planned(), claim) && sendClaimed(claim, false);
	}

	private boolean plan(Claim claim) {
		PlannedRun planned = this.planner.plan(this.run.selection(), claim::forEach);
		if (planned.excess() != null) {
			logger.warn("Run {}: {}", this.run.id(), planned.excess());
		}
		if (planned.isRejected()) {
			this.run.failed(planned.excess() + "; nothing was sent, and everything is still tracked");
			return false;
		}
		if (planned.items() > MANY && planned.items() == planned.exactItems()) {
			logger.warn(
					"Run {} sends {} items, about ${} beyond the free ones: set 'cf.tracker.invalidation.max-paths' to fold "
							+ "them into wildcards, or ask for a dry run before",
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
			forgetCovered(claim);
		}
		claim.close();
	}

	private boolean sendClaimed(Claim claim, boolean late) {
		// What was late may have come back since
		Coverage coverage = Coverage.of(late ? List.of() : this.run.acceptedCovering());
		List<TrackedPath> paths = claim.next(this.settings.batchSize());
		while (!paths.isEmpty()) {
			if (hasToEnd()) {
				return false;
			}
			List<String> covered = paths.stream().filter(coverage::covers).map(TrackedPath::path).toList();
			List<RejectedPath> rejected = rejected(paths);
			if (!covered.isEmpty()) {
				claim.forget(covered);
			}
			else if (!rejected.isEmpty()) {
				this.run.rejected(rejected);
				claim.forget(rejected.stream().map(RejectedPath::path).toList());
			}
			else if (!freezeAndSend(paths.stream().map(TrackedPath::path).toList(), late)) {
				return false;
			}
			paths = claim.next(this.settings.batchSize());
		}
		return true;
	}

	private static List<RejectedPath> rejected(List<TrackedPath> paths) {
		List<RejectedPath> rejected = new ArrayList<>();
		for (TrackedPath tracked : paths) {
			String path = tracked.path();
			String problem = InvalidationPath.problemOf(path);
			if (problem != null) {
				logger.warn("Not invalidated: '{}' {}", path, problem);
				rejected.add(new RejectedPath(path, problem));
			}
		}
		return rejected;
	}

	private boolean sendNamed(List<String> planned, Claim claim) {
		if (planned.stream().noneMatch((item) -> CacheTag.isTag(item) || Selection.isWildcard(item))) {
			return sendNamed(planned, 0, (items) -> filled(items, claim));
		}
		return sendNamed(planned, 0, UnaryOperator.identity())
				&& sendNamed(uncovered(planned), planned.size(), UnaryOperator.identity());
	}

	private boolean sendNamed(List<String> items, int before, UnaryOperator<List<String>> batch) {
		int frozen = frozen() - before;
		while (frozen < items.size()) {
			if (hasToEnd() || !freezeAndSend(batch.apply(items.subList(frozen, items.size())), false)) {
				return false;
			}
			frozen = frozen() - before;
		}
		return true;
	}

	private int frozen() {
		return this.run.originals(false).stream().mapToInt(Batch::items).sum();
	}

	/**
	 * The named paths that go out only because CloudFront has rejected the wildcard over
	 * them.
	 */
	private List<String> uncovered(List<String> planned) {
		Set<String> leftOut = new LinkedHashSet<>(this.run.selection().exactPaths());
		leftOut.removeAll(Set.copyOf(planned));
		if (leftOut.isEmpty()) {
			return List.of();
		}
		Coverage coverage = Coverage.of(this.run.acceptedCovering());
		return leftOut.stream().filter((path) -> !coverage.covers(new TrackedPath(path, null))).toList();
	}

	/**
	 * Lets claimed paths have the room that is left in a batch, because calls are few.
	 */
	private List<String> filled(List<String> items, Claim claim) {
		Set<String> filled = new LinkedHashSet<>(items);
		if (filled.size() < this.settings.batchSize()) {
			claim.next(this.settings.batchSize())
				.stream()
				.map(TrackedPath::path)
				.filter((path) -> InvalidationPath.problemOf(path) == null)
				.filter((path) -> filled.size() < this.settings.batchSize())
				.forEach(filled::add);
		}
		return List.copyOf(filled);
	}

	private boolean freezeAndSend(List<String> candidates, boolean late) {
		List<String> items = this.settings.quotas().oneBatchOf(candidates, this.settings.batchSize());
		String reference = CallerReference.of(this.run.id(), this.run.claimName(late), late,
				this.run.originals(late).size() + 1);
		Batch batch = Batches.frozen(reference, items);
		return this.sender.send(this.run, batch, this.run.freeze(batch, items), this.deadline);
	}

	private void forgetCovered(Claim claim) {
		Set<String> accepted = this.run.acceptedCovering();
		if (accepted.isEmpty()) {
			return;
		}
		Coverage coverage = Coverage.of(accepted);
		List<TrackedPath> paths = claim.next(CHUNK);
		while (!paths.isEmpty()) {
			List<String> covered = new ArrayList<>();
			List<String> left = new ArrayList<>();
			paths.forEach((path) -> (coverage.covers(path) ? covered : left).add(path.path()));
			claim.forget(covered);
			claim.giveBack(left);
			paths = claim.next(CHUNK);
		}
	}

	private boolean hasToEnd() {
		if (isLeaving()) {
			return true;
		}
		if (!this.following && !this.run.hasFailed() && this.clock.instant().isAfter(this.deadline)) {
			this.run
				.failed("Given up after %s; what was not sent is still tracked".formatted(this.settings.giveUpAfter()));
		}
		return !this.following && this.run.hasFailed();
	}

	private boolean isLeaving() {
		return this.leaving.getAsBoolean();
	}

}
