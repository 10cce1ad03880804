package io.github.cftracker.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.cftracker.Run;
import io.github.cftracker.Selection;

/**
 * Late paths of one run: their responses began before its last batch was accepted and
 * were recorded after it, so they may have put old content back into the edge.
 *
 * @param run the run
 * @param paths the paths
 */
public record FollowUp(Run run, List<String> paths) {

	/**
	 * Finds out which run late paths belong to: the newest that covers them and was
	 * accepted after their responses began.
	 * @param late paths, and when their responses began
	 * @param recent runs, newest first, and when their last batch was accepted
	 * @return the follow-ups, without the paths that belong to no run
	 */
	public static List<FollowUp> of(Map<String, Instant> late, Map<Run, Instant> recent) {
		Map<Run, List<String>> paths = new LinkedHashMap<>();
		late.forEach((path, began) -> recent.entrySet()
			.stream()
			.filter((run) -> began.isBefore(run.getValue()) && isPartOf(run.getKey(), path))
			.findFirst()
			.ifPresent((run) -> paths.computeIfAbsent(run.getKey(), (key) -> new ArrayList<>()).add(path)));
		return paths.entrySet().stream().map((entry) -> new FollowUp(entry.getKey(), entry.getValue())).toList();
	}

	/**
	 * A late wildcard may stand for a path that was selected.
	 */
	private static boolean isPartOf(Run run, String path) {
		Selection selection = run.selection();
		return selection.isEverything()
				|| selection.paths().stream().anyMatch((selected) -> Selection.covers(selected, path))
				|| (Selection.isWildcard(path)
						&& selection.paths().stream().anyMatch((selected) -> Selection.covers(path, selected)));
	}

}
