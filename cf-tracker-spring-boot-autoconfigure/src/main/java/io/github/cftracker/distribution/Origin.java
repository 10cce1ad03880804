package io.github.cftracker.distribution;

import java.util.Set;

/**
 * Origin of the distribution.
 *
 * @param id the id in the distribution
 * @param domainName the domain that CloudFront requests from, which is also the
 * {@code Host} it sends unless the viewer's is forwarded
 * @param path the origin path that CloudFront adds before the path, without a trailing
 * slash; empty if there is none
 * @param bucket whether it is an S3 bucket, which cannot be this application
 * @param headers the names of the headers that CloudFront adds for it, in lower case;
 * their values may be secrets
 */
public record Origin(String id, String domainName, String path, boolean bucket, Set<String> headers) {

	public Origin {
		headers = Set.copyOf(headers);
	}

}
