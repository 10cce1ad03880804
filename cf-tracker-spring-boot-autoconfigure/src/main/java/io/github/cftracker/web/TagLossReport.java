package io.github.cftracker.web;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.cftracker.CacheTag;
import io.github.cftracker.recording.KnownTags;
import io.github.cftracker.text.LogText;
import io.github.cftracker.tracking.ResponseFindings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Report of pages whose header lacks cache tags. Each loss is logged once for each route,
 * or path without a route, up to a limit, and is a finding.
 */
final class TagLossReport {

	private static final Logger logger = LoggerFactory.getLogger(TagLossReport.class);

	private static final int MAX = 100;

	private final Set<String> logged = ConcurrentHashMap.newKeySet();

	private final ResponseFindings findings;

	/**
	 * Create a report.
	 * @param findings notified of each loss
	 */
	TagLossReport(ResponseFindings findings) {
		this.findings = findings;
	}

	/**
	 * Report that the header of a tracked page lacks tags.
	 * @param loss why it lacks them
	 * @param count the number of tags of the page
	 * @param header the name of the header
	 * @param route the route, {@code null} if there is none
	 * @param path the path
	 */
	void report(TagLoss loss, int count, String header, @Nullable String route, String path) {
		if (this.logged.size() < MAX && this.logged.add(loss + " " + ((route != null) ? route : path))) {
			logger.warn("{} {}", problem(loss, count, header, path), fix(loss));
		}
		this.findings.tagsIncomplete(loss.name().toLowerCase(Locale.ROOT), () -> problem(loss, count, header, path),
				fix(loss));
	}

	private static String problem(TagLoss loss, int count, String header, String path) {
		return "The header '%s' of '%s' lacks ".formatted(header, LogText.clean(path)) + switch (loss) {
			case LATE -> "cache tags that were added after the response was committed.";
			case LARGE -> "some of the response's %s cache tags. It can hold at most %d tags and %d characters."
				.formatted((count > KnownTags.MAX) ? "more than " + KnownTags.MAX : count, CacheTag.MAX_PER_RESPONSE,
						TagHeader.MAX_LENGTH);
			case REPLACED -> "cache tags because it was overwritten.";
		};
	}

	private static String fix(TagLoss loss) {
		return switch (loss) {
			case LATE -> "Add them before the body is written.";
			case LARGE -> "Use fewer or shorter tags.";
			case REPLACED -> "Add tags with ResponseTags.add instead of setting the header.";
		};
	}

}
