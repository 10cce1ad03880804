package io.github.cftracker.web;

import java.util.LinkedHashSet;
import java.util.Set;

import io.github.cftracker.CacheTag;
import io.github.cftracker.recording.KnownTags;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Collector for the tags of a response while it is created, on any threads. It writes
 * each tag to the header immediately, because the response may be committed at any time.
 */
final class CollectedTags {

	private final @Nullable TagHeader header;

	private @Nullable HttpServletResponse response;

	private @Nullable Set<String> tags;

	private boolean late;

	private boolean reopened;

	CollectedTags(@Nullable TagHeader header) {
		this.header = header;
	}

	/**
	 * Return the name of the header, empty if there is none.
	 */
	String header() {
		return (this.header != null) ? this.header.name() : "";
	}

	/**
	 * Accept tags from now on.
	 * @param response the response, or that of its error page
	 */
	synchronized void open(HttpServletResponse response) {
		this.reopened = this.tags != null;
		this.response = response;
	}

	/**
	 * Add tags. They are ignored after the response is complete, because the container
	 * may then use it for another page.
	 */
	synchronized void add(Iterable<? extends @Nullable String> added) {
		HttpServletResponse response = this.response;
		if (response == null) {
			return;
		}
		for (String tag : added) {
			String written = (tag != null) ? CacheTag.of(tag) : "";
			if (!written.isEmpty()) {
				keep(written);
			}
		}
		if (this.header != null && this.tags != null) {
			if (response.isCommitted()) {
				this.late = true;
			}
			else {
				this.header.add(response, this.tags);
			}
		}
	}

	private void keep(String tag) {
		Set<String> tags = this.tags;
		if (tags == null) {
			tags = new LinkedHashSet<>();
			this.tags = tags;
		}
		// One more than are kept shows that there are more
		if (tags.size() <= KnownTags.MAX) {
			tags.add(tag);
		}
	}

	/**
	 * Accept no more tags, and add those that the application has written to the header
	 * itself.
	 */
	synchronized ResponseTagSet close() {
		HttpServletResponse response = this.response;
		this.response = null;
		Set<String> sent = (this.header != null && response != null) ? this.header.read(response) : Set.of();
		if (!sent.isEmpty()) {
			sent.forEach(this::keep);
		}
		Set<String> tags = this.tags;
		if (tags == null) {
			return ResponseTagSet.NONE;
		}
		boolean complete = this.header != null && this.header.isRead()
				&& (response == null || TagHeader.fitting(sent).containsAll(tags));
		return new ResponseTagSet(KnownTags.union(Set.copyOf(tags), complete ? Set.of() : Set.of(CacheTag.UNSENT)),
				tags.size(), (this.header != null && response != null) ? loss(tags, sent) : null);
	}

	private @Nullable TagLoss loss(Set<String> tags, Set<String> sent) {
		if (sent.containsAll(tags)) {
			return null;
		}
		if (this.late) {
			return TagLoss.LATE;
		}
		if (tags.size() > TagHeader.fitting(tags).size()) {
			return TagLoss.LARGE;
		}
		// The header of a page that failed was removed with the page
		return this.reopened ? null : TagLoss.REPLACED;
	}

}
