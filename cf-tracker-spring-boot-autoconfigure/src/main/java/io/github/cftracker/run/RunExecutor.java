package io.github.cftracker.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.cftracker.CacheTag;
import io.github.cftracker.InvalidationPath;
import io.github.cftracker.Pricing;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.plan.Coverage;
import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over a run from its current state, which may be the one in which another node
 * was killed. A pass sends the frozen batches that are due, claims the paths unless they
 * are claimed, and then freezes and sends the planned items and claimed paths, batch by
 * batch. It holds one batch in memory at a time. The frozen batches show where the last
 * pass ended.
 */
final class RunExecutor {

	private static final Logger logger = LoggerFactory.getLogger(RunExecutor.class);

	private static final int MANY = 1000;

	private static final int CHUNK = 1000;

	/**
	 * Maximum number of batches of a run that wait to be accepted. No further batch is
	 * frozen then, because the cause is most likely not in the batches.
	 */
	private static final int MOST_WAITING = 4;

	private final RunJournal run;

	private final BatchSender sender;

	private final RunContext context;

	private final LeaseTerm term;

	private final BatchLimit limit;

	private final RunItems items;

	private final Set<String> attempted = new HashSet<>();

	private @Nullable String claimName;

	private @Nullable Batch lastFrozen;

	private List<String> lastItems = List.of();

	private boolean following;

	private boolean ended;

	RunExecutor(RunJournal run, BatchSender sender, RunContext context, LeaseTerm term, BatchLimit limit) {
		this.run = run;
		this.sender = sender;
		this.context = context;
		this.term = term;
		this.limit = limit;
		this.items = run.items();
	}

	/**
	 * Send everything that can be sent now. Batches that are due later stay frozen for
	 * the next pass. If this node has to leave, the run is left unchanged for another
	 * node.
	 */
	void resume() {
		if (this.run.state().isSent()) {
			followUp(List.of());
			return;
		}
		boolean allSent = !hasToEnd() && sendFrozen() && sendOriginals() && !isWaiting();
		if (allSent || this.run.state().hasFailed()) {
			giveBackTheRest();
			this.run.sent();
		}
	}

	/**
	 * Send late paths, after the frozen batches and the claim of earlier late paths.
	 * @param paths the paths
	 */
	void followUp(List<String> paths) {
		this.following = true;
		boolean sent = sendFrozen();
		if (this.term.isLeaving()) {
			return;
		}
		if (!paths.isEmpty()) {
			this.run.claimLate(paths);
			this.run.followedUp(this.items.size());
		}
		boolean allSent = sent && sendClaimed() && !isWaiting();
		if ((allSent || this.ended) && !this.term.isLeaving()) {
			giveBackTheRest();
			this.run.sent();
		}
	}

	/**
	 * Return whether batches are due later.
	 */
	private boolean isWaiting() {
		return !this.run.state().in(BatchState.SENDING).isEmpty();
	}

	/**
	 * Send the frozen batches that are due.
	 * @return whether to freeze further batches now
	 */
	private boolean sendFrozen() {
		Optional<Batch> next = nextFrozen();
		while (next.isPresent()) {
			if (hasToEnd() || !sendFrozen(next.get())) {
				return false;
			}
			next = nextFrozen();
		}
		return this.run.state().in(BatchState.SENDING).size() < MOST_WAITING;
	}

	private Optional<Batch> nextFrozen() {
		// Each batch once in a pass, so that other runs have their turn
		return this.run.bisection()
			.next(this.run.state()
				.in(BatchState.SENDING)
				.stream()
				.filter((batch) -> this.sender.isDue(this.run, batch)
						&& !this.attempted.contains(batch.callerReference()))
				.toList());
	}

