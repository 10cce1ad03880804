package io.github.cftracker.distribution;

/**
 * User of the distribution's settings. Called by one thread at a time.
 */
@FunctionalInterface
public interface SettingsUser {

	/**
	 * Prepare for a reading of the settings.
	 */
	default void reading() {
	}

	/**
	 * Use the settings after a reading, even if they have not changed.
	 * @param distribution the settings
	 */
	void use(Distribution distribution);

	/**
	 * Return whether this node has done something since the last reading that would be
	 * incorrect under other settings.
	 * @return whether a change has to be detected soon
	 */
	default boolean dependsOnSettings() {
		return false;
	}

	/**
	 * Handle a reading that failed.
	 * @param soon whether they are read again soon
	 */
	default void unread(boolean soon) {
	}

}
