package io.github.cftracker.autoconfigure;

import java.util.Collection;

/**
 * The paths of the management endpoints, which are never tracked.
 */
@FunctionalInterface
interface ManagementPaths {

	/**
	 * Asked for at the first request, when all endpoints are there.
	 * @return Spring path patterns without the context path
	 */
	Collection<String> patterns();

}