	private boolean sendFrozen(Batch batch) {
		List<String> items = itemsOf(batch);
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

	/**
	 * Return the items of a frozen batch. Consecutive paths are frozen as they were read,
	 * and in the same order.
	 */
	private List<String> itemsOf(Batch batch) {
		boolean known = this.lastFrozen != null && this.lastFrozen.callerReference().equals(batch.callerReference());
		return known ? this.lastItems : this.items.frozen(batch);
	}

	private boolean sendOriginals() {
		Selection selection = this.run.run().selection();
		if (!this.run.state().isClaimed()) {
			this.context.planner().distribution().refresh();
			this.context.flush().flush();
			if (!this.term.await(this.context.settings().flushInterval())) {
				return false;
			}
			this.run.claim(this.context.planner().selections().claimed(selection));
			if (!plan(selection)) {
				return false;
			}
		}
		return sendPlanned(this.items.planned()) && sendClaimed();
	}

	private boolean plan(Selection selection) {
		RunPlanner planner = this.context.planner();
		// Before paths expire during the plan
		long claimed = this.items.size();
		PlannedRun planned = planner.plan(selection, this.items, claimed);
		if (planned.excess() != null && !planned.isRejected()) {
			logger.warn("Run {}: {}", this.run.id(), planned.excess());
		}
		if (planned.isRejected()) {
			this.run.failed(planned.excess() + ". Nothing was sent, all paths are still tracked");
			// Not earlier: the next lease holder would send a claimed run that has not
			// failed
			this.run.claimed(claimed, 0);
			return false;
		}
		Pricing pricing = planner.pricing();
		if (planned.items() > MANY && pricing.bills(planned.items()) && !planner.folds()) {
			logger.warn("Run {} sends {} items, which cost about ${} beyond the {} free ones of a month. Set "
					+ "'cf.tracker.invalidation.max-paths' to replace paths by wildcards, or request a dry run first",
					this.run.id(), planned.items(), pricing.usd(planned.items()), pricing.freeItems());
		}
		this.run.plan(planned.named());
		this.run.claimed(claimed, planned.items());
		return true;
	}

	/**
	 * Send the planned items and the claimed paths.
	 */
	private boolean sendPlanned(List<String> planned) {
		boolean covers = planned.stream().anyMatch((item) -> CacheTag.isTag(item) || Selection.isWildcard(item));
		if (!covers) {
			return sendNamed(planned, 0, true);
		}
		// Covered paths are sent only if CloudFront has rejected the wildcards
		return sendNamed(planned, 0, false) && !isWaiting() && sendNamed(uncovered(planned), planned.size(), false);
	}

	/**
	 * Send named items in their order.
	 * @param items the items
	 * @param before number of items that were frozen before the first of them
	 * @param filled whether claimed paths fill up batches
	 */
	private boolean sendNamed(List<String> items, int before, boolean filled) {
		int frozen = frozen() - before;
		while (frozen < items.size()) {
			List<String> left = items.subList(frozen, items.size());
			if (hasToEnd() || !freezeAndSend(filled ? filled(left) : left, false)) {
				return false;
			}
			frozen = frozen() - before;
		}
		return true;
	}

	private int frozen() {
		return this.run.state().originals(false).stream().mapToInt(Batch::items).sum();
	}

	/**
	 * Return the named paths that are sent only because CloudFront has rejected the
	 * wildcard that covers them.
	 */
	private List<String> uncovered(List<String> planned) {
		Set<String> leftOut = new LinkedHashSet<>(this.run.run().selection().exactPaths());
		leftOut.removeAll(Set.copyOf(planned));
		if (leftOut.isEmpty()) {
			return List.of();
		}
		Coverage coverage = Coverage.of(this.items.acceptedCovering());
		return leftOut.stream().filter((path) -> !coverage.covers(new TrackedPath(path, null))).toList();
	}

	/**
	 * Fill up a batch with claimed paths, because calls are limited.
	 */
	private List<String> filled(List<String> items) {
		int size = this.context.settings().batchSize();
		Set<String> filled = new LinkedHashSet<>(items);
		if (filled.size() < size) {
			this.items.nextPaths(size)
				.stream()
				.filter((path) -> InvalidationPath.problemOf(path) == null && filled.size() < size)
				.forEach(filled::add);
		}
		return List.copyOf(filled);
	}

	/**
	 * Send the claimed paths that no accepted item covers.
	 */
	private boolean sendClaimed() {
		// A late path may have been cached again after the wildcard
		Coverage coverage = Coverage.of(this.following ? List.of() : this.items.acceptedCovering());
		int size = this.context.settings().batchSize();
		List<String> paths = this.items.nextPaths(size);
		while (!paths.isEmpty()) {
			if (hasToEnd()) {
				return false;
			}
			List<String> covered = coverage.isEmpty() ? List.of()
					: this.items.next(size).stream().filter(coverage::covers).map(TrackedPath::path).toList();
			List<String> unsendable = paths.stream()
				.filter((path) -> InvalidationPath.problemOf(path) != null)
				.toList();
			if (!covered.isEmpty()) {
				this.items.forget(covered);
			}
			else if (!unsendable.isEmpty()) {
				this.run.reject(unsendable.stream().map(RunExecutor::rejected).toList(), this.items, unsendable);
			}
			else if (!freezeAndSend(paths, true)) {
				return false;
			}
			paths = this.items.nextPaths(size);
		}
		return true;
	}

	private static RejectedPath rejected(String path) {
		String problem = String.valueOf(InvalidationPath.problemOf(path));
		logger.warn("Not invalidated: '{}' {}", LogText.clean(path), problem);
		return new RejectedPath(LogText.clean(path), problem);
	}

	private boolean freezeAndSend(List<String> candidates, boolean consecutive) {
		RunSettings settings = this.context.settings();
		List<String> items = settings.quotas().oneBatchOf(candidates, settings.batchSize(), this.limit);
		if (this.claimName == null) {
			this.claimName = this.items.claimName(this.following);
		}
		Batch batch = RunState.unsent(CallerReference.of(this.run.id(), this.claimName, this.following,
				this.run.state().originals(this.following).size() + 1), items);
		this.run.freeze(batch, items, consecutive);
		this.lastFrozen = consecutive ? batch : null;
		this.lastItems = items;
		return sendFrozen();
	}

	private void giveBackTheRest() {
		for (Batch batch : this.run.state().in(BatchState.SENDING)) {
			if (batch.unanswered() == 0) {
				this.run.kept(batch);
			}
		}
		if (!this.following) {
			forgetCovered();
		}
		this.items.close();
	}

	/**
	 * Forget the claimed paths that accepted items cover, and give back the others.
	 */
	private void forgetCovered() {
		Set<String> accepted = this.items.acceptedCovering();
		if (accepted.isEmpty()) {
			return;
		}
		Coverage coverage = Coverage.of(accepted);
		List<TrackedPath> paths = this.items.next(CHUNK);
		while (!paths.isEmpty()) {
			List<String> covered = new ArrayList<>();
			List<String> left = new ArrayList<>();
			paths.forEach((path) -> (coverage.covers(path) ? covered : left).add(path.path()));
			this.items.forget(covered);
			this.items.giveBack(left);
			paths = this.items.next(CHUNK);
		}
	}

	private boolean hasToEnd() {
		if (this.term.isLeaving()) {
			return true;
		}
		RunState state = this.run.state();
		if (!this.following && !state.hasFailed() && this.term.instant().isAfter(this.run.deadline())) {
			giveUp(state);
		}
		return !this.following && this.run.state().hasFailed();
	}

	private void giveUp(RunState state) {
		Duration after = this.context.settings().giveUpAfter();
		state.in(BatchState.SENDING)
			.stream()
			.filter((batch) -> batch.error() != null)
			.findFirst()
			.ifPresent((batch) -> this.sender.giveUp(this.run, batch));
		this.run.failed("Gave up after %s, paths that were not sent are still tracked".formatted(after));
	}

}
