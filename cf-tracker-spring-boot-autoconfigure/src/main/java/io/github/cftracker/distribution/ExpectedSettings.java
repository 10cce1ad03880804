package io.github.cftracker.distribution;

import org.jspecify.annotations.Nullable;

/**
 * Settings of the distribution that the application's properties configure.
 *
 * @param distributionId the id of the distribution
 * @param originId the id of the application's origin, {@code null} to detect it
 * @param originPath the path that CloudFront adds before paths, {@code null} to use the
 * distribution's
 * @param queryStrings the part of the query string in the cache key, {@code null} to use
 * the distribution's
 * @param secretHeader the header without which nothing is tracked, {@code null} if none
 * is required
 * @param tagHeader the response header with the cache tags of pages, {@code null} if
 * there is none
 * @param pathHeader the request header with the viewer's path, {@code null} if there is
 * none
 */
public record ExpectedSettings(String distributionId, @Nullable String originId, @Nullable String originPath,
		@Nullable QueryStrings queryStrings, @Nullable String secretHeader, @Nullable String tagHeader,
		@Nullable String pathHeader) {
}
