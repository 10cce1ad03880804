package io.github.cftracker.cloudfront;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.github.cftracker.run.InvalidationClient;
import io.github.cftracker.run.InvalidationException;
import io.github.cftracker.run.InvalidationException.Kind;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.Invalidation;
import software.amazon.awssdk.services.cloudfront.model.InvalidationBatch;
import software.amazon.awssdk.services.cloudfront.model.InvalidationList;
import software.amazon.awssdk.services.cloudfront.model.InvalidationSummary;

/**
 * An {@link InvalidationClient} on the AWS SDK, which itself repeats a call up to four
 * times where CloudFront throttles or does not answer.
 */
public final class SdkInvalidationClient implements InvalidationClient {

	private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

	private static final Set<String> OUR_FAULT = Set.of("InconsistentQuantities", "MissingBody");

	private final Supplier<CloudFrontClient> client;

	private final String distributionId;

	/**
	 * Create a client.
	 * @param client called at the first use, because building the SDK's client takes long
	 * @param distributionId the distribution
	 */
	public SdkInvalidationClient(Supplier<CloudFrontClient> client, String distributionId) {
		this.client = client;
		this.distributionId = distributionId;
	}

	@Override
	public String create(String callerReference, List<String> items) {
		CloudFrontClient client = obtain();
		return call("CreateInvalidation",
				() -> client
					.createInvalidation((request) -> request.distributionId(this.distributionId)
						.invalidationBatch((batch) -> batch.callerReference(callerReference)
							.paths((paths) -> paths.items(items).quantity(items.size()))))
					.invalidation()
					.id());
	}

	private CloudFrontClient obtain() {
		try {
			return this.client.get();
		}
		catch (RuntimeException | LinkageError ex) {
			String message = (ex.getMessage() != null) ? ex.getMessage() : ex.toString();
			throw new InvalidationException(message, Kind.REFUSED, ex);
		}
	}

	@Override
	public Optional<String> find(String callerReference, List<String> items, Instant since) {
		String marker = null;
		do {
			InvalidationList page = list(marker);
			for (InvalidationSummary summary : page.items()) {
				if (summary.createTime().isBefore(since.minus(CLOCK_SKEW))) {
					return Optional.empty();
				}
				InvalidationBatch batch = get(summary.id()).invalidationBatch();
				if (callerReference.equals(batch.callerReference())) {
					return isSame(batch, items) ? Optional.of(summary.id()) : Optional.empty();
				}
			}
			marker = page.isTruncated() ? page.nextMarker() : null;
		}
		while (marker != null);
		return Optional.empty();
	}

	private static boolean isSame(InvalidationBatch batch, List<String> items) {
		return new HashSet<>(batch.paths().items()).equals(new HashSet<>(items));
	}

	// Newest first
	private InvalidationList list(@Nullable String marker) {
		return call("ListInvalidations",
				() -> this.client.get()
					.listInvalidations((request) -> request.distributionId(this.distributionId).marker(marker))
					.invalidationList());
	}

	@Override
	public boolean isCompleted(String invalidationId) {
		return "Completed".equalsIgnoreCase(get(invalidationId).status());
	}

	private Invalidation get(String invalidationId) {
		return call("GetInvalidation",
				() -> this.client.get()
					.getInvalidation((request) -> request.distributionId(this.distributionId).id(invalidationId))
					.invalidation());
	}

	private <T> T call(String operation, Supplier<T> call) {
		try {
			return call.get();
		}
		catch (AwsServiceException ex) {
			throw refused(operation, ex);
		}
		catch (SdkException ex) {
			String message = String.valueOf(ex.getMessage());
			String hint = RefusalHint.of(message);
			throw new InvalidationException(message, (hint != null) ? Kind.REFUSED : Kind.TEMPORARY, hint, ex);
		}
	}

	private InvalidationException refused(String operation, AwsServiceException ex) {
		AwsErrorDetails details = ex.awsErrorDetails();
		String code = (details != null) ? String.valueOf(details.errorCode()) : "";
		String message = String
			.valueOf((details != null && details.errorMessage() != null) ? details.errorMessage() : ex.getMessage());
		String hint = RefusalHint.of(code, ex.statusCode(), operation, this.distributionId);
		if (RefusalHint.isAboutCredentials(code, ex.statusCode())) {
			// Where a signature is wrong, AWS repeats the signed headers in further
			// lines,
			// and a session token is one of them
			return new InvalidationException(message.lines().findFirst().orElse(code), Kind.REFUSED, hint, null);
		}
		Kind kind = kind(code, message, ex.statusCode(), hint);
		// The SDK may have lost the answer to an earlier attempt of the same call
		boolean unanswered = kind == Kind.TEMPORARY
				|| ((kind == Kind.BUSY || kind == Kind.REFUSED) && ex.numAttempts() != null && ex.numAttempts() > 1);
		return new InvalidationException(message, kind, hint, unanswered, ex);
	}

	private static Kind kind(String code, String message, int status, @Nullable String hint) {
		return switch (code) {
			case "InvalidationBatchAlreadyExists" -> Kind.CONFLICT;
			case "InvalidArgument" ->
				message.toLowerCase(Locale.ROOT).contains("caller reference") ? Kind.CONFLICT : Kind.ITEMS;
			case "BatchTooLarge" -> Kind.ITEMS;
			case "TooManyInvalidationsInProgress" -> Kind.BUSY;
			default -> (hint != null || status == 404 || OUR_FAULT.contains(code)) ? Kind.REFUSED : Kind.TEMPORARY;
		};
	}

}
