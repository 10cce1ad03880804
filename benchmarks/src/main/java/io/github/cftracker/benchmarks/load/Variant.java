package io.github.cftracker.benchmarks.load;

import java.util.List;
import java.util.Locale;

import io.github.cftracker.benchmarks.page.NaiveApplication;
import io.github.cftracker.benchmarks.page.PageApplication;

/**
 * The application without anything, with the starter, and with a filter that writes each
 * path to Redis.
 */
enum Variant {

	BARE(PageApplication.class, ClassPath.of(ClassPath.WEB)),

	STARTER(PageApplication.class, ClassPath.of(ClassPath.WEB, ClassPath.REDIS, ClassPath.STARTER)),

	NAIVE(NaiveApplication.class, ClassPath.of(ClassPath.WEB, ClassPath.REDIS));

	private final Class<?> application;

	private final String classPath;

	Variant(Class<?> application, String classPath) {
		this.application = application;
		this.classPath = classPath;
	}

	String application() {
		return this.application.getName();
	}

	String classPath() {
		return this.classPath;
	}

	/**
	 * What its operator would set.
	 */
	List<String> properties(Surroundings surroundings) {
		return switch (this) {
			case BARE -> List.of();
			case STARTER -> List.of("cf.tracker.redis-url=" + surroundings.redis().url(),
					"cf.tracker.distribution-id=" + surroundings.cloudFront().distributionId(),
					"cf.tracker.endpoint=" + surroundings.cloudFront().endpoint(),
					"cf.tracker.access-key=" + surroundings.cloudFront().accessKey(),
					"cf.tracker.secret-key=" + surroundings.cloudFront().secretKey(),
					// Else a wildcard would stand for most of the paths of the one route
					"cf.tracker.tracking.max-variants=1000000");
			case NAIVE -> List.of("spring.data.redis.url=" + surroundings.redis().url());
		};
	}

	/**
	 * The command that says how much it has written.
	 */
	String countingCommand(Surroundings surroundings) {
		return (this == STARTER) ? "ZCARD cf-tracker:{" + surroundings.cloudFront().distributionId() + "}:paths"
				: "DBSIZE";
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
