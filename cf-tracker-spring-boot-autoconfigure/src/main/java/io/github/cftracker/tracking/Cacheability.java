package io.github.cftracker.tracking;

/**
 * Conditions under which CloudFront caches a response, by its status.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html">How
 * CloudFront processes HTTP status codes from your origin</a>
 */
enum Cacheability {

	/**
	 * For the lifetime in its headers, else for the default TTL.
	 */
	BY_TTL,

	/**
	 * Like {@link #BY_TTL}, but only with a {@code Cache-Control} header.
	 */
	WITH_CACHE_CONTROL,

	/**
	 * For as long as the response that it renews, unless it gives a lifetime itself.
	 */
	RENEWAL,

	/**
	 * An error that is cached with any headers, at least for the error TTL.
	 */
	ERROR,

	/**
	 * An error that is cached only with {@code max-age} or {@code s-maxage}.
	 */
	ERROR_WITH_MAX_AGE,

	/**
	 * Not at all.
	 */
	NEVER;

	static Cacheability of(int status) {
		return switch (status) {
			case 304 -> RENEWAL;
			case 307, 308 -> WITH_CACHE_CONTROL;
			case 404, 414, 500, 501, 502, 503, 504 -> ERROR;
			case 400, 403, 405, 412, 415 -> ERROR_WITH_MAX_AGE;
			default -> (status >= 200 && status < 400) ? BY_TTL : NEVER;
		};
	}

}
