package io.github.cftracker.web;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The tags of a complete response.
 *
 * @param tags the tags for the tracker
 * @param count the number of tags, one above the maximum of the tracker if there are more
 * than that
 * @param loss why the header lacks some, {@code null} if it has all
 */
record ResponseTagSet(Set<String> tags, int count, @Nullable TagLoss loss) {

	static final ResponseTagSet NONE = new ResponseTagSet(Set.of(), 0, null);

}
