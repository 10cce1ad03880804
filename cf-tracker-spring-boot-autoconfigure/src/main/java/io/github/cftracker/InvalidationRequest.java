package io.github.cftracker;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Request to invalidate everything tracked, or the union of what paths, patterns, routes
 * and tags select.
 * <p>
 * A path is an exact path, or a prefix that ends in {@code *}. Paths are sent as given,
 * tracked or not, each is billed as one item, and they must be percent-encoded. Patterns
 * and routes select tracked paths only.
 * <p>
 * Two requests are equal if their selections are. The other components describe the
 * request.
 *
 * @param selection what to invalidate
 * @param trigger what makes the request
 * @param requestedBy the name of the person or job that makes the request, {@code null}
 * if unknown
 * @param once the name under which the request is carried out once on all nodes,
 * {@code null} to carry it out each time
 */
public record InvalidationRequest(Selection selection, Trigger trigger, @Nullable String requestedBy,
		@Nullable Once once) {

	/**
	 * Maximum number of values of a request: paths, patterns, routes and tags together.
	 */
	public static final int MAX_VALUES = 100_000;

	private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

	private static final int MAX_SHOWN = 200;

	/**
	 * Create a request. Control characters in the name of the requester are replaced, and
	 * a name is cut after 200 characters.
	 * @throws InvalidRequestException if it names a path that CloudFront would not
	 * accept, something that is blank, or more than {@value #MAX_VALUES} values
	 */
	public InvalidationRequest {
		checkSize(selection.paths(), selection.matching(), selection.routes(), selection.tags());
		check("paths", selection.paths(), InvalidationPath::problemOfSelected);
		check("matching", selection.matching(), InvalidationRequest::problemOfPattern);
		check("routes", selection.routes(), InvalidationRequest::problemOfPattern);
		check("tags", selection.tags(), (tag) -> tag.isEmpty() ? "is blank" : null);
		requestedBy = (requestedBy != null) ? printable(requestedBy) : null;
	}

	/**
	 * Create a request of Java code.
	 * @param selection what to invalidate
	 * @throws InvalidRequestException if it names a path that CloudFront would not
	 * accept, something that is blank, or more than {@value #MAX_VALUES} values
	 */
	public InvalidationRequest(Selection selection) {
		this(selection, Trigger.API, null, null);
	}

	/**
	 * Check the size before anything that takes time for each value.
	 */
	private static void checkSize(Collection<String> paths, Collection<String> matching, Collection<String> routes,
			Collection<String> tags) {
		Map<String, Integer> sizes = Map.of("paths", paths.size(), "matching", matching.size(), "routes", routes.size(),
				"tags", tags.size());
		if (sizes.values().stream().mapToLong(Integer::longValue).sum() > MAX_VALUES) {
			Map.Entry<String, Integer> largest = Collections.max(sizes.entrySet(), Map.Entry.comparingByValue());
			throw new InvalidRequestException(largest.getKey(),
					"'%s' has %,d values, but a request can have at most %,d values in all fields: use wildcards, or several requests"
						.formatted(largest.getKey(), largest.getValue(), MAX_VALUES));
		}
	}

	private static void check(String field, Collection<String> values, Check check) {
		for (String value : values) {
			String problem = check.problemOf(value);
			if (problem != null) {
				throw new InvalidRequestException(field, "'%s' %s".formatted(printable(value), problem));
			}
		}
	}

	/**
	 * Make a value safe to log, because the message is logged.
	 */
	private static String printable(String value) {
		String text = CONTROL.matcher(value).replaceAll("?");
		return (text.length() > MAX_SHOWN) ? text.substring(0, MAX_SHOWN) + "..." : text;
	}

	private static @Nullable String problemOfPattern(String pattern) {
		if (!pattern.startsWith("/")) {
			return "must start with '/'";
		}
		if (pattern.length() > InvalidationPath.MAX_LENGTH) {
			return "is longer than %,d characters".formatted(InvalidationPath.MAX_LENGTH);
		}
		return (pattern.indexOf('\n') != -1 || pattern.indexOf('\r') != -1) ? "contains a line break" : null;
	}

	/**
	 * Create a request for everything that is tracked.
	 * @return the request
	 */
	public static InvalidationRequest ofEverything() {
		return new InvalidationRequest(Selection.ofEverything());
	}

	/**
	 * Create a request for paths.
	 * @param paths exact paths, and prefixes that end in {@code *}; duplicates count once
	 * @return the request
	 * @throws InvalidRequestException if there is no path, or one that CloudFront would
	 * not accept
	 */
	public static InvalidationRequest ofPaths(Collection<String> paths) {
		return builder().paths(paths).build();
	}

	/**
	 * Create a request for paths.
	 * @param paths exact paths, and prefixes that end in {@code *}; duplicates count once
	 * @return the request
	 * @throws InvalidRequestException if there is no path, or one that CloudFront would
	 * not accept
	 */
	public static InvalidationRequest ofPaths(String... paths) {
		return ofPaths(List.of(paths));
	}

	/**
	 * Create a request for everything that has one of the given cache tags.
	 * @param tags the tags, in any characters
	 * @return the request
	 * @throws InvalidRequestException if there is no tag, or a blank one
	 */
	public static InvalidationRequest ofTags(String... tags) {
		return builder().tags(List.of(tags)).build();
	}

	/**
	 * Return this request with another trigger, which the run, its events and its metrics
	 * show. The library sets it for its own requests.
	 * @param trigger what makes the request
	 * @return a request for the same selection
	 */
	public InvalidationRequest withTrigger(Trigger trigger) {
		return new InvalidationRequest(this.selection, trigger, this.requestedBy, this.once);
	}

	/**
	 * Return this request with the name of a person or a job, which the run shows. A run
	 * that several requests join has the name of the first.
	 * @param requestedBy the name, {@code null} if unknown
	 * @return a request for the same selection
	 */
	public InvalidationRequest withRequestedBy(@Nullable String requestedBy) {
		return new InvalidationRequest(this.selection, this.trigger, requestedBy, this.once);
	}

	/**
	 * Return this request with a name under which it is carried out once, on whichever
	 * node requests it first. This suits a job that runs on every node. Nodes share the
	 * names through Redis; with another store each node carries it out.
	 * @param name what happens once, for example the name of the job and the date
	 * @param remembered how long the name is remembered; should be longer than the clocks
	 * of the nodes can differ
	 * @return a request for the same selection
	 * @throws InvalidRequestException if the name is blank or longer than
	 * {@value Once#MAX_LENGTH} characters, or the time is not between a millisecond and
	 * ten years
	 */
	public InvalidationRequest once(String name, Duration remembered) {
		return new InvalidationRequest(this.selection, this.trigger, this.requestedBy, new Once(name, remembered));
	}

	/**
	 * Return the union of this request and another one.
	 * @param other the other request
	 * @return the union, which is everything if one of them is, and otherwise like this
	 * request
	 * @throws InvalidRequestException if the union has more than {@value #MAX_VALUES}
	 * values
	 */
	public InvalidationRequest and(InvalidationRequest other) {
		return new InvalidationRequest(this.selection.and(other.selection), this.trigger, this.requestedBy, this.once);
	}

	/**
	 * Return whether another request has an equal selection. Nothing else is compared, so
	 * that a test finds a call without its cause.
	 */
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof InvalidationRequest request && this.selection.equals(request.selection);
	}

	@Override
	public int hashCode() {
		return this.selection.hashCode();
	}

	/**
	 * Create a builder for a selection.
	 * @return an empty builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Name under which a request is carried out once.
	 *
	 * @param name what happens once
	 * @param remembered how long the name is remembered
	 */
	public record Once(String name, Duration remembered) {

		/**
		 * Maximum number of characters of a name.
		 */
		public static final int MAX_LENGTH = 200;

		private static final Duration MAX_REMEMBERED = Duration.ofDays(10 * 366);

		/**
		 * Create a name.
		 * @throws InvalidRequestException if the name is blank or longer than
		 * {@value #MAX_LENGTH} characters, or the time is not between a millisecond and
		 * ten years
		 */
		public Once {
			if (name.isBlank() || name.length() > MAX_LENGTH) {
				throw new InvalidRequestException("once", "'%s' must have 1 to %d characters that are not all blank"
					.formatted(printable(name), MAX_LENGTH));
			}
			if (remembered.compareTo(Duration.ofMillis(1)) < 0 || remembered.compareTo(MAX_REMEMBERED) > 0) {
				throw new InvalidRequestException("once",
						"The time to remember '%s' must be between a millisecond and %d days, but is '%s'"
							.formatted(printable(name), MAX_REMEMBERED.toDays(), remembered));
			}
		}

	}

	/**
	 * Builder of a request. At least one value is required.
	 */
	public static final class Builder {

		private final Set<String> paths = new LinkedHashSet<>();

		private final Set<String> matching = new LinkedHashSet<>();

		private final Set<String> routes = new LinkedHashSet<>();

		private final Set<String> tags = new LinkedHashSet<>();

		private Builder() {
		}

		/**
		 * Add invalidation paths, which are sent as they are.
		 * @param paths exact paths, and prefixes that end in {@code *}
		 * @return this builder
		 */
		public Builder paths(Collection<String> paths) {
			this.paths.addAll(paths);
			return this;
		}

		/**
		 * Add the tracked paths that match patterns.
		 * @param patterns Spring path patterns, over paths with the context path and
		 * without a query string
		 * @return this builder
		 */
		public Builder matching(Collection<String> patterns) {
			this.matching.addAll(patterns);
			return this;
		}

		/**
		 * Add the tracked paths that MVC mappings have rendered.
		 * @param routes mappings as the application has them, with or without the context
		 * path
		 * @return this builder
		 */
		public Builder routes(Collection<String> routes) {
			this.routes.addAll(routes);
			return this;
		}

		/**
		 * Add everything that has one of the given cache tags.
		 * @param tags the tags, in any characters
		 * @return this builder
		 */
		public Builder tags(Collection<String> tags) {
			this.tags.addAll(tags);
			return this;
		}

		/**
		 * Create the request.
		 * @return the request
		 * @throws InvalidRequestException if nothing was added, a value is invalid, or
		 * there are more than {@value InvalidationRequest#MAX_VALUES} values
		 */
		public InvalidationRequest build() {
			checkSize(this.paths, this.matching, this.routes, this.tags);
			Selection selection = new Selection(List.copyOf(this.paths), List.copyOf(this.matching),
					List.copyOf(this.routes), List.copyOf(this.tags));
			if (selection.isEverything()) {
				throw new InvalidRequestException("paths", "At least one path, pattern, route or tag is required");
			}
			return new InvalidationRequest(selection);
		}

	}

	@FunctionalInterface
	private interface Check {

		@Nullable String problemOf(String value);

	}

}
