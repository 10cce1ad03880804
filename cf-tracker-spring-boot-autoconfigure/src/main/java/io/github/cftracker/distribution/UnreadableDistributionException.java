package io.github.cftracker.distribution;

import org.jspecify.annotations.Nullable;

/**
 * Failure to read the settings of the distribution. Contains no credentials.
 */
public class UnreadableDistributionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	private final @Nullable String fix;

	/**
	 * Create a new exception.
	 * @param message CloudFront's message
	 * @param reason the reason
	 * @param fix what an operator has to fix, {@code null} if unknown
	 */
	public UnreadableDistributionException(String message, Reason reason, @Nullable String fix) {
		super(message);
		this.reason = reason;
		this.fix = fix;
	}

	/**
	 * Return the reason of the failure.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * Return what an operator has to fix.
	 * @return a sentence without its full stop, {@code null} if unknown
	 */
	public @Nullable String fix() {
		return this.fix;
	}

	/**
	 * Reason of a failure.
	 */
	public enum Reason {

		/**
		 * A permission or the credentials are missing.
		 */
		DENIED,

		/**
		 * The distribution does not exist.
		 */
		UNKNOWN,

		/**
		 * The AWS SDK is too old.
		 */
		UNSUPPORTED,

		/**
		 * The failure may be temporary.
		 */
		TEMPORARY

	}

}
