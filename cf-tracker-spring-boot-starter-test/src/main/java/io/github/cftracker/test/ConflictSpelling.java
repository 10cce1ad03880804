package io.github.cftracker.test;

/**
 * How a CreateInvalidation is refused whose caller reference was used for another batch.
 * Either has been seen of CloudFront; which one it answers when is not documented.
 */
public enum ConflictSpelling {

	/**
	 * 400 {@code InvalidArgument}, told from other invalid arguments by its message only.
	 */
	INVALID_ARGUMENT("InvalidArgument",
			"Your request contains a caller reference that was used for a "
					+ "previous invalidation batch for the same distribution."),

	/**
	 * 400 {@code InvalidationBatchAlreadyExists}, for which the SDK has no exception of
	 * its own.
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
