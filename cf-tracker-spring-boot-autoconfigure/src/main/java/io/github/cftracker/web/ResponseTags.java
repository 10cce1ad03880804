package io.github.cftracker.web;

import java.util.Arrays;
import java.util.Collection;

import io.github.cftracker.CacheTags;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Labels a response with cache tags, for what {@link CacheTags} cannot say. May be called
 * on any thread until the response is complete; but once it is committed the tags are
 * known to the tracker only, and CloudFront does not get them.
 * <p>
 * Does nothing for a request that is not tracked: a POST, or one that comes from
 * somewhere else than {@code cf.tracker.tracking.source} says.
 */
public final class ResponseTags {

	private ResponseTags() {
	}

	/**
	 * Adds tags.
	 * @param request the request that is being answered
	 * @param tags the tags in any characters, written as
	 * {@link io.github.cftracker.CacheTag#of} does; {@code null} and blank ones are left
	 * out
	 */
	public static void add(HttpServletRequest request, @Nullable String... tags) {
		add(request, Arrays.asList(tags));
	}

	/**
	 * Adds tags.
	 * @param request the request that is being answered
	 * @param tags the tags in any characters, written as
	 * {@link io.github.cftracker.CacheTag#of} does; {@code null} and blank ones are left
	 * out
	 */
	public static void add(HttpServletRequest request, Collection<? extends @Nullable String> tags) {
		CollectedTags collected = TrackedRequest.tags(request);
		if (collected != null) {
			collected.add(tags);
		}
	}

}
