package io.github.cftracker.actuate;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.github.cftracker.Pricing;
import io.github.cftracker.Run;
import io.github.cftracker.Selection;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A run as the endpoint shows it.
 */
@JsonInclude(Include.ALWAYS)
record RunBody(String id, String state, Instant requestedAt, @Nullable Instant finishedAt, SelectionBody selection,
		@Nullable Long paths, @Nullable Long items, @Nullable Long wildcards,
		@JsonInclude(Include.NON_NULL) @Nullable List<BatchBody> batches, List<RejectedBody> rejected,
		@JsonInclude(Include.NON_DEFAULT) long possiblyBilledTwice, @Nullable CostBody cost,
		@Nullable String error) implements OperationResponseBody {

	static RunBody of(Run run) {
		return create(run, run.batches().stream().map(BatchBody::of).toList());
	}

	static RunBody withoutBatches(Run run) {
		return create(run, null);
	}

	private static RunBody create(Run run, @Nullable List<BatchBody> batches) {
		Long items = run.items();
		return new RunBody(run.id(), run.state().name(), run.requestedAt(), run.finishedAt(),
				SelectionBody.of(run.selection()), run.paths(), items, run.wildcards(), batches,
				run.rejected().stream().map((path) -> new RejectedBody(path.path(), path.reason())).toList(),
				run.possiblyBilledTwice(), (items != null) ? new CostBody(items, Pricing.usd(items)) : null,
				run.error());
	}

	@JsonInclude(Include.ALWAYS)
	record BatchBody(String callerReference, @Nullable String invalidationId, String state, int items, int attempts,
			@Nullable String error) {

		static BatchBody of(Run.Batch batch) {
			return new BatchBody(batch.callerReference(), batch.invalidationId(), batch.state().name(), batch.items(),
					batch.attempts(), batch.error());
		}

	}

	record SelectionBody(boolean everything, @Nullable List<String> paths) {

		static SelectionBody of(Selection selection) {
			return selection.isEverything() ? new SelectionBody(true, null)
					: new SelectionBody(false, selection.paths());
		}

	}

	record RejectedBody(String path, String reason) {
	}

	record CostBody(long items, java.math.BigDecimal usd) {
	}

}
