package io.github.cftracker.test;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What has been said of an origin so far, in any order.
 */
final class OriginSettings {

	private @Nullable Supplier<URI> address;

	private String path = "";

	private @Nullable String domainName;

	private boolean s3;

	private final Map<String, String> headers = new LinkedHashMap<>();

	void address(Supplier<URI> address, boolean s3) {
		this.address = address;
		this.s3 = s3;
	}

	void path(String path) {
		if (!path.isEmpty() && (!path.startsWith("/") || path.endsWith("/"))) {
			throw new IllegalArgumentException(
					"The origin path '%s' must start with '/' and not end with '/'".formatted(path));
		}
		this.path = path;
	}

	void domainName(String domainName) {
		this.domainName = domainName;
	}

	void header(String name, String value) {
		if (!HeaderReader.isToken(name) || HeaderReader.hasControlCharacter(value)) {
			throw new IllegalArgumentException("Invalid custom header '%s'".formatted(name));
		}
		this.headers.put(name, value);
	}

	DistributionOrigin freeze(String id, Supplier<URI> defaultOrigin) {
		Supplier<URI> address = id.equals(DistributionOrigin.DEFAULT_ID) ? defaultOrigin : this.address;
		if (address == null) {
			throw new IllegalArgumentException(
					"The origin '%1$s' has no address, use origin(\"%1$s\", URI)".formatted(id));
		}
		return new DistributionOrigin(id, address, this.path, this.domainName, this.s3, this.headers);
	}

}
