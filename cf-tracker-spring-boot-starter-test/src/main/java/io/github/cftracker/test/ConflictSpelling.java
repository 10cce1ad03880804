package io.github.cftracker.test;

/**
 * How a CreateInvalidation is refused whose caller reference was used for another batch.
 * Both have been seen in answers of CloudFront. The conditions of each are not
 * documented.
 */
public enum ConflictSpelling {

	/**
	 * 400 {@code InvalidArgument}, which only its message distinguishes from other
	 * invalid arguments.
	 */
	INVALID_ARGUMENT("InvalidArgument",
			"Your request contains a caller reference that was used for a "
					+ "previous invalidation batch for the same distribution."),

	/**
	 * 400 {@code InvalidationBatchAlreadyExists}, as in the API reference. The SDK has no
	 * exception class for it.
	 */
	ALREADY_EXISTS("InvalidationBatchAlreadyExists",
			"Your caller reference is associated with another invalidation batch.");

	private final String code;

	private final String reason;

	ConflictSpelling(String code, String reason) {
		this.code = code;
		this.reason = reason;
	}

	ApiException refusal() {
		return new ApiException(400, this.code, this.reason);
	}

}
