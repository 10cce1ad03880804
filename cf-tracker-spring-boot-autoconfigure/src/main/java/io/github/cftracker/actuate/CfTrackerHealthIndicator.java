package io.github.cftracker.actuate;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

import io.github.cftracker.Finding;
import io.github.cftracker.Run;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.run.RunsInBrief;
import io.github.cftracker.run.StoreCondition;
import io.github.cftracker.run.StoreMonitor;
import io.github.cftracker.run.TimeLimitedStore;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Health indicator that is down while CloudFront refuses the batches of this or another
 * node, from the refusal until a batch is accepted. If the store does not answer or
 * refuses commands, the status is unknown, which does not change the application's
 * status: pages are served without the store. Risks of the store and findings of the
 * distribution are details that do not change the status.
 */
public final class CfTrackerHealthIndicator implements HealthIndicator {

	private final RunLedger ledger;

	private final TimeLimitedStore store;

	private final @Nullable StoreMonitor monitor;

	private final DistributionDoctor doctor;

	private final Clock clock;

	/**
	 * Create an indicator.
	 * @param ledger the runs, and why CloudFront refuses them
	 * @param store limits the time that a call may take
	 * @param monitor state of the store's server, {@code null} if there is none
	 * @param doctor the findings
	 * @param clock clock for the age of runs
	 */
	public CfTrackerHealthIndicator(RunLedger ledger, TimeLimitedStore store, @Nullable StoreMonitor monitor,
			DistributionDoctor doctor, Clock clock) {
		this.ledger = ledger;
		this.store = store;
		this.monitor = monitor;
		this.doctor = doctor;
		this.clock = clock;
	}

	@Override
	public Health health() {
		try {
			return withFindings(this.store.call(this::ask));
		}
		catch (StoreUnavailableException | RejectedExecutionException ex) {
			return withFindings(Health.unknown().withDetail("error", String.valueOf(ex.getMessage())));
		}
	}

	private Health withFindings(Health.Builder health) {
		List<Finding> findings = this.doctor.findings();
		if (!findings.isEmpty()) {
			health.withDetail("findings", findings.stream().map(Finding::toString).toList());
		}
		return health.build();
	}

	private Health.Builder ask() {
		String refusal = this.ledger.status().refusal();
		Health.Builder health = this.doctor.isTroubled() ? Health.unknown() : Health.up();
		if (refusal != null) {
			health.down().withDetail("refusal", refusal);
		}
		health.withDetail("store", this.store.name());
		RunsInBrief runs = this.ledger.brief();
		UnreadableRuns.report(runs.unreadable(), this.doctor);
		Run newest = runs.newest();
		if (newest != null) {
			health.withDetail("lastRun", describe(newest));
		}
		Run oldest = runs.oldestUnfinished();
		if (oldest != null) {
			health.withDetail("unfinishedRuns", describe(runs.unfinished(), oldest));
		}
		if (this.monitor != null) {
			show(this.monitor.condition(), health);
		}
		return health;
	}

	private void show(StoreCondition condition, Health.Builder health) {
		health.withDetail(this.store.name(), condition.details());
		if (!condition.warnings().isEmpty()) {
			health.withDetail("warnings", condition.warnings());
		}
	}

	private static Map<String, Object> describe(Run run) {
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("id", run.id());
		description.put("state", run.state().name());
		description.put("requestedAt", run.requestedAt());
		if (run.error() != null) {
			description.put("error", run.error());
		}
		return description;
	}

	private Map<String, Object> describe(int unfinished, Run oldest) {
		Duration age = Duration.between(oldest.requestedAt(), this.clock.instant());
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("number", unfinished);
		description.put("oldest", oldest.id());
		description.put("age", (age.isNegative() ? Duration.ZERO : age).truncatedTo(ChronoUnit.SECONDS).toString());
		return description;
	}

}
