package io.github.cftracker.test;

import java.net.URI;
import java.util.Locale;

/**
 * Where the origin listens.
 */
record OriginAddress(boolean secure, String host, int port) {

	static OriginAddress of(URI origin) {
		String path = origin.getRawPath();
		if (path != null && !path.isEmpty() && !path.equals("/")) {
			throw new IllegalStateException("The origin '%s' must have no path".formatted(origin));
		}
		String scheme = String.valueOf(origin.getScheme()).toLowerCase(Locale.ROOT);
		String host = origin.getHost();
		boolean secure = scheme.equals("https");
		if (host == null || !(secure || scheme.equals("http"))) {
			throw new IllegalStateException("The origin '%s' must be like http://localhost:8080".formatted(origin));
		}
		return new OriginAddress(secure, host, (origin.getPort() >= 0) ? origin.getPort() : defaultPort(secure));
	}

	/**
	 * The value of the Host header (RFC 9110, 4.2: a default port is left out).
	 */
	String authority() {
		return (this.port == defaultPort(this.secure)) ? this.host : this.host + ":" + this.port;
	}

	private static int defaultPort(boolean secure) {
		return secure ? 443 : 80;
	}

}
