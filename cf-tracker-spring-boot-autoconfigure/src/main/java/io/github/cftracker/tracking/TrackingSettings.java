package io.github.cftracker.tracking;

import java.util.List;
import java.util.Set;

import io.github.cftracker.distribution.QueryStrings;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the properties for tracked requests.
 *
 * @param methods the request methods to track
 * @param lifetimes how long paths are tracked
 * @param queryStrings the part of the query string that belongs to the cache key,
 * {@code null} to use the distribution's
 * @param originPath what CloudFront puts in front of paths, {@code null} to use the
 * distribution's
 * @param originId the id of the application's origin, {@code null} to determine it from
 * requests
 * @param protectedPrefixes prefixes that no wildcard of the tracker may cover
 * @param secret whether only requests with a secret are tracked, so that their other
 * headers are from CloudFront too
 */
public record TrackingSettings(Set<String> methods, LifetimePolicy lifetimes, @Nullable QueryStrings queryStrings,
		@Nullable String originPath, @Nullable String originId, List<String> protectedPrefixes, boolean secret) {
}
