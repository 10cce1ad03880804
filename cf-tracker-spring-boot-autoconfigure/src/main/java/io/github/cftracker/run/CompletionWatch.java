package io.github.cftracker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.github.cftracker.Run.Batch;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.run.InvalidationException.Kind;
import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Poller for the completion of accepted batches. CloudFront completes most of them within
 * 25 seconds, so the first call is made soon after a batch was accepted, and further ones
 * with growing intervals. Several batches in progress take one ListInvalidations: 60 of
 * them that complete after 20 seconds take 8 calls instead of 67, or 193 instead of 252
 * if one was accepted every two seconds. Batches that are not listed, and all batches
 * after a list has failed, take one GetInvalidation each. Polling ends at the deadline of
 * the run or a minute after its last batch was accepted, whichever is later.
 */
final class CompletionWatch {

	private static final Logger logger = LoggerFactory.getLogger(CompletionWatch.class);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

	private static final Duration GRACE = Duration.ofMinutes(1);

	/**
	 * How long batches count as in progress after the last answer of CloudFront, which
	 * completes most batches within 25 seconds.
	 */
	private static final Duration CERTAIN = Duration.ofMinutes(1);

	/**
	 * Number of polling intervals, two minutes in all, for which an accepted invalidation
	 * may be unknown to CloudFront.
	 */
	private static final int UNKNOWN_INTERVALS = 240;

	/**
	 * How long to ask for each batch after ListInvalidations has failed.
	 */
	private static final Duration UNLISTED = Duration.ofMinutes(1);

	private final InvalidationClient client;

	private final HeldRuns runs;

	private final RunSettings settings;

	private final RunClock clock;

	private final Map<String, Watched> watched = new HashMap<>();

	private Duration pause;

	private Instant next = Instant.MIN;

	private Instant notBefore = Instant.MIN;

	private Instant listFrom = Instant.MIN;

	private int seen;

	CompletionWatch(InvalidationClient client, HeldRuns runs, RunSettings settings, RunClock clock) {
		this.client = client;
		this.runs = runs;
		this.settings = settings;
		this.pause = settings.pollInterval();
		this.clock = clock;
	}

