package io.github.cftracker.test;

import java.net.URI;
import java.util.Locale;

/**
 * Where the origin listens, and what it is told as Host.
 */
record OriginAddress(boolean secure, String host, int port, String authority) {

	static OriginAddress of(URI origin) {
		String path = origin.getRawPath();
		if (path != null && !path.isEmpty() && !path.equals("/")) {
			throw new IllegalStateException("The origin '%s' must not have a path".formatted(origin));
		}
		String scheme = String.valueOf(origin.getScheme()).toLowerCase(Locale.ROOT);
		String host = origin.getHost();
		boolean secure = scheme.equals("https");
		if (host == null || !(secure || scheme.equals("http"))) {
			throw new IllegalStateException(
					"The origin '%s' must be a URL such as 'http://localhost:8080'".formatted(origin));
		}
		int defaultPort = secure ? 443 : 80;
		int port = (origin.getPort() >= 0) ? origin.getPort() : defaultPort;
		// RFC 9110, 4.2: a default port is left out
		return new OriginAddress(secure, host, port, (port == defaultPort) ? host : host + ":" + port);
	}

	OriginAddress withAuthority(String authority) {
		return new OriginAddress(this.secure, this.host, this.port, authority);
	}

}
