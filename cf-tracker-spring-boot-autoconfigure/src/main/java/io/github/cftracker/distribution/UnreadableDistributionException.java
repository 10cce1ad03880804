package io.github.cftracker.distribution;

import org.jspecify.annotations.Nullable;

/**
 * The settings of the distribution cannot be read. Holds no credentials.
 */
public class UnreadableDistributionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	private final @Nullable String fix;

	/**
	 * Create a new exception.
	 * @param message CloudFront's message
	 * @param reason why
	 * @param fix what somebody has to mend, {@code null} if we know nothing
	 */
	public UnreadableDistributionException(String message, Reason reason, @Nullable String fix) {
		super(message);
		this.reason = reason;
		this.fix = fix;
	}

	/**
	 * Why.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * What somebody has to mend.
	 * @return a sentence without its full stop, {@code null} if we know none
	 */
	public @Nullable String fix() {
		return this.fix;
	}

	/**
	 * Why the settings cannot be read.
	 */
	public enum Reason {

		/**
		 * A permission or the credentials are missing.
		 */
		DENIED,

		/**
		 * There is no such distribution.
		 */
		UNKNOWN,

		/**
		 * The AWS SDK is too old.
		 */
		UNSUPPORTED,

		/**
		 * It may work soon.
		 */
		TEMPORARY

	}

}
