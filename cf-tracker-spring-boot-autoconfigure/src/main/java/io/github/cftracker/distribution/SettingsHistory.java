package io.github.cftracker.distribution;

import org.jspecify.annotations.Nullable;

/**
 * What all nodes together know of the distribution's settings, so that a change is
 * noticed by nodes that were started after it, and soon by those that were started
 * before.
 */
public interface SettingsHistory {

	/**
	 * Nothing is known of other nodes.
	 */
	SettingsHistory NONE = new SettingsHistory() {

		@Override
		public @Nullable String version() {
			return null;
		}

		@Override
		public void version(String version) {
		}

	};

	/**
	 * Return the version of the settings that a node has read last.
	 * @return the version, {@code null} if no node has read them yet
	 * @throws RuntimeException if it cannot be read now
	 */
	@Nullable String version();

	/**
	 * Set the version of the settings that this node has read.
	 * @param version the version
	 * @throws RuntimeException if it cannot be written now
	 */
	void version(String version);

}
