package io.github.cftracker.run;

import java.time.Duration;

import io.github.cftracker.Run.Batch;
import io.github.cftracker.text.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log lines about batches: one WARN for each answer that is retried, one ERROR for a
 * batch that is not sent again.
 */
final class BatchLog {

	// Operators filter by the logger of the sender
	private static final Logger logger = LoggerFactory.getLogger(BatchSender.class);

	private final Duration giveUpAfter;

	BatchLog(Duration giveUpAfter) {
		this.giveUpAfter = giveUpAfter;
	}

	void notAccepted(RunJournal run, Batch batch, InvalidationException answer, Duration wait) {
		notAccepted(run, batch, answer, "Retrying in " + wait);
	}

	void notAccepted(RunJournal run, Batch batch, InvalidationException answer, String next) {
		logger.warn("CloudFront did not accept batch {} of run {} (attempt {}): {} {}", batch.callerReference(),
				run.id(), attempts(run, batch), LogText.sentence(answer.getMessage()), next);
	}

	void notLookedUp(RunJournal run, Batch batch, InvalidationException answer) {
		logger.warn("Could not look up batch {} of run {}: {}. Sending it under another caller reference",
				batch.callerReference(), run.id(), answer.explanation());
	}

	void renamed(RunJournal run, Batch batch, Batch renamed, int items) {
		logger.warn(
				"CloudFront may have accepted batch {} of run {} before: its {} items may be billed twice. "
						+ "Sending it again as {}",
				batch.callerReference(), run.id(), items, renamed.callerReference());
	}

	void refusedAlike(RunJournal run, Batch batch, String message) {
		logger.error("{}: CloudFront refuses every part of batch {} alike, paths are still tracked: {}", failed(run),
				CallerReference.root(batch.callerReference()), LogText.firstLine(message));
	}

	void accepted(RunJournal run, Batch batch) {
		int attempts = attempts(run, batch);
		if (attempts > 1) {
			logger.info("CloudFront accepted batch {} of run {} (attempt {})", batch.callerReference(), run.id(),
					attempts);
		}
	}

	void rejected(String item, String reason) {
		logger.warn("Not invalidated: '{}' {}", LogText.clean(item), LogText.firstLine(reason));
	}

	void waitsForReplicas(RunJournal run, Batch batch, String reason) {
		logger.warn("Batch {} of run {} is waiting: {}", batch.callerReference(), run.id(), reason);
	}

	void storedOnReplicas(RunJournal run, Batch batch) {
		logger.info("Batch {} of run {} is stored on enough replicas. Sending it", batch.callerReference(), run.id());
	}

	void refused(RunJournal run, Batch batch, InvalidationException answer) {
		logger.error("{}: batch {} was not accepted (attempt {}): {}", failed(run), batch.callerReference(),
				attempts(run, batch), answer.explanation());
	}

	void givenUp(RunJournal run, Batch batch, String error) {
		logger.error("{}: gave up batch {} after {} (attempt {}): {}", failed(run), batch.callerReference(),
				this.giveUpAfter, attempts(run, batch), LogText.firstLine(error));
	}

	/**
	 * Return the beginning of an error. Late paths of a finished run do not change its
	 * state, so the run has not failed.
	 */
	static String failed(RunJournal run) {
		return (run.state().isFinal() ? "Late paths of run %s were not invalidated" : "Run %s failed")
			.formatted(RunLog.name(run.run()));
	}

	private static int attempts(RunJournal run, Batch batch) {
		return run.state().current(batch).attempts();
	}

}
