package io.github.cftracker.distribution;

import java.util.Set;

/**
 * An origin of the distribution.
 *
 * @param id its id in the distribution
 * @param domainName where CloudFront asks, which is also the {@code Host} it sends unless
 * the viewer's is forwarded
 * @param path what CloudFront puts in front of the path, without a trailing slash; empty
 * for nothing
 * @param bucket whether it is an S3 bucket, and so certainly not this application
 * @param headers the names of the headers that CloudFront adds for it, in lower case;
 * their values may be secrets
 */
public record Origin(String id, String domainName, String path, boolean bucket, Set<String> headers) {

	public Origin {
		headers = Set.copyOf(headers);
	}

}
