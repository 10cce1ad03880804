package io.github.cftracker.distribution;

/**
 * Uses the settings of the distribution. Called by one thread at a time.
 */
@FunctionalInterface
public interface SettingsUser {

	/**
	 * Called before the settings are read.
	 */
	default void reading() {
	}

	/**
	 * Called after the settings were read, also if they have not changed.
	 * @param distribution the settings
	 */
	void use(Distribution distribution);

	/**
	 * Return whether this node has done something since the last reading that would be
	 * wrong under other settings.
	 * @return whether a change has to be noticed soon
	 */
	default boolean dependsOnSettings() {
		return false;
	}

	/**
	 * Called after the settings could not be read.
	 * @param soon whether they are read again soon
	 */
	default void unread(boolean soon) {
	}

}
