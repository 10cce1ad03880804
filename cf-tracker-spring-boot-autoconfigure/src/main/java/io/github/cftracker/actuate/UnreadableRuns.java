package io.github.cftracker.actuate;

import java.util.List;
import java.util.stream.Collectors;

import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.FindingType;
import io.github.cftracker.distribution.Problem;

/**
 * Finding for runs in the store that cannot be read.
 */
final class UnreadableRuns {

	private static final int MAX_NAMED = 10;

	private UnreadableRuns() {
	}

	/**
	 * Report runs that cannot be read.
	 * @param unreadable their ids, empty if there are none
	 * @param doctor collects the findings
	 */
	static void report(List<String> unreadable, DistributionDoctor doctor) {
		String more = (unreadable.size() > MAX_NAMED) ? " and %d more".formatted(unreadable.size() - MAX_NAMED) : "";
		doctor
			.note("unreadable runs", unreadable.isEmpty() ? null : new Problem(FindingType.RUNS_UNREADABLE,
					"%s skipped: %s%s.".formatted((unreadable.size() == 1) ? "1 run cannot be read and is"
							: unreadable.size() + " runs cannot be read and are",
							unreadable.stream().limit(MAX_NAMED).collect(Collectors.joining(", ")), more),
					"If a newer version of cf-tracker has written them, run that version on all nodes. Otherwise delete "
							+ "their keys, which end in 'run:' and the id."));
	}

}
