package io.github.cftracker.cloudfront;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.cftracker.cloudfront.CloudFrontCalls.Call;
import io.github.cftracker.cloudfront.FailedCallException.Outcome;
import io.github.cftracker.run.InvalidationClient;
import io.github.cftracker.run.InvalidationException;
import io.github.cftracker.run.InvalidationException.Kind;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudfront.model.CreateInvalidationRequest;
import software.amazon.awssdk.services.cloudfront.model.CreateInvalidationResponse;
import software.amazon.awssdk.services.cloudfront.model.GetInvalidationRequest;
import software.amazon.awssdk.services.cloudfront.model.Invalidation;
import software.amazon.awssdk.services.cloudfront.model.InvalidationBatch;
import software.amazon.awssdk.services.cloudfront.model.InvalidationList;
import software.amazon.awssdk.services.cloudfront.model.InvalidationSummary;
import software.amazon.awssdk.services.cloudfront.model.ListInvalidationsRequest;

/**
 * {@link InvalidationClient} for the AWS SDK. A call is one attempt, which takes 30
 * seconds at most. An invalidation is accepted if the answer is HTTP 201 with an id.
 */
public final class SdkInvalidationClient implements InvalidationClient {

	private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

	private static final int CREATED = 201;

	private static final String COMPLETED = "Completed";

	// The clocks of this node and of the store may be wrong
	private static final Duration CLOCK_SKEW = Duration.ofDays(1);

	private static final int MAX_COMPARED = 500;

	private static final Duration MAX_SEARCH = Duration.ofMinutes(2);

	private static final Set<String> RETRYABLE = Set.of("RequestTimeout", "RequestTimeoutException",
			"PriorRequestNotComplete");

	private static final Pattern ABOUT_ITEMS = Pattern.compile("\\b(paths?|tags?|wildcards?)\\b");

	private final CloudFrontCalls calls;

	/**
	 * Create a client.
	 * @param connection the connection with the SDK's client
	 * @param distributionId the id of the distribution
	 */
	public SdkInvalidationClient(CloudFrontConnection connection, String distributionId) {
		this(connection, distributionId, TIME_LIMIT);
	}

	SdkInvalidationClient(CloudFrontConnection connection, String distributionId, Duration timeLimit) {
		this.calls = new CloudFrontCalls(connection, distributionId, timeLimit);
	}

	@Override
	public String create(String callerReference, List<String> items) {
		return call("CreateInvalidation",
				(client, attempt) -> acceptedId(client.createInvalidation(CreateInvalidationRequest.builder()
					.distributionId(this.calls.distributionId())
					.overrideConfiguration(attempt)
					.invalidationBatch((batch) -> batch.callerReference(callerReference)
						.paths((paths) -> paths.items(items).quantity(items.size())))
					.build())));
	}

