package io.github.cftracker.run;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a run sends: some items by themselves, and whatever tracked paths these do not
 * cover.
 *
 * @param named the items that go first: tags, named paths and wildcards, in order
 * @param paths how many tracked paths are selected
 * @param items how many items that makes
 * @param exactItems how many it would be with every path by itself, also those that a
 * named wildcard or a tag covers
 * @param covered how many tracked paths each tag and wildcard covers
 * @param excess how it exceeds the budget, {@code null} if it does not
 * @param isRejected whether it must not be sent for that
 */
record PlannedRun(List<String> named, long paths, long items, long exactItems, Map<String, Long> covered,
		@Nullable String excess, boolean isRejected) {

	PlannedRun exceeding(@Nullable String excess, boolean isRejected) {
		return new PlannedRun(this.named, this.paths, this.items, this.exactItems, this.covered, excess, isRejected);
	}

}
