package io.github.cftracker.test;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Two origins, of which the second is asked where the first fails.
 *
 * @param failoverStatuses the statuses that count as a failure, in ascending order
 */
record OriginGroup(String id, String primaryOriginId, String secondaryOriginId, Set<Integer> failoverStatuses) {

	private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS");

	OriginGroup {
		if (primaryOriginId.equals(secondaryOriginId)) {
			throw new IllegalArgumentException(
					"The origin group '%s' has the origin '%s' twice, use two origins".formatted(id, primaryOriginId));
		}
		if (failoverStatuses.isEmpty()) {
			throw new IllegalArgumentException(
					"The origin group '%s' has no failover status, use for example 500".formatted(id));
		}
		for (int status : failoverStatuses) {
			if (status < 400 || status > 599) {
				throw new IllegalArgumentException(
						"Invalid failover status '%d' of the origin group '%s', use 400 to 599".formatted(status, id));
			}
		}
		failoverStatuses = Collections.unmodifiableSet(new TreeSet<>(failoverStatuses));
	}

	Stream<String> originIds() {
		return Stream.of(this.primaryOriginId, this.secondaryOriginId);
	}

	static boolean appliesTo(String method) {
		return METHODS.contains(method);
	}

}
