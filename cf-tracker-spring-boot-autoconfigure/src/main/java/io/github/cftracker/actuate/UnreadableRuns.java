package io.github.cftracker.actuate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.github.cftracker.distribution.Finding;

/**
 * Runs in the store that cannot be read, as a finding.
 */
final class UnreadableRuns {

	private static final int MAX_NAMED = 10;

	private UnreadableRuns() {
	}

	/**
	 * Add what is wrong with runs to other findings.
	 * @param findings the other findings
	 * @param unreadable ids of runs that cannot be read
	 * @return all findings
	 */
	static List<Finding> addTo(List<Finding> findings, List<String> unreadable) {
		if (unreadable.isEmpty()) {
			return findings;
		}
		List<Finding> all = new ArrayList<>(findings);
		String more = (unreadable.size() > MAX_NAMED) ? " and %d more".formatted(unreadable.size() - MAX_NAMED) : "";
		all.add(new Finding(
				"%d runs cannot be read and are skipped: %s%s.".formatted(unreadable.size(),
						unreadable.stream().limit(MAX_NAMED).collect(Collectors.joining(", ")), more),
				"If a newer version of cf-tracker has written them, run that version on all nodes. Otherwise delete "
						+ "their keys, which end in 'run:' and the id."));
		return all;
	}

}
