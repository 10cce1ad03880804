package io.github.cftracker.distribution;

/**
 * A CloudFront function or Lambda@Edge function that may rewrite the path of requests.
 *
 * @param event when it is called
 * @param name its ARN
 */
public record EdgeFunction(Event event, String name) {

	/**
	 * When a function is called.
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
