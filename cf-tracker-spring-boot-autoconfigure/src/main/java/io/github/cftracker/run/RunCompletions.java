package io.github.cftracker.run;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.github.cftracker.Run;
import io.github.cftracker.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Futures of callers on this node that wait for the end of a run, which any node may end.
 */
final class RunCompletions implements RunObserver {

	private static final Logger logger = LoggerFactory.getLogger(RunCompletions.class);

	private final Map<String, CompletableFuture<Run>> awaited = new ConcurrentHashMap<>();

	private final RunLedger ledger;

	RunCompletions(RunLedger ledger) {
		this.ledger = ledger;
	}

	CompletableFuture<Run> await(String id) {
		return this.awaited.computeIfAbsent(id, (key) -> new CompletableFuture<>()).copy();
	}

	@Override
	public void finished(Run run) {
		CompletableFuture<Run> completion = this.awaited.remove(run.id());
		if (completion != null) {
			// On another thread, because callbacks of the application must not hold up
			// runs
			completion.completeAsync(() -> run);
		}
	}

	/**
	 * Complete the futures of runs that other nodes have ended.
	 */
	void look() {
		try {
			this.ledger.restoreForgotten();
		}
		catch (StoreUnavailableException ex) {
			logger.debug("Could not restore runs that the store has lost", ex);
		}
		for (String id : this.awaited.keySet()) {
			try {
				look(id);
			}
			catch (StoreUnavailableException ex) {
				logger.debug("Could not read run {}", id, ex);
			}
		}
	}

	private void look(String id) {
		Optional<Run> run = this.ledger.find(id);
		if (run.isEmpty()) {
			this.ledger.restoreForgotten();
			run = this.ledger.find(id);
		}
		if (run.isEmpty()) {
			cancel(id, "Run '%s' no longer exists".formatted(id));
		}
		else if (run.get().state().isFinal()) {
			finished(run.get());
		}
	}

	void cancel() {
		this.awaited.keySet()
			.forEach((id) -> cancel(id, "The application stopped before run '%s' ended".formatted(id)));
	}

	private void cancel(String id, String reason) {
		CompletableFuture<Run> completion = this.awaited.remove(id);
		if (completion != null) {
			completion.completeExceptionally(new CancellationException(reason));
		}
	}

}
