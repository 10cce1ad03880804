package io.github.cftracker.web;

import java.util.LinkedHashSet;
import java.util.Set;

import io.github.cftracker.CacheTag;
import io.github.cftracker.recording.KnownTags;
import io.github.cftracker.web.FlawReport.Flaw;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The tags of a response while it is made, on whatever threads. Each goes into the header
 * at once, because nobody knows when the response will be committed.
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
	 * Takes tags from now on.
	 * @param response the response, or that of its error page
	 */
	synchronized void open(HttpServletResponse response) {
		this.reopened = this.tags != null;
		this.response = response;
	}

	/**
	 * Adds tags. The container may use the response for another page once it is complete,
	 * so what comes after it is left out.
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
		// One more than are kept says that there are more
		if (tags.size() <= KnownTags.MAX) {
			tags.add(tag);
		}
	}

	/**
	 * Takes no more tags, and adds those that the application has put into the header
	 * itself.
	 */
	synchronized Labels close() {
		HttpServletResponse response = this.response;
		this.response = null;
		Set<String> sent = (this.header != null && response != null) ? this.header.read(response) : Set.of();
		sent.forEach(this::keep);
		Set<String> tags = this.tags;
		if (tags == null) {
			return Labels.NONE;
		}
		boolean complete = this.header != null && this.header.isRead().getAsBoolean()
				&& (response == null || TagHeader.fitting(sent).containsAll(tags));
		return new Labels(KnownTags.union(Set.copyOf(tags), complete ? Set.of() : Set.of(CacheTag.UNSENT)), tags.size(),
				(this.header != null && response != null) ? flaw(tags, sent) : null);
	}

	/**
	 * Says why the header of a tracked page lacks tags, if it does.
	 */
	void examine(Labels labels, @Nullable String route, String path) {
		if (this.header != null) {
			this.header.report().examine(labels, this.header.name(), (route != null) ? route : path, path);
		}
	}

	private @Nullable Flaw flaw(Set<String> tags, Set<String> sent) {
		if (sent.containsAll(tags)) {
			return null;
		}
		if (this.late) {
			return Flaw.LATE;
		}
		if (tags.size() > TagHeader.fitting(tags).size()) {
			return Flaw.LARGE;
		}
		// The header of a page that failed is gone with the page
		return this.reopened ? null : Flaw.REPLACED;
	}

	/**
	 * The tags of a complete response.
	 *
	 * @param tags the tags for the tracker
	 * @param count how many there were, one more than the tracker keeps for more than
	 * that
	 * @param flaw why the header lacks some, {@code null} if it does not
	 */
	record Labels(Set<String> tags, int count, @Nullable Flaw flaw) {

		static final Labels NONE = new Labels(Set.of(), 0, null);

	}

}
