package io.github.cftracker.distribution;

import org.jspecify.annotations.Nullable;

/**
 * What the application's properties say about the distribution.
 *
 * @param distributionId its id
 * @param originId which of its origins the application is, {@code null} if it is to be
 * found out
 * @param originPath what CloudFront puts in front of paths, {@code null} if the
 * distribution is to say
 * @param queryStrings what of the query string is part of the cache key, {@code null} if
 * the distribution is to say
 * @param secretHeader the header without which nothing is tracked, {@code null} if none
 * is demanded
 * @param tagHeader the response header that pages have cache tags in, {@code null} if
 * they have none
 * @param pathHeader the request header with the viewer's path, {@code null} if there is
 * none
 */
public record ExpectedSettings(String distributionId, @Nullable String originId, @Nullable String originPath,
		@Nullable QueryStrings queryStrings, @Nullable String secretHeader, @Nullable String tagHeader,
		@Nullable String pathHeader) {
}
