package io.github.cftracker.web;

import java.util.Collection;

/**
 * The paths of the management endpoints, which are never tracked.
 */
@FunctionalInterface
public interface ManagementPaths {

	/**
	 * Return the paths. Called at the first request, when all endpoints are known.
	 * @return Spring path patterns, without the context path
	 */
	Collection<String> patterns();

}
