package io.github.cftracker.cloudfront;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.github.cftracker.run.InvalidationClient;
import io.github.cftracker.run.InvalidationException;
import io.github.cftracker.run.InvalidationException.Kind;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

/**
 * An {@link InvalidationClient} on the AWS SDK, which itself repeats a call up to four
 * times where CloudFront throttles or does not answer.
 */
public final class SdkInvalidationClient implements InvalidationClient {

	private static final Set<String> ITEMS_AT_FAULT = Set.of("InvalidArgument", "BatchTooLarge",
			"InconsistentQuantities", "MissingBody", "InvalidationBatchAlreadyExists");

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
		try {
			return this.client.get()
				.createInvalidation((request) -> request.distributionId(this.distributionId)
					.invalidationBatch((batch) -> batch.callerReference(callerReference)
						.paths((paths) -> paths.items(items).quantity(items.size()))))
				.invalidation()
				.id();
		}
		catch (SdkException ex) {
			throw translate(ex);
		}
	}

	@Override
	public boolean isCompleted(String invalidationId) {
		try {
			String status = this.client.get()
				.getInvalidation((request) -> request.distributionId(this.distributionId).id(invalidationId))
				.invalidation()
				.status();
			return "Completed".equalsIgnoreCase(status);
		}
		catch (SdkException ex) {
			throw translate(ex);
		}
	}

	private static InvalidationException translate(SdkException ex) {
		if (ex instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
			AwsErrorDetails details = answer.awsErrorDetails();
			String message = (details.errorMessage() != null) ? details.errorMessage() : details.errorCode();
			return new InvalidationException(String.valueOf(message), kind(details.errorCode(), answer.statusCode()),
					ex);
		}
		return new InvalidationException(String.valueOf(ex.getMessage()), Kind.TEMPORARY, ex);
	}

	private static Kind kind(String code, int status) {
		if (ITEMS_AT_FAULT.contains(code)) {
			return Kind.ITEMS;
		}
		return (status == 401 || status == 403 || status == 404) ? Kind.REFUSED : Kind.TEMPORARY;
	}

}
