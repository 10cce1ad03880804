package io.github.cftracker.distribution;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Check for native cache tags, which CloudFront itself knows. If the settings of the
 * distribution cannot be read, the properties decide.
 */
public final class NativeTags {

	private final @Nullable String header;

	private final Supplier<@Nullable Distribution> distribution;

	/**
	 * Create a check that follows changes of the distribution.
	 * @param header the response header with the tags of pages, {@code null} if there is
	 * none
	 * @param distribution the distribution's settings, {@code null} if they are unknown
	 */
	public NativeTags(@Nullable String header, Supplier<@Nullable Distribution> distribution) {
		this.header = header;
		this.distribution = distribution;
	}

	/**
	 * Return whether a tag can be invalidated by its name.
	 * @return whether there is a header, and the distribution does not read another one
	 */
	public boolean areNative() {
		if (this.header == null) {
			return false;
		}
		Distribution known = this.distribution.get();
		return known == null || known.unread().lacks(UnreadSettings.Setting.CACHE_TAGS)
				|| this.header.equalsIgnoreCase(known.tagHeader());
	}

}
