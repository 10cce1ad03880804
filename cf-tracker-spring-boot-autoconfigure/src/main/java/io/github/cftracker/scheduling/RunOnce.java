package io.github.cftracker.scheduling;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidRequestException;
import io.github.cftracker.InvalidationPlan;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Pricing;
import io.github.cftracker.Run;
import io.github.cftracker.RunHandle;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.Trigger;
import io.github.cftracker.text.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Single run for the selection on the command line. It starts once the application is
 * ready, reports its progress, waits for the end, and exits with 0, or with 1 after any
 * failure.
 */
public final class RunOnce implements ApplicationListener<ApplicationReadyEvent> {

	private static final Logger logger = LoggerFactory.getLogger(RunOnce.class);

	private final CloudFrontInvalidator invalidator;

	private final ApplicationArguments arguments;

	private final Pricing pricing;

	private final IntConsumer exit;

	private final Duration interval;

	/**
	 * Create a single run.
	 * @param invalidator the invalidator
	 * @param arguments the selection and options
	 * @param pricing the price of items
	 * @param exit the exit of the application with a code
	 */
	public RunOnce(CloudFrontInvalidator invalidator, ApplicationArguments arguments, Pricing pricing,
			IntConsumer exit) {
		this(invalidator, arguments, pricing, exit, Duration.ofSeconds(2));
	}

	RunOnce(CloudFrontInvalidator invalidator, ApplicationArguments arguments, Pricing pricing, IntConsumer exit,
			Duration interval) {
		this.invalidator = invalidator;
		this.arguments = arguments;
		this.pricing = pricing;
		this.exit = exit;
		this.interval = interval;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		this.exit.accept(carryOut() ? 0 : 1);
	}

	private boolean carryOut() {
		try {
			RunOnceArguments arguments = RunOnceArguments.of(this.arguments);
			return arguments.isDryRun() ? plan(arguments.request()) : invalidate(arguments.request());
		}
		catch (InvalidRequestException ex) {
			logger.error("The request is invalid, nothing was sent: {}", ex.getMessage());
		}
		catch (ExecutionException | CancellationException ex) {
			logger.error("Could not follow the run to its end", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			logger.error("Interrupted before the run finished");
		}
		catch (RuntimeException ex) {
			logger.error("Could not start the run: {}", ex.getMessage());
			logger.debug("Could not start the run", ex);
		}
		return false;
	}

	private boolean plan(InvalidationRequest request) {
		InvalidationPlan plan = Objects.requireNonNullElseGet(this.invalidator.plan(request),
				() -> InvalidationPlan.ofNothing(request));
		plan.plan().forEach((item) -> logger.info("Would send {}", item));
		logger.info("Dry run, nothing was sent: {} tracked paths, {} items, about ${}, estimated duration {}",
				plan.paths(), plan.items(), this.pricing.usd(plan.items()), plan.duration());
		if (plan.excess() != null) {
			logger.warn("{}", plan.excess());
		}
		return true;
	}

	private boolean invalidate(InvalidationRequest request) throws InterruptedException, ExecutionException {
		// A mock returns null
		RunHandle handle = Objects.requireNonNullElseGet(
				this.invalidator.invalidate(request.withTrigger(Trigger.RUN_ONCE)),
				() -> RunHandle.ofNothing(request, "The invalidator did not return a run"));
		Run run = await(handle);
		if (run.state() == Run.State.FAILED) {
			logger.error("Run {} failed: {}. {} tracked paths, {} items in {} invalidations", run.id(),
					LogText.firstLine(run.error()), run.paths(), run.items(), acceptedBatches(run));
			return false;
		}
		logger.info("Run {} is {}: {} tracked paths, {} items in {} invalidations", run.id(), run.state(), run.paths(),
				run.items(), acceptedBatches(run));
		return true;
	}

	private Run await(RunHandle handle) throws InterruptedException, ExecutionException {
		boolean shown = true;
		while (true) {
			try {
				return handle.completion().get(this.interval.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (TimeoutException ex) {
				shown = showProgress(handle, shown);
			}
		}
	}

	private boolean showProgress(RunHandle handle, boolean shownBefore) {
		try {
			this.invalidator.find(handle.id()).ifPresent(RunOnce::show);
			return true;
		}
		catch (StoreUnavailableException ex) {
			// The run continues anyway, and the next progress line shows the recovery
			if (shownBefore) {
				logger.warn("Could not read the progress of run {}: {}", handle.id(), ex.getMessage());
			}
			return false;
		}
	}

	private static void show(Run run) {
		long accepted = run.batches()
			.stream()
			.filter((batch) -> batch.invalidationId() != null)
			.mapToLong(Run.Batch::items)
			.sum();
		long completed = run.batches().stream().filter((batch) -> batch.state() == Run.BatchState.COMPLETED).count();
		logger.info("Run {} is {}: {} of {} items accepted, {} of {} invalidations completed", run.id(), run.state(),
				accepted, (run.items() != null) ? run.items() : "?", completed, acceptedBatches(run));
	}

	private static long acceptedBatches(Run run) {
		return run.batches().stream().filter((batch) -> batch.invalidationId() != null).count();
	}

}
