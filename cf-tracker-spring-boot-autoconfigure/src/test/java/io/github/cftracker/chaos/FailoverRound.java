package io.github.cftracker.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A master was killed, and a run was to complete all the same.
 *
 * @param phase what was going on
 * @param from when the round began
 * @param to when it had ended
 * @param state how the run ended
 * @param masterAfter the time from the kill until there was a master again
 * @param repeated whether Redis then failed over once more, by itself
 * @param endAfter the time from the kill until the run had ended
 * @param objects how many objects were at the edge then
 * @param stale those that were old, and stayed
 * @param lost those of them that nobody will ever invalidate
 * @param items how many items were billed
 * @param twice what was billed twice in silence
 * @param said how many more items were billed twice, as their run says
 * @param viewed how many pages viewers asked for
 * @param failed how many of them failed
 */
record FailoverRound(Phase phase, Instant from, Instant to, String state, Duration masterAfter, boolean repeated,
		Duration endAfter, int objects, List<String> stale, List<String> lost, long items, List<String> twice, int said,
		int viewed, int failed) {

	boolean isCompleted() {
		return this.state.equals("COMPLETED");
	}

	boolean includes(PageRequest request) {
		return !request.from().isBefore(this.from) && request.from().isBefore(this.to);
	}

	@Override
	public String toString() {
		return "%s: %s %d ms after the kill, a master after %d ms%s, %d objects, stale %s, lost %s, billed %d, twice %s, said %d"
			.formatted(this.phase, this.state, this.endAfter.toMillis(), this.masterAfter.toMillis(),
					this.repeated ? " and then another" : "", this.objects, this.stale.size(), some(this.lost),
					this.items, some(this.twice), this.said);
	}

	private static String some(List<String> found) {
		return found.size() + found.stream().limit(5).toList().toString();
	}

}
