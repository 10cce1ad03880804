package io.github.cftracker.distribution;

/**
 * Reads the settings of the distribution from CloudFront. May wait for as long as the
 * connection lets it.
 */
@FunctionalInterface
public interface DistributionClient {

	/**
	 * Reads the settings, and the cache policies they name.
	 * @return the settings
	 * @throws UnreadableDistributionException if CloudFront does not tell
	 */
	Distribution read();

}
