package io.github.cftracker.web;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.cftracker.CacheTag;
import io.github.cftracker.ResponseTags;
import io.github.cftracker.recording.KnownTags;
import io.github.cftracker.text.LogText;
import io.github.cftracker.tracking.ResponseFindings;
import io.github.cftracker.web.CollectedTags.Labels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs once for each route, or path where there is none, that CloudFront does not get all
 * tags of its pages. Of many routes only the first are logged. Each kind of flaw is a
 * finding.
 */
final class FlawReport {

	// What an operator looks for is the public name
	private static final Logger logger = LoggerFactory.getLogger(ResponseTags.class);

	private static final int MAX = 100;

	private final Set<String> said = ConcurrentHashMap.newKeySet();

	private final ResponseFindings findings;

	/**
	 * Create a report.
	 * @param findings notified of each kind of flaw
	 */
	FlawReport(ResponseFindings findings) {
		this.findings = findings;
	}

	/**
	 * Report what is wrong with the header of a page.
	 * @param labels its tags
	 * @param header the name of the header
	 * @param route the route or path
	 * @param path the path
	 */
	void examine(Labels labels, String header, String route, String path) {
		Flaw flaw = labels.flaw();
		if (flaw == null) {
			return;
		}
		if (this.said.size() < MAX && this.said.add(flaw + " " + route)) {
			logger.warn("{} {}", problem(flaw, labels, header, path), fix(flaw));
		}
		this.findings.tagsIncomplete(flaw.name().toLowerCase(Locale.ROOT), () -> problem(flaw, labels, header, path),
				fix(flaw));
	}

	private static String problem(Flaw flaw, Labels labels, String header, String path) {
		return "The header '%s' of '%s' lacks ".formatted(header, LogText.clean(path)) + switch (flaw) {
			case LATE -> "cache tags that were added after the response was committed.";
			case LARGE -> "some of the response's %s cache tags. It can hold at most %d tags and %d characters."
				.formatted((labels.count() > KnownTags.MAX) ? "more than " + KnownTags.MAX : labels.count(),
						CacheTag.MAX_PER_RESPONSE, TagHeader.MAX_LENGTH);
			case REPLACED -> "cache tags because it was overwritten.";
		};
	}

	private static String fix(Flaw flaw) {
		return switch (flaw) {
			case LATE -> "Add them before the body is written.";
			case LARGE -> "Use fewer or shorter tags.";
			case REPLACED -> "Add tags with ResponseTags.add instead of setting the header.";
		};
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
