package io.github.cftracker.tracking;

import org.jspecify.annotations.Nullable;

/**
 * Request as the container of the application received it.
 *
 * @param path the raw path
 * @param query the raw query string, {@code null} for none
 * @param host the {@code Host}, with or without a port; {@code null} if there is none,
 * {@link #ANY_HOST} if it does not matter
 * @param viewerTarget the path that the viewer requested, from the header that an edge
 * function adds, with or without a query string; empty if the header is missing,
 * {@code null} if none is configured
 * @param fromCloudFront whether it has the headers of a request from CloudFront
 */
public record OriginRequest(String path, @Nullable String query, @Nullable String host, @Nullable String viewerTarget,
		boolean fromCloudFront) {

	/**
	 * The host if it does not matter, because there is only one origin.
	 */
	public static final String ANY_HOST = "*";

	/**
	 * Return the path in the header, without a query string.
	 * @return the path, {@code null} if the header is missing or does not contain a path
	 */
	@Nullable String viewerPath() {
		if (this.viewerTarget == null || !this.viewerTarget.startsWith("/")) {
			return null;
		}
		int question = this.viewerTarget.indexOf('?');
		return (question != -1) ? this.viewerTarget.substring(0, question) : this.viewerTarget;
	}

	/**
	 * Return the path without what CloudFront has put in front of it.
	 * @return the path, {@code null} if it does not begin with the origin path
	 */
	@Nullable String pathWithout(String originPath) {
		if (originPath.isEmpty()) {
			return this.path;
		}
		return (this.path.startsWith(originPath) && this.path.length() > originPath.length()
				&& this.path.charAt(originPath.length()) == '/') ? this.path.substring(originPath.length()) : null;
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
	 * Return the query string that the viewer requested: the one in the header, else the
	 * one of the request.
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
	 * Return whether its host and sender are known.
	 */
	boolean isIdentified() {
		return !ANY_HOST.equals(this.host);
	}

	/**
	 * Return whether CloudFront has sent it to the origin of a domain.
	 * @param domainName the domain
	 * @return whether the {@code Host} is the same, with any port
	 */
	boolean isFor(String domainName) {
		return this.host != null && this.host.regionMatches(true, 0, domainName, 0, domainName.length())
				&& (this.host.length() == domainName.length() || this.host.charAt(domainName.length()) == ':');
	}

}
