package io.github.cftracker.benchmarks.load;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.cftracker.benchmarks.page.NaiveApplication;
import io.github.cftracker.benchmarks.page.PageApplication;
import io.lettuce.core.api.sync.RedisCommands;

/**
 * The application without the starter, with it in each of its modes, and with a filter
 * that writes each path to Redis.
 */
enum Variant {

	BARE(PageApplication.class, ClassPath.WEB),

	STARTER(PageApplication.class, ClassPath.WEB, ClassPath.LIBRARIES, ClassPath.STARTER),

	/**
	 * The starter with {@code cf.tracker.store=memory}.
	 */
	MEMORY(PageApplication.class, ClassPath.WEB, ClassPath.LIBRARIES, ClassPath.STARTER),

	/**
	 * The starter with {@code cf.tracker.enabled=false}.
	 */
	OFF(PageApplication.class, ClassPath.WEB, ClassPath.LIBRARIES, ClassPath.STARTER),

	/**
	 * Without the starter, but with the libraries that it brings.
	 */
	LIBRARIES(PageApplication.class, ClassPath.WEB, ClassPath.LIBRARIES),

	NAIVE(NaiveApplication.class, ClassPath.WEB, ClassPath.REDIS);

	private final Class<?> application;

	private final Pattern libraries;

	Variant(Class<?> application, Pattern... libraries) {
		this.application = application;
		this.libraries = ClassPath.anyOf(libraries);
	}

	Class<?> application() {
		return this.application;
	}

	String classPath(Page page) {
		return ClassPath.of(this.libraries, page.libraries());
	}

	/**
	 * What its operator would set.
	 */
	List<String> properties(Surroundings surroundings) {
		return switch (this) {
			case BARE, LIBRARIES -> List.of();
			case STARTER -> Stream
				.concat(Stream.of("cf.tracker.redis-url=" + surroundings.redis().url()), distribution(surroundings))
				.toList();
			case MEMORY -> Stream.concat(Stream.of("cf.tracker.store=memory"), distribution(surroundings)).toList();
			case OFF -> List.of("cf.tracker.enabled=false");
			case NAIVE -> List.of("spring.data.redis.url=" + surroundings.redis().url());
		};
	}

	private static Stream<String> distribution(Surroundings surroundings) {
		return Stream.of("cf.tracker.distribution-id=" + surroundings.cloudFront().distributionId(),
				"cf.tracker.endpoint=" + surroundings.cloudFront().endpoint(),
				"cf.tracker.access-key=" + surroundings.cloudFront().accessKey(),
				"cf.tracker.secret-key=" + surroundings.cloudFront().secretKey(),
				// Else a wildcard would stand for most of the paths of the one route
				"cf.tracker.tracking.max-variants=1000000");
	}

	/**
	 * Return how many paths it has written.
	 */
	long written(RedisCommands<String, String> redis, Surroundings surroundings) {
		return (this == STARTER) ? redis.zcard("cf-tracker:{" + surroundings.cloudFront().distributionId() + "}:paths")
				: redis.dbsize();
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
