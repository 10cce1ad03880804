package io.github.cftracker.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.github.cftracker.Run.Batch;
import org.jspecify.annotations.Nullable;

/**
 * Search for the invalid items of one run's batches. An item that is refused alone is
 * only a suspect until CloudFront has accepted another part of the same batch: if single
 * items from different places are refused alike, the items are not the cause. To detect
 * this with few calls, the search first halves down to a single item, and then continues
 * with the largest remaining part. If CloudFront refuses all of 1,000 items, this takes
 * about 30 calls.
 */
final class Bisection {

	private static final int ENOUGH_SUSPECTS = 3;

	private final Map<String, Suspect> suspects = new LinkedHashMap<>();

	private @Nullable String halved;

	void halved(Batch batch) {
		this.halved = batch.callerReference();
	}

	void suspect(Batch batch, String item, String message) {
		this.suspects.put(batch.callerReference(), new Suspect(batch, item, message));
	}

	/**
	 * Return the batch to send next.
	 * @param due frozen batches that are due
	 * @return a batch that is not a suspect, empty if all are
	 */
	Optional<Batch> next(List<Batch> due) {
		String half = (this.halved != null) ? CallerReference.half(this.halved, 1) : null;
		return due.stream()
			.filter((batch) -> !this.suspects.containsKey(batch.callerReference()))
			.max(Comparator.<Batch, Boolean>comparing((batch) -> batch.callerReference().equals(half))
				.thenComparing(Batch::items));
	}

	/**
	 * Remove the suspects that are certainly invalid, because another part of their batch
	 * was accepted.
	 * @param run the run
	 * @return the removed suspects
	 */
	List<Suspect> guilty(RunState run) {
		List<Suspect> guilty = new ArrayList<>();
		this.suspects.values().removeIf((suspect) -> run.isPartlyAccepted(suspect.root()) && guilty.add(suspect));
		return guilty;
	}

	/**
	 * Find a suspect that is refused like all other parts of its batch.
	 * @param run the run
	 * @return the suspect, {@code null} if the search continues
	 */
	@Nullable Suspect innocent(RunState run) {
		for (Suspect suspect : this.suspects.values()) {
			long alike = this.suspects.values().stream().filter((other) -> other.isOf(suspect.root())).count();
			if (alike >= ENOUGH_SUSPECTS || alike == run.sendingOf(suspect.root())) {
				return suspect;
			}
		}
		return null;
	}

	/**
	 * Item that was refused alone.
	 *
	 * @param batch the batch of only this item
	 * @param item the item
	 * @param message the message of CloudFront
	 */
	record Suspect(Batch batch, String item, String message) {

		String root() {
			return CallerReference.root(this.batch.callerReference());
		}

		boolean isOf(String root) {
			return Objects.equals(root, root());
		}

	}

}
