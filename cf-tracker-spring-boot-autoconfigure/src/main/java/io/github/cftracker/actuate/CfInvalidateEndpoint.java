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

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.Finding;
import io.github.cftracker.InvalidRequestException;
import io.github.cftracker.InvalidationPlan;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.RunHandle;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.Trigger;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.run.RunList;
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

	private final TrackerState state;

	private final RunBodies bodies;

	private final String distributionId;

	private final DistributionDoctor doctor;

	/**
	 * Create an endpoint.
	 * @param invalidator starts runs
	 * @param state tracked paths and runs
	 * @param bodies creates the JSON of runs
	 * @param distributionId the distribution
	 * @param doctor findings of the distribution
	 */
	public CfInvalidateEndpoint(CloudFrontInvalidator invalidator, TrackerState state, RunBodies bodies,
			String distributionId, DistributionDoctor doctor) {
		this.invalidator = invalidator;
		this.state = state;
		this.bodies = bodies;
		this.distributionId = distributionId;
		this.doctor = doctor;
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
		return new WebEndpointResponse<>(this.bodies.of(plan, requestedBy, this.doctor.findingsOfRuns()));
	}

	private WebEndpointResponse<Object> accepted(RunHandle handle, Duration wait) {
		if (wait.isZero()) {
			return new WebEndpointResponse<>(this.bodies.of(handle.run()), STATUS_ACCEPTED);
		}
		Run run = await(handle, wait);
		if (run != null) {
			return new WebEndpointResponse<>(this.bodies.of(run));
		}
		return new WebEndpointResponse<>(this.bodies.of(now(handle)), STATUS_ACCEPTED);
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
			RunList runs = this.state.runs();
			UnreadableRuns.report(runs.unreadable(), this.doctor);
			return new WebEndpointResponse<>(
					new OverviewBody(this.distributionId, this.state.store().name(), this.state.store().count(),
							this.state.pending(), runs.summaries().stream().map(this.bodies::of).toList(),
							this.bodies.ofMonth(this.state.billedThisMonth()), this.doctor.findings()));
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
				.map((run) -> new WebEndpointResponse<Object>(this.bodies.of(run)))
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