	private static @Nullable String acceptedId(CreateInvalidationResponse response) {
		Invalidation created = response.invalidation();
		boolean accepted = response.sdkHttpResponse().statusCode() == CREATED && created != null && created.id() != null
				&& !created.id().isBlank();
		return accepted ? created.id() : null;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Compares at most the newest 500 invalidations, because each takes a call, and takes
	 * at most two minutes.
	 */
	@Override
	public Optional<String> find(String callerReference, @Nullable List<String> items, Instant since) {
		String marker = null;
		int compared = 0;
		long start = System.nanoTime();
		do {
			InvalidationList page = list(marker);
			for (InvalidationSummary summary : page.items()) {
				if (summary.createTime().isBefore(since.minus(CLOCK_SKEW)) || compared++ == MAX_COMPARED) {
					return Optional.empty();
				}
				if (System.nanoTime() - start > MAX_SEARCH.toNanos()) {
					throw new InvalidationException("The search for the invalidation took too long", Kind.TEMPORARY,
							null, null)
						.unanswered(false);
				}
				InvalidationBatch batch = get(summary.id()).invalidationBatch();
				if (batch != null && callerReference.equals(batch.callerReference())) {
					return isSame(batch, items) ? Optional.of(summary.id()) : Optional.empty();
				}
			}
			marker = nextMarker(page);
		}
		while (marker != null);
		return Optional.empty();
	}

	private static boolean isSame(InvalidationBatch batch, @Nullable List<String> items) {
		return items == null
				|| (batch.paths() != null && new HashSet<>(batch.paths().items()).equals(new HashSet<>(items)));
	}

	// Newest first
	private InvalidationList list(@Nullable String marker) {
		return call("ListInvalidations",
				(client, attempt) -> client
					.listInvalidations(ListInvalidationsRequest.builder()
						.distributionId(this.calls.distributionId())
						.overrideConfiguration(attempt)
						.marker(marker)
						.build())
					.invalidationList());
	}

	private static @Nullable String nextMarker(InvalidationList page) {
		return (Boolean.TRUE.equals(page.isTruncated()) && !page.items().isEmpty()) ? page.nextMarker() : null;
	}

	@Override
	public boolean isCompleted(String invalidationId) {
		return COMPLETED.equalsIgnoreCase(get(invalidationId).status());
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Reads only as many pages as the invalidations fill if no others are newer.
	 */
	@Override
	public Map<String, Boolean> listCompleted(Collection<String> invalidationIds) {
		Map<String, Boolean> completed = new HashMap<>();
		Set<String> missing = new HashSet<>(invalidationIds);
		String marker = null;
		int listed = 0;
		do {
			InvalidationList page = list(marker);
			for (InvalidationSummary summary : page.items()) {
				if (missing.remove(summary.id())) {
					completed.put(summary.id(), COMPLETED.equalsIgnoreCase(summary.status()));
				}
			}
			listed += page.items().size();
			marker = nextMarker(page);
		}
		while (marker != null && !missing.isEmpty() && listed < invalidationIds.size());
		return completed;
	}

	private Invalidation get(String invalidationId) {
		return call("GetInvalidation", (client, attempt) -> {
			Invalidation found = client
				.getInvalidation(GetInvalidationRequest.builder()
					.distributionId(this.calls.distributionId())
					.overrideConfiguration(attempt)
					.id(invalidationId)
					.build())
				.invalidation();
			return (found != null && found.status() != null) ? found : null;
		});
	}

	private <T> T call(String operation, Call<T> call) {
		try {
			return this.calls.make(operation, call);
		}
		catch (FailedCallException ex) {
			Kind kind = kind(ex);
			throw new InvalidationException(String.valueOf(ex.getMessage()), kind, ex.hint(), ex.getCause())
				.unanswered(isUnanswered(ex, kind))
				.retryAfter(ex.retryAfter());
		}
	}

	/**
	 * Return whether CloudFront may have accepted the call. An unknown error code does
	 * not count as a refusal.
	 */
	private static boolean isUnanswered(FailedCallException ex, Kind kind) {
		return ex.outcome() == Outcome.UNKNOWN
				|| (kind == Kind.TEMPORARY && ex.hint() == null && !RETRYABLE.contains(ex.code()));
	}

	private static Kind kind(FailedCallException ex) {
		return switch (ex.outcome()) {
			case NOT_MADE -> Kind.REFUSED;
			case THROTTLED -> Kind.THROTTLED;
			case UNKNOWN -> Kind.TEMPORARY;
			case REFUSED -> refusal(ex);
		};
	}

	private static Kind refusal(FailedCallException ex) {
		return switch (ex.code()) {
			case "InvalidationBatchAlreadyExists" -> Kind.CONFLICT;
			case "InvalidArgument" -> invalidArgument(String.valueOf(ex.getMessage()).toLowerCase(Locale.ROOT));
			case "BatchTooLarge" -> Kind.SIZE;
			case "TooManyInvalidationsInProgress" -> Kind.BUSY;
			case "NoSuchInvalidation" -> Kind.NOT_FOUND;
			case "InconsistentQuantities", "MissingBody", "MalformedXML" -> Kind.REFUSED;
			default -> otherRefusal(ex);
		};
	}

	private static Kind otherRefusal(FailedCallException ex) {
		String hint = ex.hint();
		// The SDK corrects its time after the first error about the clock
		if (hint == null || RefusalHint.isAboutTheClock(ex.code(), String.valueOf(ex.getMessage()))) {
			return Kind.TEMPORARY;
		}
		return hint.startsWith(RefusalHint.GRANT) ? Kind.DENIED : Kind.REFUSED;
	}

	private static Kind invalidArgument(String message) {
		if (message.contains("caller reference")) {
			return Kind.CONFLICT;
		}
		return ABOUT_ITEMS.matcher(message).find() ? Kind.ITEMS : Kind.REFUSED;
	}

}
