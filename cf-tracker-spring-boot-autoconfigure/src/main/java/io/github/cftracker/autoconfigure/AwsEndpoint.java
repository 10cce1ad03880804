package io.github.cftracker.autoconfigure;

import java.net.URI;

/**
 * Endpoint of a client that is not the one of AWS.
 *
 * @param uri where the client sends its calls
 * @param source what sets the endpoint, for a log line
 */
record AwsEndpoint(URI uri, String source) {

	/**
	 * Return a URI without the user and password that it may contain.
	 */
	static String withoutUser(URI uri) {
		return uri.toString().replaceAll(".*@", "***@");
	}

	@Override
	public String toString() {
		return withoutUser(this.uri) + " of " + this.source;
	}

}
