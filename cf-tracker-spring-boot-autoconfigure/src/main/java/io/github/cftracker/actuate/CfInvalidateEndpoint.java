package io.github.cftracker.actuate;

import java.security.Principal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.Finding;
import io.github.cftracker.InvalidRequestException;
import io.github.cftracker.InvalidationPlan;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Pricing;
import io.github.cftracker.Run;
import io.github.cftracker.RunHandle;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.Trigger;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.run.RunList;
import io.github.cftracker.run.RunSummary;
import io.github.cftracker.run.SelectionHints;
import io.github.cftracker.run.TimeLimitedStore;
import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * Endpoint that starts and shows runs.
 * <p>
 * {@link AllArgumentsAdvisor} calls the write operation with all arguments of a request.
 * Spring Boot leaves out unknown ones, and a mistyped {@code dryrun} must not start a
 * run.
 */
@WebEndpoint(id = CfInvalidateEndpoint.ID)
public class CfInvalidateEndpoint {

	/**
	 * Id of the endpoint.
	 */
	public static final String ID = "cfinvalidate";

	private static final int STATUS_ACCEPTED = 202;

	private final CloudFrontInvalidator invalidator;

	private final RunLedger ledger;

	private final TimeLimitedStore store;

	private final IntSupplier pending;

	private final String distributionId;

	private final DistributionDoctor doctor;

	private final SelectionHints hints;

	private final Pricing pricing;

	/**
	 * Create an endpoint.
	 * @param invalidator starts runs
	 * @param ledger lists runs
	 * @param store counts paths
	 * @param pending counts the paths that wait to be written
	 * @param distributionId the distribution
	 * @param doctor findings of the distribution
	 * @param hints hints at mistakes in selections
	 * @param pricing what items cost
	 */
	public CfInvalidateEndpoint(CloudFrontInvalidator invalidator, RunLedger ledger, TimeLimitedStore store,
			IntSupplier pending, String distributionId, DistributionDoctor doctor, SelectionHints hints,
			Pricing pricing) {
		this.invalidator = invalidator;
		this.ledger = ledger;
		this.store = store;
		this.pending = pending;
		this.distributionId = distributionId;
		this.doctor = doctor;
		this.hints = hints;
		this.pricing = pricing;
	}

	/**
	 * Invalidate the union of what the fields select. Each field has values separated by
	 * white space.
	 * @param paths exact paths, and prefixes that end in {@code *}
	 * @param matching Spring path patterns over tracked paths
	 * @param routes MVC mappings that rendered the tracked paths
	 * @param tags cache tags
	 * @param dryRun whether to plan only
	 * @param wait how long to wait for the end of the run
	 * @return the run or the plan, 400 with the reason for invalid fields
	 */
	@WriteOperation
	public WebEndpointResponse<Object> invalidate(@Nullable String paths, @Nullable String matching,
			@Nullable String routes, @Nullable String tags, @Nullable String dryRun, @Nullable String wait) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("paths", paths);
		fields.put("matching", matching);
		fields.put("routes", routes);
		fields.put("tags", tags);
		fields.put("dryRun", dryRun);
		fields.put("wait", wait);
		fields.values().removeIf(Objects::isNull);
		return invalidate(fields, null);
	}

	WebEndpointResponse<Object> invalidate(Map<String, ?> fields, @Nullable Principal principal) {
		String requestedBy = (principal != null) ? LogText.clean(principal.getName()) : null;
		try {
			InvalidationParameters parameters = InvalidationParameters.of(fields);
			if (parameters.isDryRun()) {
				return plan(parameters.request(), requestedBy);
			}
			return accepted(request(parameters.request(), requestedBy), parameters.maxWait());
		}
		catch (InvalidRequestException ex) {
			return ErrorBody.badRequest(ex.field(), String.valueOf(ex.getMessage()));
		}
		catch (StoreUnavailableException | RejectedExecutionException ex) {
			return ErrorBody.unavailable(ex);
		}
	}

	private RunHandle request(InvalidationRequest request, @Nullable String requestedBy) {
		InvalidationRequest ours = request.withTrigger(Trigger.ENDPOINT).withRequestedBy(requestedBy);
		// A mock of a test may return null
		return Objects.requireNonNullElseGet(this.invalidator.invalidate(ours),
				() -> RunHandle.ofNothing(ours, "The invalidator did not return a run"));
	}

	private WebEndpointResponse<Object> plan(InvalidationRequest request, @Nullable String requestedBy) {
		InvalidationPlan plan = Objects.requireNonNullElseGet(this.invalidator.plan(request),
				() -> InvalidationPlan.ofNothing(request));
		return new WebEndpointResponse<>(RunBody.of(plan, requestedBy, this.hints.of(plan.selection()),
				this.doctor.findingsOfRuns(), this.pricing));
	}

	private RunBody body(RunSummary summary) {
		return RunBody.of(summary, this.hints.of(summary.run().selection()), this.pricing);
	}

	private RunBody body(Run run) {
		return RunBody.of(run, this.hints.of(run.selection()), this.pricing);
	}

	private WebEndpointResponse<Object> accepted(RunHandle handle, Duration wait) {
		if (wait.isZero()) {
			return new WebEndpointResponse<>(body(handle.run()), STATUS_ACCEPTED);
		}
		Run run = await(handle, wait);
		if (run != null) {
			return new WebEndpointResponse<>(body(run));
		}
		return new WebEndpointResponse<>(body(now(handle)), STATUS_ACCEPTED);
	}

	private Run now(RunHandle handle) {
		try {
			return this.invalidator.find(handle.id()).orElse(handle.run());
		}
		catch (StoreUnavailableException ex) {
			// The run is requested, even if its state cannot be read at this moment
			return handle.run();
		}
	}

	private static @Nullable Run await(RunHandle handle, Duration wait) {
		try {
			return handle.completion().get(wait.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			return null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	/**
	 * Return the number of tracked paths, and the last runs.
	 * @return the overview
	 */
	@ReadOperation
	public WebEndpointResponse<Object> overview() {
		try {
			RunList runs = this.store.call(() -> this.ledger.list(Integer.MAX_VALUE));
			UnreadableRuns.report(runs.unreadable(), this.doctor);
			return new WebEndpointResponse<>(new OverviewBody(this.distributionId, this.store.name(),
					this.store.count(), this.pending.getAsInt(), runs.summaries().stream().map(this::body).toList(),
					MonthBody.of(this.store.call(this.ledger::status).billedThisMonth(), this.pricing),
					this.doctor.findings()));
		}
		catch (StoreUnavailableException ex) {
			return ErrorBody.unavailable(ex);
		}
	}

	/**
	 * Return a run.
	 * @param id its id
	 * @return the run, or 404
	 */
	@ReadOperation
	public WebEndpointResponse<Object> run(@Selector String id) {
		try {
			return this.invalidator.find(id)
				.map((run) -> new WebEndpointResponse<Object>(body(run)))
				.orElseGet(() -> new WebEndpointResponse<>(new ErrorBody("Run '%s' does not exist".formatted(id), null),
						WebEndpointResponse.STATUS_NOT_FOUND));
		}
		catch (StoreUnavailableException ex) {
			return ErrorBody.unavailable(ex);
		}
	}

	record OverviewBody(String distributionId, String store, long tracked, int pending, List<RunBody> runs,
			MonthBody monthToDate, List<Finding> findings) implements OperationResponseBody {
	}

}
