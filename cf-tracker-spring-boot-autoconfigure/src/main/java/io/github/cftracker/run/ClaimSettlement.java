package io.github.cftracker.run;

import java.time.Duration;
import java.util.List;

import io.github.cftracker.Claim;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.run.BatchSender.Pause;
import io.github.cftracker.run.BatchSender.Settlement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles items that are claimed paths.
 *
 * @param claim the claim they are in
 * @param pause waits between attempts
 */
record ClaimSettlement(Claim claim, Pause pause) implements Settlement {

	private static final Logger logger = LoggerFactory.getLogger(ClaimSettlement.class);

	private static final int ATTEMPTS = 20;

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	@Override
	public void accepted(List<String> items) {
		// They are paid for: not forgetting them means to pay again
		for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
			try {
				this.claim.forget(items);
				return;
			}
			catch (StoreUnavailableException ex) {
				logger.warn("{} invalidated paths are not forgotten yet: {}", items.size(), ex.getMessage());
				this.pause.await(INTERVAL);
			}
		}
		this.claim.forget(items);
	}

	@Override
	public void rejected(List<String> items) {
		this.claim.forget(items);
	}

	@Override
	public void kept(List<String> items) {
		this.claim.giveBack(items);
	}

}