	/**
	 * Ask CloudFront about the batches that are due. Called often, by one thread.
	 */
	void tick() {
		Collection<RunJournal> runs = this.runs.all();
		int inProgress = runs.stream().mapToInt((run) -> run.state().inProgress().size()).sum();
		Instant now = this.clock.instant();
		if (inProgress != this.seen) {
			this.pause = this.settings.pollInterval();
			this.next = now.plus(this.pause);
		}
		this.seen = inProgress;
		if (inProgress > 0 && !now.isBefore(this.next) && !now.isBefore(this.notBefore)) {
			Map<String, Boolean> listed = list(runs);
			if (!this.clock.instant().isBefore(this.notBefore)) {
				runs.forEach((run) -> ask(run, listed));
			}
			this.pause = shorter(this.pause.multipliedBy(3).dividedBy(2), LONGEST_PAUSE);
			this.next = this.clock.instant().plus(this.pause);
		}
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	/**
	 * Return which batches are completed, as far as CloudFront lists them.
	 */
	private Map<String, Boolean> list(Collection<RunJournal> runs) {
		Instant now = this.clock.instant();
		List<String> ids = runs.stream()
			.filter((run) -> !isDeferred(run, now))
			.flatMap((run) -> run.state().inProgress().stream())
			.map(Batch::invalidationId)
			.filter(Objects::nonNull)
			.toList();
		if (ids.size() < 2 || now.isBefore(this.listFrom)) {
			return Map.of();
		}
		try {
			return this.client.listCompleted(ids);
		}
		catch (InvalidationException ex) {
			notListed(ex, (ex.kind() == Kind.DENIED) ? Instant.MAX : now.plus(UNLISTED));
			Duration wait = Objects.requireNonNullElse(ex.retryAfter(),
					(ex.kind() == Kind.THROTTLED) ? this.pause : Duration.ZERO);
			this.notBefore = this.clock.instant().plus(shorter(wait, this.settings.retry().max()));
		}
		catch (RuntimeException | LinkageError ex) {
			notListed(ex, now.plus(UNLISTED));
		}
		return Map.of();
	}

	private void notListed(Throwable ex, Instant listFrom) {
		logger.debug("Could not list invalidations. Asking for each batch", ex);
		this.listFrom = listFrom;
	}

	private boolean isDeferred(RunJournal run, Instant now) {
		Watched watched = this.watched.get(run.id());
		return watched != null && now.isBefore(watched.notBefore);
	}

	private void ask(RunJournal run, Map<String, Boolean> listed) {
		List<Batch> inProgress = run.state().inProgress();
		if (inProgress.isEmpty()) {
			return;
		}
		Watched watched = this.watched.computeIfAbsent(run.id(), (id) -> new Watched());
		watched.add(inProgress.size(), this.clock.instant());
		if (this.clock.instant().isBefore(watched.notBefore)) {
			return;
		}
		if (allCompleted(run, inProgress, listed, watched)) {
			this.watched.remove(run.id());
			run.nothingInProgress();
		}
		else if (!run.state().inProgress().isEmpty() && this.clock.instant().isAfter(until(run, watched))) {
			this.watched.remove(run.id());
			giveUp(run, watched);
		}
	}

	private Instant until(RunJournal run, Watched watched) {
		Instant grace = watched.since.plus(shorter(this.settings.giveUpAfter(), GRACE));
		return grace.isAfter(run.deadline()) ? grace : run.deadline();
	}

	private void giveUp(RunJournal run, Watched watched) {
		if (watched.failure == null) {
			run.incomplete("CloudFront accepted the invalidation, but did not complete it within %s"
				.formatted(this.settings.giveUpAfter()));
			return;
		}
		logger.warn("Could not check whether run {} is completed: {}", run.id(), watched.failure);
		run.unknown(watched.failure);
	}

	private boolean allCompleted(RunJournal run, List<Batch> inProgress, Map<String, Boolean> listed, Watched watched) {
		List<Batch> unlisted = new ArrayList<>();
		List<Batch> completed = new ArrayList<>();
		for (Batch batch : inProgress) {
			String id = batch.invalidationId();
			Boolean known = (id != null) ? listed.get(id) : null;
			if (known == null) {
				unlisted.add(batch);
				continue;
			}
			watched.unknownSince.remove(batch.callerReference());
			if (known) {
				completed.add(batch);
			}
		}
		run.completed(completed);
		if (unlisted.isEmpty()) {
			answered(run, watched);
		}
		for (Batch batch : unlisted) {
			// In order, because later batches need no call while an earlier one is in
			// progress
			if (!isCompleted(run, batch, watched)) {
				return false;
			}
		}
		return completed.size() + unlisted.size() == inProgress.size();
	}

	private boolean isCompleted(RunJournal run, Batch batch, Watched watched) {
		try {
			String invalidationId = batch.invalidationId();
			if (invalidationId == null) {
				return identify(run, batch);
			}
			boolean completed = this.client.isCompleted(invalidationId);
			watched.unknownSince.remove(batch.callerReference());
			answered(run, watched);
			if (completed) {
				run.completed(List.of(batch));
			}
			return completed;
		}
		catch (InvalidationException ex) {
			failed(run, batch, ex, watched);
		}
		catch (LeaseLostException | StoreUnavailableException ex) {
			throw ex;
		}
		catch (RuntimeException | LinkageError ex) {
			failed(run, ex.toString(), ex, watched);
		}
		return false;
	}

	private static void answered(RunJournal run, Watched watched) {
		if (watched.failure != null) {
			logger.info("Checking again whether run {} is completed", run.id());
		}
		watched.failure = null;
		run.setUncertain(false);
	}

	/**
	 * Find the id of a batch without one. Older versions accepted answers without an id.
	 */
	private boolean identify(RunJournal run, Batch batch) {
		Optional<String> found = this.client.find(batch.callerReference(), null, run.run().requestedAt());
		if (found.isPresent()) {
			run.identified(batch, found.get());
			return false;
		}
		String error = ("CloudFront has no invalidation for batch '%s', although it was stored as accepted. Request "
				+ "its paths again")
			.formatted(batch.callerReference());
		logger.error("{}: {}", BatchLog.failed(run), error);
		run.lost(batch, error);
		return true;
	}

	private void failed(RunJournal run, Batch batch, InvalidationException ex, Watched watched) {
		if (ex.kind() == Kind.DENIED) {
			this.watched.remove(run.id());
			logger.warn("Could not check whether run {} is completed: {}", run.id(), ex.explanation());
			run.unknown(ex.explanation());
			return;
		}
		switch (ex.kind()) {
			case NOT_FOUND -> {
				Instant now = this.clock.instant();
				Instant since = watched.unknownSince.computeIfAbsent(batch.callerReference(), (reference) -> now);
				Duration patience = this.settings.pollInterval().multipliedBy(UNKNOWN_INTERVALS);
				if (now.isAfter(since.plus(patience))) {
					this.watched.remove(run.id());
					run.incomplete(
							"CloudFront accepted batch '%s' as invalidation '%s', but answers that it does not exist: %s"
								.formatted(batch.callerReference(), batch.invalidationId(), ex.getMessage()));
				}
			}
			default -> {
				Duration asked = ex.retryAfter();
				if (asked != null) {
					watched.notBefore = this.clock.instant().plus(shorter(asked, this.settings.retry().max()));
				}
				failed(run, ex.getMessage(), ex, watched);
			}
		}
	}

	private void failed(RunJournal run, String message, Throwable ex, Watched watched) {
		if (watched.failure == null) {
			logger.warn("Could not check whether run {} is completed: {}. Retrying", run.id(),
					LogText.firstLine(message));
		}
		logger.debug("Could not check whether run {} is completed", run.id(), ex);
		if (watched.failure == null) {
			watched.failingSince = this.clock.instant();
		}
		watched.failure = LogText.firstLine(message);
		// The next batches must not wait for answers that may never arrive
		run.setUncertain(this.clock.instant().isAfter(watched.failingSince.plus(CERTAIN)));
	}

	/**
	 * Progress of a run's accepted batches.
	 */
	private static final class Watched {

		private int inProgress;

		private Instant since = Instant.MIN;

		private Instant notBefore = Instant.MIN;

		private final Map<String, Instant> unknownSince = new HashMap<>();

		private @Nullable String failure;

		private Instant failingSince = Instant.MIN;

		void add(int inProgress, Instant now) {
			if (inProgress > this.inProgress) {
				this.since = now;
			}
			this.inProgress = inProgress;
		}

	}

}
