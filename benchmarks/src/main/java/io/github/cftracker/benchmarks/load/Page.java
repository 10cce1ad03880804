package io.github.cftracker.benchmarks.load;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The page that an application serves. The libraries on its class path decide which one.
 */
enum Page {

	/**
	 * Costs next to nothing, so that any additional cost shows.
	 */
	CHEAP("A page of 2 KB, built from strings (Spring MVC, Tomcat)", 6, ClassPath.NONE),

	/**
	 * What applications serve.
	 */
	WORK("A page of 11 KB from a query and a template (Spring MVC, Tomcat, JdbcTemplate, H2 in memory, Thymeleaf)", 4,
			ClassPath.WORK);

	private final String description;

	private final int warmUps;

	private final Pattern libraries;

	Page(String description, int warmUps, Pattern libraries) {
		this.description = description;
		this.warmUps = warmUps;
		this.libraries = libraries;
	}

	/**
	 * How often to warm up. The more code a page runs, the longer the compiler takes.
	 */
	int warmUps() {
		return this.warmUps;
	}

	Pattern libraries() {
		return this.libraries;
	}

	String description() {
		return this.description;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
