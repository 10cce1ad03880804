package io.github.cftracker.web;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.cftracker.CacheTag;
import io.github.cftracker.tracking.KnownTags;
import io.github.cftracker.web.CollectedTags.Labels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once for each route, or path where there is none, that CloudFront does not get all
 * tags of its pages. Of many routes only the first are named.
 */
final class FlawReport {

	// What an operator looks for is the public name
	private static final Logger logger = LoggerFactory.getLogger(ResponseTags.class);

	private static final int MAX = 100;

	private final Set<String> said = ConcurrentHashMap.newKeySet();

	/**
	 * Says what is wrong with the header of a page.
	 * @param labels its tags
	 * @param header the name of the header
	 * @param route the route or path
	 * @param path the path
	 */
	void examine(Labels labels, String header, String route, String path) {
		Flaw flaw = labels.flaw();
		if (flaw == null || this.said.size() >= MAX || !this.said.add(flaw + " " + route)) {
			return;
		}
		switch (flaw) {
			case LATE -> logger.warn(
					"The header '{}' of '{}' lacks cache tags that were added after the response was committed. Add them before the body is written",
					header, path);
			case LARGE -> logger.warn(
					"The header '{}' of '{}' lacks some of the response's {} cache tags. It can hold at most {} tags and {} characters. Use fewer or shorter tags",
					header, path,
					(labels.count() > KnownTags.MAX) ? "more than " + KnownTags.MAX : String.valueOf(labels.count()),
					CacheTag.MAX_PER_RESPONSE, TagHeader.MAX_LENGTH);
			case REPLACED -> logger.warn(
					"The header '{}' of '{}' lacks cache tags because it was overwritten. Add tags with ResponseTags.add instead of setting the header",
					header, path);
		}
	}

	/**
	 * Why a header lacks tags.
	 */
	enum Flaw {

		/**
		 * They came after the header was out.
		 */
		LATE,

		/**
		 * There are too many of them.
		 */
		LARGE,

		/**
		 * The application has written the header anew.
		 */
		REPLACED

	}

}
