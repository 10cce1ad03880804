package io.github.cftracker.run;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.text.LogText;
import io.github.cftracker.thread.Repeater;
import io.github.cftracker.thread.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries on runs whenever there are any and no other node does.
 * <p>
 * One node at a time has the lease, and one thread of it sends. Others renew the lease
 * and watch accepted batches, so that the next run need not wait until CloudFront is
 * done. A node that loses its lease while it sleeps cannot write any more. What it may
 * still send is the batch it has frozen, under the reference under which its successor
 * sends the same.
 */
final class Runner {

	private static final Logger logger = LoggerFactory.getLogger(Runner.class);

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);

	private final RunContext context;

	private final Repeater sender;

	private volatile List<Repeater> monitors = List.of();

	private final AtomicReference<@Nullable LeaseHolder> holder = new AtomicReference<>();

	private boolean storeIsAway;

	private boolean broken;

	Runner(RunContext context) {
		this.context = context;
		this.sender = new Repeater("cf-tracker-sender", idle(), this::work, Ticker.SYSTEM);
	}

	void start(Runnable atIdleInterval) {
		RunSettings settings = this.context.settings();
		this.monitors = List.of(Repeater.every("cf-tracker-lease-renewal", settings.lease().dividedBy(5), this::renew),
				Repeater.every("cf-tracker-completion-monitor", settings.pollInterval().dividedBy(5), this::watch),
				Repeater.every("cf-tracker-run-monitor", idle(), atIdleInterval));
		this.monitors.forEach(Repeater::start);
		this.sender.start();
		this.sender.wake();
	}

	boolean isStopped() {
		return !this.sender.isRunning();
	}

	void wake() {
		this.sender.wake();
	}

	/**
	 * Return when the threads have ended. The sender is interrupted after ten seconds,
	 * and the lease is renewed until then.
	 */
	void stop() {
		if (!this.sender.stop(SHUTDOWN_TIMEOUT)) {
			logger.warn("Shutting down while a batch is still being sent. The next node to process runs sends it "
					+ "again under the same caller reference");
		}
		this.monitors.forEach((monitor) -> monitor.stop(Duration.ZERO));
	}

	private Duration work() {
		try {
			boolean work = this.context.ledger().status().hasWork();
			Lease lease = work ? this.context.ledger().acquire() : null;
			if (lease != null) {
				serve(lease);
			}
			storeAnswered();
			this.context.observer().stopped(null);
			if (lease != null || !work) {
				repaired();
			}
		}
		catch (LeaseLostException ex) {
			logger.warn("This node stops processing runs: {}", ex.getMessage());
		}
		catch (RuntimeException | Error ex) {
			failed(ex);
			// What wakes the thread does not repair the store
			this.sender.pause(idle(), () -> false);
		}
		return idle();
	}

	private Duration idle() {
		return this.context.settings().pollInterval().multipliedBy(2);
	}

	private void serve(Lease lease) {
		LeaseHolder holder = new LeaseHolder(lease, this.context, this.sender);
		this.holder.set(holder);
		try {
			holder.serve();
		}
		finally {
			holder.leave();
			// Another thread may have begun: after a restart, while this one was in a
			// call
			this.holder.compareAndSet(holder, null);
		}
	}

	private void failed(Throwable ex) {
		this.context.observer()
			.stopped(LogText.firstLine((ex instanceof StoreUnavailableException) ? ex.getMessage() : ex.toString()));
		if (ex instanceof StoreUnavailableException) {
			if (!this.storeIsAway) {
				logger.warn("Runs are waiting for the store: {}", LogText.clean(ex.getMessage()));
			}
			logger.debug("Could not process runs", ex);
			this.storeIsAway = true;
		}
		else if (!this.broken) {
			logger.error("Could not process runs: {}. Retrying every {}", LogText.clean(ex.toString()), idle(), ex);
			this.broken = true;
		}
		else {
			logger.debug("Could not process runs", ex);
		}
	}

	private void storeAnswered() {
		if (this.storeIsAway) {
			logger.info("The store is available again");
			this.storeIsAway = false;
		}
	}

	private void repaired() {
		if (this.broken) {
			logger.info("Processing runs again");
			this.broken = false;
		}
	}

	private void renew() {
		LeaseHolder holder = this.holder.get();
		try {
			if (holder != null) {
				holder.renew();
			}
			else {
				this.context.ledger().renewClaims();
			}
		}
		catch (StoreUnavailableException ex) {
			// The sender logs it
			logger.debug("Could not renew the lease or the claims", ex);
		}
	}

	private void watch() {
		LeaseHolder holder = this.holder.get();
		if (holder != null) {
			holder.watch();
		}
	}

}
