package io.github.cftracker.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import io.github.cftracker.CacheTag;
import io.github.cftracker.Claim;
import io.github.cftracker.InvalidationPath;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.plan.Coverage;
import io.github.cftracker.text.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The items of one run: freezes and sends them batch by batch, first what is named, in
 * the order in which it was written down, then what is claimed. Where it was left is seen
 * by what is frozen already.
 */
final class RunItems {

	// What an operator looks for is the run
	private static final Logger logger = LoggerFactory.getLogger(RunExecution.class);

	private static final int CHUNK = 1000;

	private final RunProgress run;

	private final InvalidationSettings settings;

	private final BatchLimit limit;

	private final BooleanSupplier hasToEnd;

	private final BooleanSupplier sendFrozen;

	RunItems(RunProgress run, InvalidationSettings settings, BatchLimit limit, BooleanSupplier hasToEnd,
			BooleanSupplier sendFrozen) {
		this.run = run;
		this.settings = settings;
		this.limit = limit;
		this.hasToEnd = hasToEnd;
		this.sendFrozen = sendFrozen;
	}

	/**
	 * Sends claimed paths, unless something that was accepted covers them.
	 */
	boolean sendClaimed(Claim claim, boolean late) {
		// What was late may have come back since
		Coverage coverage = Coverage.of(late ? List.of() : this.run.acceptedCovering());
		List<TrackedPath> paths = claim.next(this.settings.batchSize());
		while (!paths.isEmpty()) {
			if (this.hasToEnd.getAsBoolean()) {
				return false;
			}
			List<String> covered = paths.stream().filter(coverage::covers).map(TrackedPath::path).toList();
			List<RejectedPath> rejected = rejected(paths);
			if (!covered.isEmpty()) {
				claim.forget(covered);
			}
			else if (!rejected.isEmpty()) {
				this.run.rejected(rejected);
				claim.forget(unsendable(paths));
				this.run.tellRejected(rejected);
			}
			else if (!freezeAndSend(paths.stream().map(TrackedPath::path).toList(), late)) {
				return false;
			}
			paths = claim.next(this.settings.batchSize());
		}
		return true;
	}

	private static List<String> unsendable(List<TrackedPath> paths) {
		return paths.stream()
			.map(TrackedPath::path)
			.filter((path) -> InvalidationPath.problemOf(path) != null)
			.toList();
	}

	private static List<RejectedPath> rejected(List<TrackedPath> paths) {
		List<RejectedPath> rejected = new ArrayList<>();
		for (TrackedPath tracked : paths) {
			String path = tracked.path();
			String problem = InvalidationPath.problemOf(path);
			if (problem != null) {
				logger.warn("Not invalidated: '{}' {}", LogText.clean(path), problem);
				rejected.add(new RejectedPath(LogText.clean(path), problem));
			}
		}
		return rejected;
	}

	/**
	 * Sends what is planned beside the claimed paths.
	 */
	boolean sendNamed(List<String> planned, Claim claim, BooleanSupplier isWaiting) {
		if (planned.stream().noneMatch((item) -> CacheTag.isTag(item) || Selection.isWildcard(item))) {
			return sendNamed(planned, 0, (items) -> filled(items, claim));
		}
		// What these cover goes out by itself only where CloudFront has rejected them
		return sendNamed(planned, 0, UnaryOperator.identity()) && !isWaiting.getAsBoolean()
				&& sendNamed(uncovered(planned), planned.size(), UnaryOperator.identity());
	}

	private boolean sendNamed(List<String> items, int before, UnaryOperator<List<String>> batch) {
		int frozen = frozen() - before;
		while (frozen < items.size()) {
			if (this.hasToEnd.getAsBoolean()
					|| !freezeAndSend(batch.apply(items.subList(frozen, items.size())), false)) {
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
		List<String> items = this.settings.quotas().oneBatchOf(candidates, this.settings.batchSize(), this.limit);
		String reference = CallerReference.of(this.run.id(), this.run.claimName(late), late,
				this.run.originals(late).size() + 1);
		Batch batch = Batches.frozen(reference, items);
		this.run.freeze(batch, items);
		return this.sendFrozen.getAsBoolean();
	}

	/**
	 * Forgets what accepted items cover, and gives back the rest.
	 */
	void forgetCovered(Claim claim) {
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

}
