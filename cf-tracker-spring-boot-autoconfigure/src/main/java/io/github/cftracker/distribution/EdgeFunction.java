package io.github.cftracker.distribution;

/**
 * CloudFront function or Lambda@Edge function that may rewrite the path of requests.
 *
 * @param event when the function is called
 * @param name the ARN
 */
public record EdgeFunction(Event event, String name) {

	/**
	 * Event at which a function is called.
	 */
	public enum Event {

		/**
		 * Before the cache: the rewritten path is part of the cache key.
		 */
		VIEWER_REQUEST,

		/**
		 * Behind the cache: the viewer's path is part of the cache key.
		 */
		ORIGIN_REQUEST

	}

}
