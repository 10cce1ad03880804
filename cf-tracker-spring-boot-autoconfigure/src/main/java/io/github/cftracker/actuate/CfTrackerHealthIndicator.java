package io.github.cftracker.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

import io.github.cftracker.Run;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.run.StoreCondition;
import io.github.cftracker.run.StoreGuard;
import io.github.cftracker.run.StoreWatch;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down while CloudFront refuses what this application or another node sends, from the
 * refusal until a batch is accepted. A store that does not answer is no reason to be
 * down: pages are served without it, so the status is unknown, which leaves the
 * application's own as it is. What puts at risk what the store keeps is shown, and is no
 * reason either.
 */
public final class CfTrackerHealthIndicator implements HealthIndicator {

	private final RunLedger ledger;

	private final StoreGuard store;

	private final @Nullable StoreWatch watch;

	/**
	 * Create an indicator.
	 * @param ledger knows what CloudFront has said
	 * @param store bounds the time that a question takes
	 * @param watch knows the store's server, if there is one
	 */
	public CfTrackerHealthIndicator(RunLedger ledger, StoreGuard store, @Nullable StoreWatch watch) {
		this.ledger = ledger;
		this.store = store;
		this.watch = watch;
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
		if (this.watch != null) {
			show(this.watch.condition(), health);
		}
		return health.build();
	}

	private void show(StoreCondition condition, Health.Builder health) {
		health.withDetail(this.store.name(), condition.details());
		if (!condition.warnings().isEmpty()) {
			health.withDetail("warnings", condition.warnings());
		}
	}

	private static Map<String, String> describe(Run run) {
		Map<String, String> description = new LinkedHashMap<>();
		description.put("id", run.id());
		description.put("state", run.state().name());
		return description;
	}

}
