package io.github.cftracker.tracking;

import java.util.List;
import java.util.Set;

import io.github.cftracker.distribution.QueryStrings;
import org.jspecify.annotations.Nullable;

/**
 * What decides about requests as long as the distribution does not.
 *
 * @param methods the request methods to track
 * @param lifetimes how long paths are tracked
 * @param queryStrings what of the query string is part of the cache key, {@code null} if
 * the distribution is to say
 * @param originPath what CloudFront puts in front of paths, {@code null} if the
 * distribution is to say
 * @param originId which origin of the distribution the application is, {@code null} if
 * requests are to tell
 * @param protectedPrefixes prefixes that no wildcard of ours may cover
 * @param secret whether only requests are tracked that carry a secret, so that their
 * other headers are CloudFront's too
 */
public record TrackingSettings(Set<String> methods, LifetimePolicy lifetimes, @Nullable QueryStrings queryStrings,
		@Nullable String originPath, @Nullable String originId, List<String> protectedPrefixes, boolean secret) {
}
