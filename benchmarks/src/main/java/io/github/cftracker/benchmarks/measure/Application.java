package io.github.cftracker.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;

import io.github.cftracker.UrlStore;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application with the starter, and with neither quotas nor bounds: what is measured
 * is what it can do, not what it is allowed to.
 */
public final class Application {

	/**
	 * The distribution.
	 */
	public static final String DISTRIBUTION_ID = "E1BENCHMARK";

	/**
	 * What CloudFront is told.
	 */
	public static final String ACCESS_KEY = "benchmark";

	/**
	 * What its calls are signed with.
	 */
	public static final String SECRET_KEY = "benchmark-secret";

	/**
	 * Nobody listens there, so that none of it ever speaks to AWS.
	 */
	private static final String NOWHERE = "http://127.0.0.1:1";

	private static final List<String> PROPERTIES = List.of("spring.main.banner-mode=off", "logging.level.root=warn",
			"cf.tracker.distribution-id=" + DISTRIBUTION_ID, "cf.tracker.access-key=" + ACCESS_KEY,
			"cf.tracker.secret-key=" + SECRET_KEY, "cf.tracker.endpoint=" + NOWHERE, "cf.tracker.redis.timeout=10s",
			"cf.tracker.distribution.mirror=false", "cf.tracker.tracking.max-paths=100000000",
			"cf.tracker.tracking.max-variants=100000000", "cf.tracker.invalidation.items-per-second=0",
			"cf.tracker.invalidation.wildcards-per-second=0", "cf.tracker.invalidation.items-in-progress=0",
			"cf.tracker.invalidation.wildcards-in-progress=0", "cf.tracker.invalidation.calls-per-second=1000000");

	private Application() {
	}

	/**
	 * Starts one that has no pages.
	 * @param properties of the application's own, which go first
	 * @return the context, to be closed
	 */
	public static ConfigurableApplicationContext withoutPages(String... properties) {
		return withoutPages(Config.class, properties);
	}

	/**
	 * Starts one that has no pages, but its own beans.
	 * @param config the configuration, which switches auto-configuration on
	 * @param properties of the application's own, which go first
	 * @return the context, to be closed
	 */
	public static ConfigurableApplicationContext withoutPages(Class<?> config, String... properties) {
		return start(WebApplicationType.NONE, config, properties);
	}

	/**
	 * Starts one with pages.
	 * @param pages the configuration, which switches auto-configuration on
	 * @param properties of the application's own, which go first
	 * @return the context, to be closed
	 */
	public static ConfigurableApplicationContext withPages(Class<?> pages, String... properties) {
		return start(WebApplicationType.SERVLET, pages, properties);
	}

	private static ConfigurableApplicationContext start(WebApplicationType type, Class<?> config,
			String... properties) {
		List<String> all = new ArrayList<>(PROPERTIES);
		all.addAll(List.of(properties));
		ConfigurableApplicationContext context = new SpringApplicationBuilder(config).web(type)
			.properties(all.toArray(String[]::new))
			.run();
		// The first call connects, which must not count
		context.getBean(UrlStore.class).count();
		return context;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Config {

	}

}
