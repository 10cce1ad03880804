package io.github.cftracker.web;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

import io.github.cftracker.CacheTag;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The response header that tells CloudFront the tags of a page.
 *
 * @param name its name
 * @param isRead whether CloudFront is believed to read it
 * @param report what is told where it lacks tags
 */
record TagHeader(String name, BooleanSupplier isRead, FlawReport report) {

	/**
	 * Containers hold 8 KB for all response headers together, and answer 500 where that
	 * is not enough.
	 */
	static final int MAX_LENGTH = 4000;

	/**
	 * The tags that the response has, whoever wrote them.
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
	 * Adds to the tags that the response has, as far as there is room.
	 */
	void add(HttpServletResponse response, Set<String> tags) {
		Set<String> all = new LinkedHashSet<>(read(response));
		all.addAll(tags);
		response.setHeader(this.name, String.join(",", fitting(all)));
	}

	/**
	 * As many of the tags as there is room for, the first ones first.
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
