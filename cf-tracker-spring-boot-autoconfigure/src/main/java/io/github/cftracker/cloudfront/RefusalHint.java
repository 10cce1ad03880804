package io.github.cftracker.cloudfront;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What an operator has to fix where CloudFront refuses a call. Holds no credentials.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/cloudfront/latest/APIReference/CommonErrors.html">Common
 * errors</a>
 */
final class RefusalHint {

	static final String GRANT = "Grant";

	private static final Set<String> DENIED = Set.of("AccessDenied", "AccessDeniedException", "NotAuthorized");

	private static final Set<String> CLOCK = Set.of("RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture");

	// AWS answers some of these with 400, depending on the service
	private static final Set<String> WRONG_CREDENTIALS = Set.of("InvalidClientTokenId", "UnrecognizedClientException",
			"InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidSignatureException", "IncompleteSignature",
			"MissingAuthenticationToken", "AuthFailure", "ExpiredToken", "ExpiredTokenException");

	private static final String CREDENTIALS = "Check 'cf.tracker.access-key' and 'cf.tracker.secret-key', or the "
			+ "application's AWS credentials provider if they are not set";

	private RefusalHint() {
	}

	static @Nullable String of(String code, String message, int status, String operation, String distributionId) {
		if (isAboutTheClock(code, message)) {
			return "Correct the clock of this machine, for example with NTP";
		}
		if (isAboutCredentials(code, status)) {
			return CREDENTIALS + ", and the clock of this machine";
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

	static boolean isAboutTheClock(String code, String message) {
		String text = message.toLowerCase(Locale.ROOT);
		return CLOCK.contains(code) || (WRONG_CREDENTIALS.contains(code)
				&& (text.startsWith("signature expired") || text.startsWith("signature not yet current")));
	}

	static boolean isAboutCredentials(String code, int status) {
		return WRONG_CREDENTIALS.contains(code) || (status == 401 && !DENIED.contains(code));
	}

	/**
	 * Return what to fix where the SDK did not make the call.
	 */
	static @Nullable String of(String message) {
		return message.startsWith("Unable to load credentials") ? CREDENTIALS : null;
	}

}
