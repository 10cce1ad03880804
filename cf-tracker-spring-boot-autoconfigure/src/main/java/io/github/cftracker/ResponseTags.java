package io.github.cftracker;

import java.util.Arrays;
import java.util.Collection;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Cache tags of a response, for what {@link CacheTags} cannot express. May be called on
 * any thread until the response is complete. Tags that are added after the response is
 * committed are known to the tracker only: CloudFront does not receive them.
 * <p>
 * Has no effect for a request that is not tracked, such as a POST or a request from
 * another source than {@code cf.tracker.tracking.source}.
 */
public final class ResponseTags {

	private ResponseTags() {
	}

	/**
	 * Add tags.
	 * @param request the request that is being answered
	 * @param tags the tags in any characters, written as {@link CacheTag#of} does;
	 * {@code null} and blank ones are left out
	 */
	public static void add(HttpServletRequest request, @Nullable String... tags) {
		add(request, Arrays.asList(tags));
	}

	/**
	 * Add tags.
	 * @param request the request that is being answered
	 * @param tags the tags in any characters, written as {@link CacheTag#of} does;
	 * {@code null} and blank ones are left out
	 */
	public static void add(HttpServletRequest request, Collection<? extends @Nullable String> tags) {
		if (request.getAttribute(Collector.ATTRIBUTE) instanceof Collector collector) {
			collector.add(tags);
		}
	}

	/**
	 * Collector of the tags of one response. The tracker adds it to each request that it
	 * tracks; a test of a controller without the tracker's filter may add its own.
	 */
	@FunctionalInterface
	public interface Collector {

		/**
		 * Name of the request attribute.
		 */
		String ATTRIBUTE = "io.github.cftracker.ResponseTags.COLLECTOR";

		/**
		 * Add tags.
		 * @param tags the tags, {@code null} and blank ones included
		 */
		void add(Collection<? extends @Nullable String> tags);

	}

}
