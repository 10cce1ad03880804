package io.github.cftracker.redis;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fix for a connection that fails because of TLS. The errors of the JDK, Netty and
 * Lettuce are recognized by their messages: a cluster's client keeps nothing else.
 */
enum TlsHint {

	UNTRUSTED("unable to find valid certification path",
			"the certificate of Redis is not trusted. Set 'cf.tracker.redis.ssl.bundle' to an SSL bundle that trusts its "
					+ "authority, or 'cf.tracker.redis.ssl.verify-peer=none' to accept any certificate",
			"the certificate of Redis is not trusted. Set 'spring.data.redis.ssl.bundle' to an SSL bundle that trusts "
					+ "its authority"),

	OTHER_HOST("No subject alternative |No name matching ",
			"the certificate of Redis is for another host. Use a host that it names in 'cf.tracker.redis-url', or set "
					+ "'cf.tracker.redis.ssl.verify-peer=ca' to check only its authority",
			"the certificate of Redis is for another host. Connect to a host that it names"),

	INVALID("validity check failed",
			"the certificate of Redis has expired or is not valid yet. Renew it and update the bundle in "
					+ "'cf.tracker.redis.ssl.bundle', or set 'cf.tracker.redis.ssl.verify-peer=none' to accept any "
					+ "certificate",
			"the certificate of Redis has expired or is not valid yet. Renew it and update the bundle in "
					+ "'spring.data.redis.ssl.bundle'"),

	CLIENT_REFUSED("alert: (certificate_|bad_certificate|unknown_ca)",
			"Redis requires a client certificate that it trusts. Set 'cf.tracker.redis.ssl.bundle' to an SSL bundle with "
					+ "this certificate and its key",
			"Redis requires a client certificate that it trusts. Set 'spring.data.redis.ssl.bundle' to an SSL bundle "
					+ "with this certificate and its key"),

	NO_TLS("not an SSL/TLS record|handshake timed out|Connection initialization timed out",
			"if Redis does not use TLS on this port, start 'cf.tracker.redis-url' with 'redis://' (Sentinels: "
					+ "'redis-sentinel://')",
			"if Redis does not use TLS on this port, remove 'spring.data.redis.ssl'"),

	TLS("Connection reset|Connection closed|Connection initialization timed out",
			"if Redis requires TLS on this port, start 'cf.tracker.redis-url' with 'rediss://' (Sentinels: "
					+ "'rediss-sentinel://')",
			"if Redis requires TLS on this port, set 'spring.data.redis.ssl.enabled=true'");

	private final String error;

	private final String ofOwn;

	private final String ofApplication;

	TlsHint(String error, String ofOwn, String ofApplication) {
		this.error = "(?s).*(" + error + ").*";
		this.ofOwn = ofOwn;
		this.ofApplication = ofApplication;
	}

	/**
	 * Return the fix in parentheses, or an empty text if it is unknown.
	 * @param ex the failure to connect
	 * @param tls whether the connection uses TLS
	 * @param own whether the tracker's own properties determine it
	 */
	static String of(Throwable ex, boolean tls, boolean own) {
		String messages = Stream.iterate(ex, (cause) -> cause != null, Throwable::getCause)
			.map(Throwable::getMessage)
			.collect(Collectors.joining("\n"));
		return Stream.of(values())
			.filter((hint) -> tls == (hint != TLS) && messages.matches(hint.error))
			.findFirst()
			.map((hint) -> " (" + (own ? hint.ofOwn : hint.ofApplication) + ")")
			.orElse("");
	}

}
