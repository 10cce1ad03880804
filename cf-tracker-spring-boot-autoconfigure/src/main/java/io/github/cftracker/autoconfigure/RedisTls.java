package io.github.cftracker.autoconfigure;

import java.util.List;
import java.util.Locale;

import io.github.cftracker.text.LogText;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.netty.handler.ssl.SslContextBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.StringUtils;

/**
 * TLS of the connection to {@code cf.tracker.redis-url}.
 */
final class RedisTls {

	private static final String BUNDLE = "cf.tracker.redis.ssl.bundle";

	private static final String VERIFY_PEER = "cf.tracker.redis.ssl.verify-peer";

	private static final Logger logger = LoggerFactory.getLogger(RedisTls.class);

	private final @Nullable String bundle;

	private final CfTrackerProperties.Redis.Ssl.@Nullable VerifyPeer verifyPeer;

	private final ObjectProvider<SslBundles> bundles;

	RedisTls(CfTrackerProperties.Redis.Ssl properties, ObjectProvider<SslBundles> bundles) {
		this.bundle = StringUtils.hasText(properties.getBundle()) ? properties.getBundle() : null;
		this.verifyPeer = properties.getVerifyPeer();
		this.bundles = bundles;
	}

	/**
	 * Reject the properties, which have no effect on the application's Redis.
	 */
	void rejectForApplication() {
		reject("'cf.tracker.redis-url' is not set: the tracker uses the application's Redis, whose TLS "
				+ "'spring.data.redis.ssl' configures",
				"Set 'cf.tracker.redis-url', or remove '%s' and configure TLS with 'spring.data.redis.ssl.bundle'");
	}

	/**
	 * Set how the certificates of servers are verified.
	 * @param servers the servers of the URL
	 * @return the options for connections to them
	 */
	SslOptions applyTo(List<RedisURI> servers) {
		if (!servers.get(0).isSsl()) {
			reject("'cf.tracker.redis-url' does not start with 'rediss', so it connects without TLS",
					"Start 'cf.tracker.redis-url' with 'rediss://' (Sentinels: 'rediss-sentinel://'), or remove '%s'");
		}
		if (this.verifyPeer != null) {
			SslVerifyMode mode = SslVerifyMode.valueOf(this.verifyPeer.name());
			servers.forEach((server) -> server.setVerifyPeer(mode));
		}
		if (servers.get(0).isSsl() && servers.get(0).getVerifyMode() == SslVerifyMode.NONE) {
			logger.warn("The certificate of Redis is not verified, so others may read and change what is sent. Set "
					+ "'{}' to the bundle that trusts it, and '{}' to 'full' or 'ca'", BUNDLE, VERIFY_PEER);
		}
		return (this.bundle != null) ? options(this.bundle) : SslOptions.create();
	}

	private void reject(String reason, String action) {
		if (this.bundle != null) {
			throw rejected(BUNDLE, this.bundle, reason, action);
		}
		if (this.verifyPeer != null) {
			throw rejected(VERIFY_PEER, this.verifyPeer.name().toLowerCase(Locale.ROOT), reason, action);
		}
	}

	private static CfTrackerConfigurationException rejected(String name, String value, String reason, String action) {
		return new CfTrackerConfigurationException("'%s' is '%s', but %s.".formatted(name, value, reason),
				action.formatted(name) + ".");
	}

	private SslOptions options(String name) {
		SslBundles bundles = bundlesWith(name);
		bundles.addBundleUpdateHandler(name,
				(updated) -> logger.info("SSL bundle '{}' was reloaded. New connections to Redis use it", name));
		// Called for each connection, also to connect again
		return SslOptions.builder().sslContext((client) -> configure(client, bundles.getBundle(name))).build();
	}

	private SslBundles bundlesWith(String name) {
		SslBundles bundles = this.bundles.getIfAvailable();
		List<String> names = (bundles != null) ? bundles.getBundleNames() : List.of();
		if (bundles == null || !names.contains(name)) {
			throw new CfTrackerConfigurationException(
					"'%s' is '%s', but there is no SSL bundle with that name (existing bundles: %s).".formatted(BUNDLE,
							name, names.isEmpty() ? "none" : String.join(", ", names)),
					"Define it, for example with 'spring.ssl.bundle.pem.%s.truststore.certificate', or correct '%s'."
						.formatted(name, BUNDLE));
		}
		try {
			bundles.getBundle(name).createSslContext();
			return bundles;
		}
		catch (RuntimeException ex) {
			throw new CfTrackerConfigurationException(
					"'%s' is '%s', but that SSL bundle cannot be used: %s.".formatted(BUNDLE, name,
							LogText.clean(ex.getMessage())),
					"Correct the properties of the bundle under 'spring.ssl.bundle'.");
		}
	}

	private static void configure(SslContextBuilder client, SslBundle bundle) {
		client.keyManager(bundle.getManagers().getKeyManagerFactory());
		client.trustManager(bundle.getManagers().getTrustManagerFactory());
		String[] ciphers = bundle.getOptions().getCiphers();
		if (ciphers != null) {
			client.ciphers(List.of(ciphers));
		}
		String[] protocols = bundle.getOptions().getEnabledProtocols();
		if (protocols != null) {
			client.protocols(protocols);
		}
	}

}
