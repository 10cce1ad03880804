package io.github.cftracker.tracking;

import org.jspecify.annotations.Nullable;

/**
 * What the application was asked for, as its container received it.
 *
 * @param path the raw path
 * @param query the raw query string, {@code null} for none
 * @param host the {@code Host}, with or without a port; {@code null} if there is none,
 * {@link #ANY_HOST} if nobody has looked
 * @param viewerTarget the path that the viewer asked for, from the header that an edge
 * function puts it into, with a query string or without; empty if the header is missing,
 * {@code null} if none is configured
 * @param fromCloudFront whether its headers say that CloudFront has sent it
 */
public record OriginRequest(String path, @Nullable String query, @Nullable String host, @Nullable String viewerTarget,
		boolean fromCloudFront) {

	/**
	 * Stands for a host at which nobody has looked, because there is one origin only.
	 */
	public static final String ANY_HOST = "*";

	/**
	 * The path in the header, without a query string.
	 * @return the path, {@code null} if the header is missing or holds no path
	 */
	@Nullable String viewerPath() {
		if (this.viewerTarget == null || !this.viewerTarget.startsWith("/")) {
			return null;
		}
		int question = this.viewerTarget.indexOf('?');
		return (question != -1) ? this.viewerTarget.substring(0, question) : this.viewerTarget;
	}

	/**
	 * Return what was requested, as a text.
	 */
	String target() {
		String target = (this.query != null) ? this.path + '?' + this.query : this.path;
		return (this.viewerTarget != null) ? target + ' ' + this.viewerTarget : target;
	}

	/**
	 * Return whether the query string may be a part of the cache key.
	 * @return whether there is one, of the request or in the header; it may be empty
	 */
	public boolean hasQuery() {
		return this.query != null || (this.viewerTarget != null && this.viewerTarget.indexOf('?') != -1);
	}

	/**
	 * Return whether the header with the viewer's path is configured and missing.
	 */
	boolean lacksViewerTarget() {
		return this.viewerTarget != null && this.viewerTarget.isEmpty();
	}

	/**
	 * The query string that the viewer asked for: the one in the header, else our own,
	 * because edge functions see the path alone.
	 * @return the query string, {@code null} for none
	 */
	@Nullable String viewerQuery() {
		if (this.viewerTarget == null || !this.viewerTarget.startsWith("/")) {
			return this.query;
		}
		int question = this.viewerTarget.indexOf('?');
		return (question != -1) ? this.viewerTarget.substring(question + 1) : this.query;
	}

	/**
	 * Whether anybody has looked who sent it, and to whom.
	 */
	boolean isIdentified() {
		return !ANY_HOST.equals(this.host);
	}

	/**
	 * Whether CloudFront asked an origin of a domain.
	 * @param domainName the domain
	 * @return whether the {@code Host} is the same, whatever its port
	 */
	boolean isFor(String domainName) {
		return this.host != null && this.host.regionMatches(true, 0, domainName, 0, domainName.length())
				&& (this.host.length() == domainName.length() || this.host.charAt(domainName.length()) == ':');
	}

}
