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

	private final InvalidationClient client;

	private final int batchSize;

	private final BooleanSupplier stopping;

	private volatile @Nullable Claim claim;

	private boolean stopped;

	RunExecution(RunProgress run, UrlStore store, InvalidationClient client, int batchSize, BooleanSupplier stopping) {
		this.run = run;
		this.store = store;
		this.client = client;
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
			else if (send(paths)) {
				claim.forget(paths);
			}
			else {
				claim.giveBack(paths);
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
			List<String> batch = items.subList(start, Math.min(start + this.batchSize, items.size()));
			if (send(batch)) {
				accepted.addAll(batch);
			}
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

	private boolean send(List<String> items) {
		String callerReference = this.run.freeze(items);
		logger.info("Invalidating CloudFront... ({} paths)", items.size());
		try {
			String invalidationId = this.client.create(callerReference, items);
			logger.info("Success! 201");
			this.run.accepted(callerReference, invalidationId, items);
			return true;
		}
		catch (InvalidationException ex) {
			logger.error("{}", ex.getMessage());
			logger.debug("CloudFront did not accept batch '{}'", callerReference, ex);
			this.run.failed(callerReference, String.valueOf(ex.getMessage()));
			this.stopped = ex.kind() != InvalidationException.Kind.ITEMS;
			return false;
		}
	}

	private boolean hasStopped() {
		if (!this.stopped && this.stopping.getAsBoolean()) {
			this.stopped = true;
			this.run.failed("The application stopped; what was not sent is still tracked");
		}
		return this.stopped;
	}

}
