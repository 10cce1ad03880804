package io.github.cftracker.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.github.cftracker.InvalidRequestException;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;

/**
 * Late paths of one run. Their responses began before its last batch was accepted and
 * were recorded after it, so the edge may hold old content again.
 *
 * @param run the run
 * @param paths the paths
 */
public record FollowUp(Run run, List<String> paths) {

	/**
	 * Assign late paths to runs. A path belongs to the newest run that covers it and was
	 * accepted after its response began.
	 * @param late the late paths, and when their responses began
	 * @param recent runs, newest first, and when their last batch was accepted
	 * @param patterns the syntax of the patterns in their selections
	 * @return the follow-ups, without the paths that belong to no run
	 */
	public static List<FollowUp> of(Map<TrackedPath, Instant> late, Map<Run, Instant> recent, PathPatterns patterns) {
		List<Accepted> accepted = new ArrayList<>();
		recent.forEach((run, at) -> accepted.add(new Accepted(run, at, selector(run, patterns))));
		Map<Run, List<String>> paths = new LinkedHashMap<>();
		late.forEach((path, began) -> accepted.stream()
			.filter((run) -> began.isBefore(run.at()) && run.isOf(path))
			.findFirst()
			.ifPresent((run) -> paths.computeIfAbsent(run.run(), (key) -> new ArrayList<>()).add(path.path())));
		return paths.entrySet().stream().map((entry) -> new FollowUp(entry.getKey(), entry.getValue())).toList();
	}

	private static Predicate<TrackedPath> selector(Run run, PathPatterns patterns) {
		try {
			return run.selection().selector(patterns);
		}
		catch (InvalidRequestException ex) {
			// Another node has accepted the patterns. Invalidating too much is better
			// than old content
			return (path) -> true;
		}
	}

	private record Accepted(Run run, Instant at, Predicate<TrackedPath> selector) {

		boolean isOf(TrackedPath path) {
			return this.selector.test(path) || coversNamed(path.path());
		}

		/**
		 * Return whether a late wildcard may have replaced a path that was named.
		 */
		private boolean coversNamed(String path) {
			return Selection.isWildcard(path)
					&& this.run.selection().paths().stream().anyMatch((selected) -> Selection.covers(path, selected));
		}

	}

}
