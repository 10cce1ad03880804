package io.github.cftracker.run;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.text.LogText;
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

	private final RunContext context;

	private final AtomicReference<@Nullable LeaseHolder> holder = new AtomicReference<>();

	private volatile @Nullable RunThreads threads;

	private boolean storeIsAway;

	private boolean broken;

	Runner(RunContext context) {
		this.context = context;
	}

	void start(Runnable atIdleInterval) {
		RunThreads[] started = new RunThreads[1];
		RunThreads threads = new RunThreads(() -> work(started[0]));
		started[0] = threads;
		threads.atIntervals("cf-tracker-lease-renewal", this::renew, this.context.settings().lease().dividedBy(5));
		threads.atIntervals("cf-tracker-completion-monitor", this::watch,
				this.context.settings().pollInterval().dividedBy(5));
		threads.atIntervals("cf-tracker-run-monitor", atIdleInterval, idle());
		threads.start();
		this.threads = threads;
	}

	boolean isStopped() {
		RunThreads threads = this.threads;
		return threads == null || threads.isStopping();
	}

	void wake() {
		RunThreads threads = this.threads;
		if (threads != null) {
			threads.wake();
		}
	}

	void stop() {
		RunThreads threads = this.threads;
		if (threads != null) {
			threads.stop();
		}
	}

	private void work(RunThreads threads) {
		while (!threads.isStopping()) {
			try {
				boolean work = this.context.ledger().hasWork();
				Lease lease = work ? this.context.ledger().acquire() : null;
				if (lease != null) {
					serve(lease, threads);
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
				threads.pause(idle(), () -> false);
			}
			threads.idle(idle(), () -> false);
		}
	}

	private Duration idle() {
		return this.context.settings().pollInterval().multipliedBy(2);
	}

	private void serve(Lease lease, RunThreads threads) {
		LeaseHolder holder = new LeaseHolder(lease, this.context, threads);
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
		if (holder != null) {
			holder.renew();
		}
		else {
			this.context.ledger().renewClaims();
		}
	}

	private void watch() {
		LeaseHolder holder = this.holder.get();
		if (holder != null) {
			holder.watch();
		}
	}

}
