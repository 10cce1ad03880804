package io.github.cftracker.test;

import java.util.function.Supplier;

/**
 * What goes wrong with a CreateInvalidation. The SDK repeats some faults by itself, so
 * one of them alone may never reach its caller.
 */
public enum Fault {

	/**
	 * The connection is closed without an answer, and nothing was accepted.
	 */
	DROP_BEFORE_ACCEPTING,

	/**
	 * The connection is closed without an answer, but what CloudFront accepts of the call
	 * is in the books, billed and gone from the edge.
	 */
	DROP_AFTER_ACCEPTING,

	/**
	 * 400 {@code Throttling}.
	 */
	THROTTLE,

	/**
	 * 400 {@code TooManyInvalidationsInProgress}.
	 */
	TOO_MANY_IN_PROGRESS,

	/**
	 * 500 {@code InternalError}.
	 */
	INTERNAL_ERROR,

	/**
	 * 503 {@code ServiceUnavailable}.
	 */
	SERVICE_UNAVAILABLE,

	/**
	 * 403 {@code AccessDenied}.
	 */
	ACCESS_DENIED;

	/**
	 * What to throw in place of the answer, which is worked out only if it is to be lost.
	 */
	RuntimeException inPlaceOf(Supplier<ApiResponse> answer) {
		return switch (this) {
			case DROP_BEFORE_ACCEPTING -> new LostAnswerException("Dropped the call");
			case DROP_AFTER_ACCEPTING -> lost(answer);
			case THROTTLE -> ApiException.throttling();
			case TOO_MANY_IN_PROGRESS -> ApiException.tooManyInProgress();
			case INTERNAL_ERROR -> new ApiException(500, "InternalError", "We encountered an internal error.");
			case SERVICE_UNAVAILABLE ->
				new ApiException(503, "ServiceUnavailable", "The service is temporarily unavailable.");
			case ACCESS_DENIED -> new ApiException(403, "AccessDenied", "User: arn:aws:iam::000000000000:user/local "
					+ "is not authorized to perform: cloudfront:CreateInvalidation");
		};
	}

	private static RuntimeException lost(Supplier<ApiResponse> answer) {
		try {
			return new LostAnswerException("Dropped an answer with status " + answer.get().status());
		}
		catch (ApiException ex) {
			return new LostAnswerException("Dropped a refusal with status " + ex.status());
		}
	}

}
