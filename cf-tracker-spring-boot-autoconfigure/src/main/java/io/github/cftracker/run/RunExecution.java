package io.github.cftracker.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import io.github.cftracker.Claim;
import io.github.cftracker.InvalidationPath;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.Selection;
import io.github.cftracker.UrlStore;
import io.github.cftracker.run.BatchSender.Pause;
import io.github.cftracker.run.BatchSender.Settlement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims the paths of one run and sends them, batch by batch. A claimed path is forgotten
 * only after CloudFront has accepted it; whatever is left when this ends, in whichever
 * way, goes back to the tracked paths. Holds one batch in memory at a time.
 */
final class RunExecution {

	private static final Logger logger = LoggerFactory.getLogger(RunExecution.class);

	private static final int CHUNK = 1000;

	private final RunProgress run;

	private final UrlStore store;

	private final BatchSender sender;

	private final Pause forgetting;

	private final int batchSize;

	private final BooleanSupplier stopping;

	private volatile @Nullable Claim claim;

	private boolean stopped;

	private int sent;

	RunExecution(RunProgress run, UrlStore store, BatchSender sender, Pause forgetting, int batchSize,
			BooleanSupplier stopping) {
		this.run = run;
		this.store = store;
		this.sender = sender;
		this.forgetting = forgetting;
		this.batchSize = batchSize;
		this.stopping = stopping;
	}

	void execute() {
		Selection selection = this.run.selection();
		try (Claim claim = this.store.claim(this.run.id(), selection)) {
			this.claim = claim;
			if (selection.isEverything()) {
				this.run.claimed(claim.size(), claim.size());
				sendClaimed(claim);
			}
			else {
				this.run.claimed(claim.size(), selection.paths().size());
				sendSelected(claim, selection.paths());
			}
		}
		finally {
			this.claim = null;
		}
	}

	void renewClaim() {
		Claim claim = this.claim;
		if (claim != null) {
			claim.renew();
		}
	}

	private void sendClaimed(Claim claim) {
		List<String> paths = claim.next(this.batchSize);
		while (!paths.isEmpty() && !hasStopped()) {
			List<RejectedPath> rejected = rejected(paths);
			if (!rejected.isEmpty()) {
				this.run.rejected(rejected);
				claim.forget(rejected.stream().map(RejectedPath::path).toList());
			}
			else {
				send(paths, new ClaimSettlement(claim, this.forgetting));
			}
			paths = claim.next(this.batchSize);
		}
	}

	private static List<RejectedPath> rejected(List<String> paths) {
		List<RejectedPath> rejected = new ArrayList<>();
		for (String path : paths) {
			String problem = InvalidationPath.problemOf(path);
			if (problem != null) {
				logger.warn("Not invalidated: '{}' {}", path, problem);
				rejected.add(new RejectedPath(path, problem));
			}
		}
		return rejected;
	}

	private void sendSelected(Claim claim, List<String> items) {
		List<String> accepted = new ArrayList<>();
		for (int start = 0; start < items.size() && !hasStopped(); start += this.batchSize) {
			send(items.subList(start, Math.min(start + this.batchSize, items.size())),
					new SelectionSettlement(accepted));
		}
		forgetCovered(claim, new Selection(accepted));
	}

	private static void forgetCovered(Claim claim, Selection accepted) {
		Set<String> exact = new HashSet<>(accepted.exactPaths());
		List<String> prefixes = accepted.prefixes();
		List<String> paths = claim.next(CHUNK);
		while (!paths.isEmpty()) {
			List<String> covered = new ArrayList<>();
			List<String> left = new ArrayList<>();
			for (String path : paths) {
				boolean isCovered = exact.contains(path) || prefixes.stream().anyMatch(path::startsWith);
				(isCovered ? covered : left).add(path);
			}
			claim.forget(covered);
			claim.giveBack(left);
			paths = claim.next(CHUNK);
		}
	}

	private boolean send(List<String> items, Settlement settlement) {
		String callerReference = "cf-tracker-%s-%d".formatted(this.run.id(), ++this.sent);
		if (!this.sender.send(this.run, callerReference, items, settlement)) {
			this.stopped = true;
		}
		return !this.stopped;
	}

	private boolean hasStopped() {
		if (!this.stopped && this.stopping.getAsBoolean()) {
			this.stopped = true;
			this.run.failed("The application stopped; what was not sent is still tracked");
		}
		return this.stopped;
	}

	/**
	 * The items were named by the request, and what they cover is settled at the end.
	 */
	private record SelectionSettlement(List<String> accepted) implements Settlement {

		@Override
		public void accepted(List<String> items) {
			this.accepted.addAll(items);
		}

		@Override
		public void rejected(List<String> items) {
		}

		@Override
		public void kept(List<String> items) {
		}

	}

}
