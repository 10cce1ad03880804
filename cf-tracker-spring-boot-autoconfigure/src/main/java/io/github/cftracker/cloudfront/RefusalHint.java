package io.github.cftracker.cloudfront;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Hint to the fix for a call that CloudFront refuses. Contains no credentials.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/cloudfront/latest/APIReference/CommonErrors.html">Common
 * errors</a>
 */
final class RefusalHint {

	static final String GRANT = "Grant";

	private static final String NO_CREDENTIALS = "Unable to load credentials";

	private static final String CLOCK_FIX = "Correct the clock of this machine, for example with NTP";

	private static final Set<String> DENIED = Set.of("AccessDenied", "AccessDeniedException", "NotAuthorized");

	private static final Set<String> CLOCK = Set.of("RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture");

	// AWS answers some of these with 400, depending on the service
	private static final Set<String> WRONG_CREDENTIALS = Set.of("InvalidClientTokenId", "UnrecognizedClientException",
			"InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidSignatureException", "IncompleteSignature",
			"MissingAuthenticationToken", "AuthFailure", "ExpiredToken", "ExpiredTokenException");

	private static final Set<String> EXPIRED = Set.of("ExpiredToken", "ExpiredTokenException");

	private static final String CREDENTIALS = "Check 'cf.tracker.access-key' and 'cf.tracker.secret-key', or the "
			+ "application's AWS credentials if they are not set";

	private static final Pattern MISSING_MODULE = Pattern.compile("'(\\w+)' service module must be on the class path");

	private RefusalHint() {
	}

	static @Nullable String of(String code, String message, int status, String operation, String distributionId) {
		if (isAboutTheClock(code, message)) {
			return CLOCK_FIX;
		}
		if (isAboutCredentials(code, status)) {
			return CREDENTIALS + (EXPIRED.contains(code) ? ", and renew 'cf.tracker.session-token'"
					: ", and the clock of this machine");
		}
		if ("NoSuchCachePolicy".equals(code)) {
			return "Attach an existing cache policy to the cache behavior";
		}
		if (DENIED.contains(code) || status == 403) {
			return GRANT + " 'cloudfront:%s' on distribution '%s'".formatted(operation, distributionId);
		}
		if (status == 404 && !"NoSuchInvalidation".equals(code)) {
			return "Check 'cf.tracker.distribution-id' ('%s'). CloudFront gives the same answer for a distribution that only serves tenants"
				.formatted(distributionId);
		}
		return null;
	}

	/**
	 * Return what to fix if the reason of a 401 is unknown.
	 */
	static String ofUnauthorized(String operation, String distributionId) {
		return "%s 'cloudfront:%s' on distribution '%s'. ".formatted(GRANT, operation, distributionId) + CREDENTIALS;
	}

	static boolean isAboutTheClock(String code, String message) {
		String text = message.toLowerCase(Locale.ROOT);
		return CLOCK.contains(code) || (WRONG_CREDENTIALS.contains(code)
				&& (text.startsWith("signature expired") || text.startsWith("signature not yet current")));
	}

	static boolean isAboutCredentials(String code, int status) {
		return WRONG_CREDENTIALS.contains(code) || (status == 401 && !DENIED.contains(code));
	}

	/**
	 * Return what to fix if AWS does not issue the credentials of a role.
	 */
	static String ofRole(String code, String message, int status) {
		if (isAboutTheClock(code, message)) {
			return CLOCK_FIX;
		}
		return isAboutCredentials(code, status) ? CREDENTIALS
				: "Check 'cf.tracker.role-arn', or the application's AWS credentials if it is not set, and the trust "
						+ "policy of the role";
	}

	/**
	 * Return what to fix if the SDK has no credentials and did not make the call.
	 */
	static @Nullable String ofMissing(String message) {
		Matcher module = MISSING_MODULE.matcher(message);
		if (module.find()) {
			return "Add the dependency 'software.amazon.awssdk:%s'".formatted(module.group(1));
		}
		return message.startsWith(NO_CREDENTIALS)
				? "Set 'cf.tracker.access-key' and 'cf.tracker.secret-key', or give the application AWS credentials, "
						+ "for example an IAM role"
				: null;
	}

	/**
	 * Return the message without the reasons of each provider of a chain.
	 */
	static String shortened(String message) {
		Matcher module = MISSING_MODULE.matcher(message);
		if (module.find()) {
			return "The AWS credentials need 'software.amazon.awssdk:%s', which is not on the class path"
				.formatted(module.group(1));
		}
		return message.startsWith(NO_CREDENTIALS) ? "The application has no AWS credentials" : message;
	}

}
