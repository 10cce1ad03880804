package io.github.cftracker.test;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * An origin as the distribution has it.
 */
record DistributionOrigin(String id, Supplier<URI> address, String path, @Nullable String ownDomainName, boolean s3,
		Map<String, String> headers) {

	DistributionOrigin {
		headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
	}

	static final String DEFAULT_ID = "origin";

	/**
	 * Where the origin listens now, and the Host it is asked for.
	 */
	OriginAddress resolve() {
		OriginAddress address = OriginAddress.of(this.address.get());
		return (this.ownDomainName != null) ? address.withAuthority(this.ownDomainName) : address;
	}

	/**
	 * The one that is shown.
	 */
	String domainName() {
		return (this.ownDomainName != null) ? this.ownDomainName : this.id + ".localhost";
	}

}
