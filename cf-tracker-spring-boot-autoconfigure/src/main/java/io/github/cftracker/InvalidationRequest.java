package io.github.cftracker;

import java.util.Collection;
import java.util.List;

/**
 * A request to invalidate.
 * <p>
 * Paths are sent as given, tracked or not, and are billed each: an exact path, or a
 * prefix that ends in {@code *}. They must be percent-encoded as CloudFront needs them.
 *
 * @param selection what to invalidate
 */
public record InvalidationRequest(Selection selection) {

	/**
	 * Create a request.
	 * @throws InvalidRequestException if it names a path that CloudFront would not accept
	 */
	public InvalidationRequest {
		for (String path : selection.paths()) {
			String problem = InvalidationPath.problemOfSelected(path);
			if (problem != null) {
				throw new InvalidRequestException("paths", "'%s' %s".formatted(path, problem));
			}
		}
	}

	/**
	 * Requests everything that is tracked.
	 * @return the request
	 */
	public static InvalidationRequest ofEverything() {
		return new InvalidationRequest(Selection.ofEverything());
	}

	/**
	 * Requests the given paths.
	 * @param paths exact paths, and prefixes that end in {@code *}; duplicates count once
	 * @return the request
	 * @throws InvalidRequestException if there is none, or one that CloudFront would not
	 * accept
	 */
	public static InvalidationRequest ofPaths(Collection<String> paths) {
		if (paths.isEmpty()) {
			throw new InvalidRequestException("paths", "name at least one path");
		}
		return new InvalidationRequest(new Selection(paths.stream().distinct().toList()));
	}

	/**
	 * Requests the given paths.
	 * @param paths exact paths, and prefixes that end in {@code *}; duplicates count once
	 * @return the request
	 * @throws InvalidRequestException if there is none, or one that CloudFront would not
	 * accept
	 */
	public static InvalidationRequest ofPaths(String... paths) {
		return ofPaths(List.of(paths));
	}

}
