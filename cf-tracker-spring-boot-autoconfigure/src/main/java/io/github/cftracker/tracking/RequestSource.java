package io.github.cftracker.tracking;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Source of the requests that are tracked.
 */
@FunctionalInterface
public interface RequestSource {

	/**
	 * All requests.
	 */
	RequestSource ANY = (headers) -> true;

	/**
	 * Requests with the headers of CloudFront. A client that reaches the application
	 * directly can send them too.
	 *
	 * @see <a href=
	 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html">Request
	 * and response behavior for custom origins</a>
	 */
	RequestSource CLOUDFRONT = (headers) -> {
		String via = headers.apply("Via");
		return headers.apply("X-Amz-Cf-Id") != null
				|| (via != null && via.toLowerCase(Locale.ROOT).contains("(cloudfront)"))
				|| "Amazon CloudFront".equals(headers.apply("User-Agent"));
	};

	/**
	 * Return whether a request is tracked.
	 * @param headers returns the value of a header, {@code null} if it is missing
	 * @return whether the request is from this source
	 */
	boolean accepts(Function<String, @Nullable String> headers);

	/**
	 * Create a source of requests with a secret, which CloudFront adds as a custom header
	 * of the origin. The time of the comparison does not depend on the secret.
	 * @param header the name of the header
	 * @param secrets the accepted values, several while one is being replaced
	 * @return the source
	 */
	static RequestSource secretHeader(String header, Collection<String> secrets) {
		List<byte[]> accepted = secrets.stream().map((secret) -> secret.getBytes(StandardCharsets.UTF_8)).toList();
		return (headers) -> {
			String value = headers.apply(header);
			byte[] given = (value != null) ? value.getBytes(StandardCharsets.UTF_8) : new byte[0];
			boolean found = false;
			for (byte[] secret : accepted) {
				found |= MessageDigest.isEqual(secret, given);
			}
			return found;
		};
	}

}
