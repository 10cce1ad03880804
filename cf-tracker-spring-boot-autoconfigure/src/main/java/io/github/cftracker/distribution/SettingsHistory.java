package io.github.cftracker.distribution;

import org.jspecify.annotations.Nullable;

/**
 * Version of the distribution's settings that all nodes share, so that nodes which start
 * after a change detect it, and running nodes detect it soon.
 */
public interface SettingsHistory {

	/**
	 * History without other nodes.
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
	 * Return the last version of the settings that a node has read.
	 * @return the version, {@code null} if no node has read the settings yet
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
