package io.github.cftracker.distribution;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Whether CloudFront itself knows the tags of pages. Where the settings of the
 * distribution cannot be read it is believed to, because the properties say so.
 */
public final class NativeTags {

	private final @Nullable String header;

	private final Supplier<@Nullable Distribution> distribution;

	/**
	 * Create an answer that changes with the distribution.
	 * @param header the response header that pages have their tags in, {@code null} if
	 * they have none
	 * @param distribution the distribution's settings, {@code null} if they are not known
	 */
	public NativeTags(@Nullable String header, Supplier<@Nullable Distribution> distribution) {
		this.header = header;
		this.distribution = distribution;
	}

	/**
	 * Whether a tag can be invalidated by its name.
	 * @return whether there is a header, and the distribution reads no other
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
