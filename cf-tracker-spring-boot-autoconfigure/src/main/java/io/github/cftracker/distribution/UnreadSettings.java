package io.github.cftracker.distribution;

import java.util.Set;

/**
 * Settings of the distribution that could not be read, although the others could.
 *
 * @param reason the reason, the beginning of a sentence
 * @param names the settings
 */
public record UnreadSettings(String reason, Set<Setting> names) {

	/**
	 * All settings were read.
	 */
	public static final UnreadSettings NONE = new UnreadSettings("", Set.of());

	public UnreadSettings {
		names = Set.copyOf(names);
	}

	/**
	 * Return whether a setting could not be read.
	 * @param setting the setting
	 * @return whether its value is unknown
	 */
	public boolean lacks(Setting setting) {
		return this.names.contains(setting);
	}

	/**
	 * A setting that older versions of the AWS SDK do not know.
	 */
	public enum Setting {

		/**
		 * The response header with cache tags.
		 */
		CACHE_TAGS("the header with cache tags"),

		/**
		 * Whether the distribution serves tenants only.
		 */
		CONNECTION_MODE("whether it serves distribution tenants only"),

		/**
		 * Staging distributions.
		 */
		CONTINUOUS_DEPLOYMENT("staging distributions");

		private final String description;

		Setting(String description) {
			this.description = description;
		}

		String description() {
			return this.description;
		}

	}

}
