package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.github.cftracker.Run.Batch;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.text.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks CloudFront about accepted batches until all are completed. CloudFront needs less
 * than 25 seconds for most, so it asks soon after a batch was accepted and then less and
 * less often.
 */
final class CompletionWatch {

	private static final Logger logger = LoggerFactory.getLogger(CompletionWatch.class);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

	private final InvalidationClient client;

	private final Supplier<? extends Collection<RunProgress>> runs;

	private final Duration shortestPause;

	private final Duration giveUpAfter;

	private final Clock clock;

	private final Map<String, Instant> since = new HashMap<>();

	private final Set<String> unchecked = new HashSet<>();

	private Duration pause;

	private Instant next = Instant.MIN;

	private int seen;

	CompletionWatch(InvalidationClient client, Supplier<? extends Collection<RunProgress>> runs,
			InvalidationSettings settings, Clock clock) {
		this.client = client;
		this.runs = runs;
		this.shortestPause = settings.pollInterval();
		this.pause = this.shortestPause;
		this.giveUpAfter = settings.giveUpAfter();
		this.clock = clock;
	}

	/**
	 * Asks, if it is time to. To be called often, by one thread.
	 */
	void tick() {
		Collection<RunProgress> watched = this.runs.get();
		int inProgress = watched.stream().mapToInt((run) -> run.inProgress().size()).sum();
		Instant now = this.clock.instant();
		if (inProgress != this.seen) {
			this.pause = this.shortestPause;
			this.next = now.plus(this.pause);
		}
		this.seen = inProgress;
		if (inProgress > 0 && !now.isBefore(this.next)) {
			watched.forEach(this::ask);
			Duration longer = this.pause.multipliedBy(3).dividedBy(2);
			this.pause = (longer.compareTo(LONGEST_PAUSE) < 0) ? longer : LONGEST_PAUSE;
			this.next = this.clock.instant().plus(this.pause);
		}
	}

	private void ask(RunProgress run) {
		List<Batch> inProgress = run.inProgress();
		if (inProgress.isEmpty()) {
			return;
		}
		try {
			boolean allCompleted = allCompleted(run, inProgress);
			if (this.unchecked.remove(run.id())) {
				logger.info("Checking again whether run {} is completed", run.id());
			}
			if (allCompleted) {
				this.since.remove(run.id());
				run.nothingInProgress();
				return;
			}
		}
		catch (InvalidationException ex) {
			if (ex.kind() == InvalidationException.Kind.REFUSED) {
				logger.warn("Could not check whether run {} is completed: {}", run.id(), ex.explanation());
				run.unseen("CloudFront accepted the invalidation, but its completion could not be checked: "
						+ ex.getMessage());
				return;
			}
			logger.debug("Could not check whether run {} is completed", run.id(), ex);
		}
		catch (LeaseLostException | StoreUnavailableException ex) {
			throw ex;
		}
		catch (RuntimeException | LinkageError ex) {
			if (this.unchecked.add(run.id())) {
				logger.warn("Could not check whether run {} is completed: {}. Retrying", run.id(),
						LogText.firstLine(ex.toString()));
			}
			logger.debug("Could not check whether run {} is completed", run.id(), ex);
		}
		Instant since = this.since.computeIfAbsent(run.id(), (id) -> this.clock.instant());
		if (this.clock.instant().isAfter(since.plus(this.giveUpAfter))) {
			this.unchecked.remove(run.id());
			run.unseen("CloudFront accepted the invalidation, but did not complete it within %s"
				.formatted(this.giveUpAfter));
		}
	}

	private boolean allCompleted(RunProgress run, List<Batch> inProgress) {
		for (Batch batch : inProgress) {
			String invalidationId = batch.invalidationId();
			// In order: while an earlier one is not completed, later ones need no call
			if (invalidationId == null || !this.client.isCompleted(invalidationId)) {
				return false;
			}
			run.completed(batch);
		}
		return true;
	}

}
