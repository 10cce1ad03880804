package io.github.cftracker.run;

import java.util.List;

import io.github.cftracker.Run;
import org.jspecify.annotations.Nullable;

/**
 * What health shows of the runs of a ledger. The runs may lack their selections, batches
 * and rejected paths.
 *
 * @param newest the run that was requested last, {@code null} if there is no run
 * @param oldestUnfinished the unfinished run that was requested first, {@code null} if
 * every run is finished
 * @param unfinished number of unfinished runs
 * @param unreadable the ids of runs that exist but could not be read by this node
 */
public record RunsInBrief(@Nullable Run newest, @Nullable Run oldestUnfinished, int unfinished,
		List<String> unreadable) {
}
