package io.github.cftracker.web;

import java.util.LinkedHashSet;
import java.util.Set;

import io.github.cftracker.CacheTag;
import io.github.cftracker.distribution.Distribution;
import io.github.cftracker.tracking.TrackingRules;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The response header from which CloudFront reads the tags of a page.
 *
 * @param name its name
 * @param rules know the settings of the distribution, which may be changing
 */
public record TagHeader(String name, TrackingRules rules) {

	/**
	 * Maximum length of the header in characters. Containers hold 8 KB for all response
	 * headers together, and answer 500 if that is not enough.
	 */
	static final int MAX_LENGTH = 4000;

	/**
	 * Return whether CloudFront is believed to read the header. What it cached before it
	 * did has no tags for it, and not every edge reads another header at once.
	 */
	boolean isRead() {
		Distribution known = this.rules.safety().distribution();
		return (known == null || known.readsTagsFrom(this.name)) && !this.rules.isChanging();
	}

	/**
	 * Return the tags that the response has, also those that the application has written.
	 */
	Set<String> read(HttpServletResponse response) {
		if (response.getHeader(this.name) == null) {
			return Set.of();
		}
		Set<String> tags = new LinkedHashSet<>();
		for (String value : response.getHeaders(this.name)) {
			for (String tag : value.split(",", -1)) {
				String written = CacheTag.of(tag);
				if (!written.isEmpty()) {
					tags.add(written);
				}
			}
		}
		return tags;
	}

	/**
	 * Add to the tags that the response has, as far as there is room.
	 */
	void add(HttpServletResponse response, Set<String> tags) {
		Set<String> all = new LinkedHashSet<>(read(response));
		all.addAll(tags);
		response.setHeader(this.name, String.join(",", fitting(all)));
	}

	/**
	 * Return the first tags that the header has room for.
	 */
	static Set<String> fitting(Set<String> tags) {
		Set<String> fitting = new LinkedHashSet<>();
		int length = -1;
		for (String tag : tags) {
			int longer = length + 1 + tag.length();
			if (longer <= MAX_LENGTH && fitting.size() < CacheTag.MAX_PER_RESPONSE) {
				fitting.add(tag);
				length = longer;
			}
		}
		return fitting;
	}

}
