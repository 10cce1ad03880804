package io.github.cftracker.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

import io.github.cftracker.Run;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.run.StoreGuard;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down while CloudFront refuses what this application or another node sends, from the
 * refusal until a batch is accepted. A store that does not answer is no reason to be
 * down: pages are served without it, so the status is unknown, which leaves the
 * application's own as it is.
 */
public final class CfTrackerHealthIndicator implements HealthIndicator {

	private final RunLedger ledger;

	private final StoreGuard store;

	/**
	 * Create an indicator.
	 * @param ledger knows what CloudFront has said
	 * @param store bounds the time that a question takes
	 */
	public CfTrackerHealthIndicator(RunLedger ledger, StoreGuard store) {
		this.ledger = ledger;
		this.store = store;
	}

	@Override
	public Health health() {
		try {
			return this.store.call(this::ask);
		}
		catch (StoreUnavailableException | RejectedExecutionException ex) {
			return Health.unknown().withDetail("error", String.valueOf(ex.getMessage())).build();
		}
	}

	private Health ask() {
		String refusal = this.ledger.refusal();
		Health.Builder health = (refusal != null) ? Health.down().withDetail("refusal", refusal) : Health.up();
		health.withDetail("store", this.store.name());
		this.ledger.newest().ifPresent((run) -> health.withDetail("lastRun", describe(run)));
		return health.build();
	}

	private static Map<String, String> describe(Run run) {
		Map<String, String> description = new LinkedHashMap<>();
		description.put("id", run.id());
		description.put("state", run.state().name());
		return description;
	}

}
