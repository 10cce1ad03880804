package io.github.cftracker.cloudfront;

import java.time.Duration;
import java.util.Objects;

import io.github.cftracker.cloudfront.FailedCallException.ErrorAnswer;
import io.github.cftracker.cloudfront.FailedCallException.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.CloudFrontException;

/**
 * Calls of CloudFront's API for one distribution. Each call is one attempt with a time
 * limit, regardless of the client's configuration: the caller decides about retries. Only
 * a GET whose connection ends without an answer is repeated by the JDK, once. An answer
 * is valid only if it has the requested content.
 */
final class CloudFrontCalls {

	private static final String BLOCKED = "Check 'cf.tracker.endpoint', and whether a proxy answers instead of "
			+ "CloudFront";

	private static final Logger logger = LoggerFactory.getLogger(CloudFrontCalls.class);

	private final CloudFrontConnection connection;

	private final String distributionId;

	private final Duration timeLimit;

	CloudFrontCalls(CloudFrontConnection connection, String distributionId, Duration timeLimit) {
		this.connection = connection;
		this.distributionId = distributionId;
		this.timeLimit = timeLimit;
	}

	String distributionId() {
		return this.distributionId;
	}

	/**
	 * Make a call.
	 * @param operation its name, as IAM knows it
	 * @param call the call, which returns {@code null} if the answer lacks something
	 * @return the answer of CloudFront
	 * @throws FailedCallException if there is no client, no answer, or not the answer of
	 * the operation
	 */
	<T> T make(String operation, Call<T> call) {
		CloudFrontClient client = obtain();
		Attempt attempt = new Attempt(this.timeLimit);
		try {
			T result = call.make(client, attempt);
			if (result != null) {
				return result;
			}
		}
		catch (AwsServiceException ex) {
			boolean answered = attempt.status() != 0 || ex instanceof CloudFrontException;
			throw answered ? failed(operation, attempt, ex) : withoutCredentials(ex);
		}
		catch (SdkException ex) {
			if (attempt.status() == 0) {
				throw unanswered(String.valueOf(ex.getMessage()), ex);
			}
			throw unexpected(attempt, ex);
		}
		catch (IllegalStateException ex) {
			// A credentials provider outside of a chain requires a missing module of the
			// SDK
			String message = String.valueOf(ex.getMessage());
			throw (RefusalHint.ofMissing(message) != null) ? unanswered(message, ex) : ex;
		}
		throw unexpected(attempt, null);
	}

	private CloudFrontClient obtain() {
		try {
			return this.connection.client();
		}
		catch (RuntimeException | LinkageError ex) {
			String message = (ex.getMessage() != null) ? ex.getMessage() : ex.toString();
			throw FailedCallException.notMade(message, null, ex);
		}
	}

	private static FailedCallException unanswered(String message, RuntimeException ex) {
		String hint = RefusalHint.ofMissing(message);
		if (hint == null) {
			return FailedCallException.unanswered(message, null, null, ex);
		}
		logger.debug("There are no AWS credentials", ex);
		return FailedCallException.notMade(RefusalHint.shortened(message), hint, ex);
	}

	/**
	 * Convert the refusal of another service, such as AWS STS, to issue the credentials
	 * of the call.
	 */
	private static FailedCallException withoutCredentials(AwsServiceException ex) {
		AwsErrorDetails details = ex.awsErrorDetails();
		String code = (details != null) ? Objects.requireNonNullElse(details.errorCode(), "") : "";
		String answer = (details != null && details.errorMessage() != null) ? details.errorMessage()
				: "HTTP " + ex.statusCode();
		String message = "AWS did not issue credentials: " + answer;
		boolean temporary = ex.isThrottlingException() || ex.statusCode() >= 500;
		return temporary ? FailedCallException.unanswered(message, null, null, null)
				: FailedCallException.notMade(message, RefusalHint.ofRole(code, answer, ex.statusCode()), null);
	}

	private FailedCallException failed(String operation, Attempt attempt, AwsServiceException ex) {
		String code = (ex.awsErrorDetails() != null) ? ex.awsErrorDetails().errorCode() : null;
		if (code == null || code.isBlank()) {
			boolean unauthorized = attempt.status() == 401 && attempt.isXml();
			return unauthorized ? unauthorized(operation, attempt, ex) : unexpected(attempt, ex);
		}
		String answer = ex.awsErrorDetails().errorMessage();
		String message = (answer != null && !answer.isBlank()) ? answer : code;
		String hint = RefusalHint.of(code, message, ex.statusCode(), operation, this.distributionId);
		// The exception may contain signed headers, which are secrets
		SdkException cause = RefusalHint.isAboutCredentials(code, ex.statusCode()) ? null : ex;
		return new FailedCallException(outcome(ex), message,
				new ErrorAnswer(code, ex.statusCode(), attempt.retryAfter()), hint, cause);
	}

	/**
	 * Convert a 401, whose body the JDK's HTTP client drops for a POST.
	 */
	private FailedCallException unauthorized(String operation, Attempt attempt, AwsServiceException ex) {
		String message = "CloudFront refused the call: HTTP " + attempt.description();
		String hint = RefusalHint.ofUnauthorized(operation, this.distributionId);
		return new FailedCallException(outcome(ex), message,
				new ErrorAnswer("NotAuthorized", ex.statusCode(), attempt.retryAfter()), hint, null);
	}

	private static Outcome outcome(AwsServiceException ex) {
		return ex.isThrottlingException() ? Outcome.THROTTLED
				: (ex.statusCode() < 500) ? Outcome.REFUSED : Outcome.UNKNOWN;
	}

	private static FailedCallException unexpected(Attempt attempt, @Nullable SdkException ex) {
		boolean broken = attempt.status() >= 500 || attempt.isXml();
		String message = (broken ? "CloudFront did not answer: HTTP %s" : "The answer is not CloudFront's: HTTP %s")
			.formatted(attempt.description());
		return FailedCallException.unanswered(message, attempt.retryAfter(), broken ? null : BLOCKED, ex);
	}

	/**
	 * Call of the API.
	 *
	 * @param <T> the type of the result
	 */
	@FunctionalInterface
	interface Call<T> {

		/**
		 * Make the call.
		 * @param client the client to use
		 * @param attempt the configuration of the request, to be passed to
		 * {@code overrideConfiguration}
		 * @return the result, {@code null} if the answer lacks it
		 */
		@Nullable T make(CloudFrontClient client, Attempt attempt);

	}

}
