package io.github.cftracker.distribution;

/**
 * Client that reads the settings of the distribution from CloudFront. May wait as long as
 * the connection's timeouts allow.
 */
@FunctionalInterface
public interface DistributionClient {

	/**
	 * Read the settings, and the cache policies that they refer to.
	 * @return the settings
	 * @throws UnreadableDistributionException if they cannot be read
	 */
	Distribution read();

}
