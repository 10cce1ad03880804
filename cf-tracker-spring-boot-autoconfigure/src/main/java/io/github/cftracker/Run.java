package io.github.cftracker;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * State of a run at one moment: everything that one request to invalidate leads to.
 *
 * @param id unique
 * @param state how far it is
 * @param requestedAt when it was requested
 * @param finishedAt when it reached a final state, {@code null} before
 * @param selection what it covers
 * @param trigger what has requested it
 * @param requestedBy the name of the principal who requested it at the endpoint, or of
 * the {@linkplain InvalidationRequest#withRequestedBy person or job} that requested it in
 * Java, {@code null} if unknown
 * @param paths tracked paths covered, {@code null} until they are claimed
 * @param items invalidation paths that CloudFront accepted or will be sent, which is what
 * is billed, {@code null} until the paths are claimed
 * @param wildcards how many of the items end in {@code *}, {@code null} as above
 * @param batches the invalidations it is sent in, in order
 * @param rejected paths that cannot be sent, at most the first 1,000
 * @param possiblyBilledTwice items that CloudFront may have billed although they were or
 * will be sent again under another reference: of batches whose reference was found taken,
 * or that were given up without an answer
 * @param error why it failed, or why a run that was not requested sends nothing,
 * {@code null} otherwise
 * @param findings findings of the node that carried it out, because of which objects may
 * still be cached; empty until the paths are claimed
 */
public record Run(String id, State state, Instant requestedAt, @Nullable Instant finishedAt, Selection selection,
		Trigger trigger, @Nullable String requestedBy, @Nullable Long paths, @Nullable Long items,
		@Nullable Long wildcards, List<Batch> batches, List<RejectedPath> rejected, long possiblyBilledTwice,
		@Nullable String error, List<Finding> findings) {

	public Run {
		batches = List.copyOf(batches);
		rejected = List.copyOf(rejected);
		findings = List.copyOf(findings);
	}

	/**
	 * Create a run that waits for its turn. Everything else is empty or unknown.
	 * @param id unique
	 * @param selection what it covers
	 * @param trigger what has requested it
	 * @param requestedAt when it was requested
	 * @return a {@link State#QUEUED} run
	 */
	public static Run queued(String id, Selection selection, Trigger trigger, Instant requestedAt) {
		return new Run(id, State.QUEUED, requestedAt, null, selection, trigger, null, null, null, null, List.of(),
				List.of(), 0, null, List.of());
	}

	/**
	 * Return this run in a state.
	 * @param state the state
	 * @return a copy
	 */
	public Run withState(State state) {
		return new Run(this.id, state, this.requestedAt, this.finishedAt, this.selection, this.trigger,
				this.requestedBy, this.paths, this.items, this.wildcards, this.batches, this.rejected,
				this.possiblyBilledTwice, this.error, this.findings);
	}

	/**
	 * Return this run with the time when it reached a final state.
	 * @param finishedAt the time
	 * @return a copy
	 */
	public Run withFinishedAt(Instant finishedAt) {
		return new Run(this.id, this.state, this.requestedAt, finishedAt, this.selection, this.trigger,
				this.requestedBy, this.paths, this.items, this.wildcards, this.batches, this.rejected,
				this.possiblyBilledTwice, this.error, this.findings);
	}

	/**
	 * Return this run with a selection.
	 * @param selection what it covers
	 * @return a copy
	 */
	public Run withSelection(Selection selection) {
		return new Run(this.id, this.state, this.requestedAt, this.finishedAt, selection, this.trigger,
				this.requestedBy, this.paths, this.items, this.wildcards, this.batches, this.rejected,
				this.possiblyBilledTwice, this.error, this.findings);
	}

	/**
	 * Return this run with the person or job that requested it.
	 * @param requestedBy the name, {@code null} if unknown
	 * @return a copy
	 */
	public Run withRequestedBy(@Nullable String requestedBy) {
		return new Run(this.id, this.state, this.requestedAt, this.finishedAt, this.selection, this.trigger,
				requestedBy, this.paths, this.items, this.wildcards, this.batches, this.rejected,
				this.possiblyBilledTwice, this.error, this.findings);
	}

	/**
	 * Return this run with what it covers and costs, {@code null} for what is unknown.
	 * @param paths tracked paths covered
	 * @param items invalidation paths, which is what is billed
	 * @param wildcards how many of the items end in {@code *}
	 * @return a copy
	 */
	public Run withCounts(@Nullable Long paths, @Nullable Long items, @Nullable Long wildcards) {
		return new Run(this.id, this.state, this.requestedAt, this.finishedAt, this.selection, this.trigger,
				this.requestedBy, paths, items, wildcards, this.batches, this.rejected, this.possiblyBilledTwice,
				this.error, this.findings);
	}

	/**
	 * Return this run with batches.
	 * @param batches the invalidations it is sent in, in order
	 * @return a copy
	 */
	public Run withBatches(List<Batch> batches) {
		return new Run(this.id, this.state, this.requestedAt, this.finishedAt, this.selection, this.trigger,
				this.requestedBy, this.paths, this.items, this.wildcards, batches, this.rejected,
				this.possiblyBilledTwice, this.error, this.findings);
	}

	/**
	 * Return this run with paths that cannot be sent.
	 * @param rejected the paths
	 * @return a copy
	 */
	public Run withRejected(List<RejectedPath> rejected) {
		return new Run(this.id, this.state, this.requestedAt, this.finishedAt, this.selection, this.trigger,
				this.requestedBy, this.paths, this.items, this.wildcards, this.batches, rejected,
				this.possiblyBilledTwice, this.error, this.findings);
	}

	/**
	 * Return this run with the number of items that CloudFront may have billed twice.
	 * @param possiblyBilledTwice number of items
	 * @return a copy
	 */
	public Run withPossiblyBilledTwice(long possiblyBilledTwice) {
		return new Run(this.id, this.state, this.requestedAt, this.finishedAt, this.selection, this.trigger,
				this.requestedBy, this.paths, this.items, this.wildcards, this.batches, this.rejected,
				possiblyBilledTwice, this.error, this.findings);
	}

	/**
	 * Return this run with the reason why it failed or sends nothing.
	 * @param error the reason, {@code null} if there is none
	 * @return a copy
	 */
	public Run withError(@Nullable String error) {
		return new Run(this.id, this.state, this.requestedAt, this.finishedAt, this.selection, this.trigger,
				this.requestedBy, this.paths, this.items, this.wildcards, this.batches, this.rejected,
				this.possiblyBilledTwice, error, this.findings);
	}

	/**
	 * Return this run with the findings because of which objects may still be cached.
	 * @param findings the findings
	 * @return a copy
	 */
	public Run withFindings(List<Finding> findings) {
		return new Run(this.id, this.state, this.requestedAt, this.finishedAt, this.selection, this.trigger,
				this.requestedBy, this.paths, this.items, this.wildcards, this.batches, this.rejected,
				this.possiblyBilledTwice, this.error, findings);
	}

	/**
	 * Progress of a run.
	 */
	public enum State {

		/**
		 * Waits for its turn.
		 */
		QUEUED,

		/**
		 * Batches are being sent.
		 */
		SENDING,

		/**
		 * Everything was sent, and CloudFront is working on it.
		 */
		IN_PROGRESS,

		/**
		 * CloudFront has completed every batch. Final.
		 */
		COMPLETED,

		/**
		 * CloudFront has accepted every batch, and whether it has completed them cannot
		 * be known, for example because permission to ask is missing. Final.
		 */
		ACCEPTED,

		/**
		 * Something was not sent, or was not completed in time. Final. Paths that
		 * CloudFront did not accept are still tracked. A batch that is still
		 * {@link BatchState#SENDING} was given up without an answer: the next run sends
		 * it first, under the same reference.
		 */
		FAILED,

		/**
		 * There was nothing to send. Final, but a response that was late makes it
		 * {@link #COMPLETED}.
		 */
		EMPTY;

		/**
		 * Return whether the state is final.
		 * @return whether the run has ended
		 */
		public boolean isFinal() {
			return this == COMPLETED || this == ACCEPTED || this == FAILED || this == EMPTY;
		}

	}

	/**
	 * Frozen list of items that one invalidation carries.
	 *
	 * @param callerReference our unique name for it, as CloudFront shows it
	 * @param invalidationId CloudFront's id, {@code null} until it was accepted
	 * @param state how far it is
	 * @param items how many invalidation paths it has
	 * @param wildcards how many of them end in {@code *}
	 * @param attempts how often it was sent, without what the AWS SDK repeats by itself
	 * @param unanswered how many of the attempts have no answer, or none yet: CloudFront
	 * may have accepted the batch
	 * @param error CloudFront's last message, {@code null} if there was none or it was
	 * accepted
	 */
	public record Batch(String callerReference, @Nullable String invalidationId, BatchState state, int items,
			int wildcards, int attempts, int unanswered, @Nullable String error) {

		/**
		 * Create a batch that was not attempted.
		 * @param callerReference our unique name for it
		 * @param items how many invalidation paths it has
		 * @param wildcards how many of them end in {@code *}
		 * @return a batch to be sent
		 */
		public static Batch unsent(String callerReference, int items, int wildcards) {
			return new Batch(callerReference, null, BatchState.SENDING, items, wildcards, 0, 0, null);
		}

		/**
		 * Return this batch in a state.
		 * @param state the state
		 * @return a copy
		 */
		public Batch withState(BatchState state) {
			return new Batch(this.callerReference, this.invalidationId, state, this.items, this.wildcards,
					this.attempts, this.unanswered, this.error);
		}

		/**
		 * Return this batch with CloudFront's id.
		 * @param invalidationId the id, {@code null} until it was accepted
		 * @return a copy
		 */
		public Batch withInvalidationId(@Nullable String invalidationId) {
			return new Batch(this.callerReference, invalidationId, this.state, this.items, this.wildcards,
					this.attempts, this.unanswered, this.error);
		}

		/**
		 * Return this batch with the number of its attempts.
		 * @param attempts how often it was sent
		 * @param unanswered how many of the attempts have no answer
		 * @return a copy
		 */
		public Batch withAttempts(int attempts, int unanswered) {
			return new Batch(this.callerReference, this.invalidationId, this.state, this.items, this.wildcards,
					attempts, unanswered, this.error);
		}

		/**
		 * Return this batch with CloudFront's last message.
		 * @param error the message, {@code null} if there is none
		 * @return a copy
		 */
		public Batch withError(@Nullable String error) {
			return new Batch(this.callerReference, this.invalidationId, this.state, this.items, this.wildcards,
					this.attempts, this.unanswered, error);
		}

	}

	/**
	 * Progress of a batch.
	 */
	public enum BatchState {

		/**
		 * Being sent.
		 */
		SENDING,

		/**
		 * CloudFront has accepted it and is working on it.
		 */
		IN_PROGRESS,

		/**
		 * CloudFront has completed it.
		 */
		COMPLETED,

		/**
		 * CloudFront rejected it because of one of its items, and its halves are sent as
		 * separate batches: {@code <ref>.0} and {@code <ref>.1}.
		 */
		SPLIT,

		/**
		 * CloudFront did not accept it.
		 */
		FAILED

	}

	/**
	 * Tracked path that cannot be sent.
	 *
	 * @param path the path
	 * @param reason why, to be read after the path
	 */
	public record RejectedPath(String path, String reason) {
	}

}
