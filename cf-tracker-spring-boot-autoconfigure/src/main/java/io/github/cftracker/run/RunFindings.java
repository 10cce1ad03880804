package io.github.cftracker.run;

import java.util.List;

import io.github.cftracker.Run;
import io.github.cftracker.Run.State;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.FindingType;
import io.github.cftracker.distribution.Problem;
import io.github.cftracker.distribution.SettingsChange;
import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;

/**
 * Findings about the runs that this node carries out: why runs are not processed, why a
 * run has failed, and why its completion is unknown.
 */
public final class RunFindings implements RunObserver {

	private final DistributionDoctor doctor;

	/**
	 * Create an observer.
	 * @param doctor the collector of the findings
	 */
	public RunFindings(DistributionDoctor doctor) {
		this.doctor = doctor;
	}

	@Override
	public void unknown(Run run, String reason) {
		this.doctor.note("completion",
				new Problem(FindingType.COMPLETION_UNKNOWN,
						"CloudFront accepts invalidations, but whether it has completed them is unknown: "
								+ LogText.sentence(reason),
						"Runs end as ACCEPTED until this is fixed."));
	}

	@Override
	public void accepted(Run run, List<String> items) {
		if (items.contains("/*")) {
			// Objects that were cached under former settings are invalidated
			SettingsChange.over(this.doctor);
		}
	}

	@Override
	public void finished(Run run) {
		if (run.state() == State.COMPLETED) {
			this.doctor.note("completion", null);
		}
		if (run.state() == State.FAILED) {
			this.doctor.note("failure",
					new Problem(FindingType.RUN_FAILED,
							"Run %s failed: %s".formatted(run.id(), LogText.sentence(run.error())),
							"Paths that were not sent are still tracked. Fix the cause and request the run again."));
		}
		else if (run.state() != State.EMPTY) {
			this.doctor.note("failure", null);
		}
	}

	@Override
	public void stopped(@Nullable String problem) {
		this.doctor.trouble("runs",
				(problem == null) ? null
						: new Problem(FindingType.RUNS_STOPPED, "Runs are not processed: " + LogText.sentence(problem),
								"Fix the cause. docs/security.md lists the commands that the Redis user needs."));
	}

}
