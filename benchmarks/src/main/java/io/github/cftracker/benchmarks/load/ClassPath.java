package io.github.cftracker.benchmarks.load;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.cftracker.benchmarks.page.PageApplication;

/**
 * The part of our own class path that an application has. It is named piece by piece,
 * because ours has more than any of them: a pool of the embedded Redis that turns
 * Lettuce's connection into many, for one.
 */
final class ClassPath {

	/**
	 * What {@code spring-boot-starter-webmvc} and {@code spring-boot-starter-actuator}
	 * bring.
	 */
	static final Pattern WEB = Pattern.compile("spring-boot(-(autoconfigure|jackson|web-server|tomcat|http-converter"
			+ "|webmvc|servlet|actuator|actuator-autoconfigure|health|micrometer-metrics|micrometer-observation))?"
			+ "|spring-boot-starter(-(logging|webmvc|jackson|tomcat|tomcat-runtime|actuator|micrometer-metrics))?"
			+ "|spring-(aop|beans|context|core|expression|web|webmvc)|tomcat-embed-.*|jackson-.*|micrometer-.*"
			+ "|logback-.*|log4j-.*|jul-to-slf4j|slf4j-api|commons-logging|jspecify|snakeyaml|jakarta.annotation-api|HdrHistogram|LatencyUtils");

	/**
	 * What {@code spring-boot-starter-data-redis} adds.
	 */
	static final Pattern REDIS = Pattern
		.compile("spring-boot-(starter-data-redis|data-redis|data-commons|netty|persistence"
				+ "|transaction)|spring-(data-.*|tx|oxm|context-support|messaging)|lettuce-core|redis-authx-core"
				+ "|netty-.*|reactor-core|reactive-streams");

	/**
	 * The libraries that the starter adds to an application on Spring MVC with actuator.
	 */
	static final Pattern LIBRARIES = Pattern
		.compile("software\\.amazon\\..*|lettuce-core|redis-authx-core|netty-.*|reactor-core|reactive-streams");

	/**
	 * The starter itself.
	 */
	static final Pattern STARTER = Pattern.compile("cf-tracker-spring-boot-(starter|autoconfigure)");

	/**
	 * No library matches.
	 */
	static final Pattern NONE = Pattern.compile("(?!)");

	/**
	 * What the page with a query and a template needs.
	 */
	static final Pattern WORK = Pattern.compile("spring-(jdbc|tx)|h2|thymeleaf.*|attoparser|unbescape");

	private ClassPath() {
	}

	static Pattern anyOf(Pattern... parts) {
		return Pattern.compile(Arrays.stream(parts).map(Pattern::pattern).collect(Collectors.joining("|")));
	}

	/**
	 * The benchmarks' own classes, and some of the libraries.
	 */
	static String of(Pattern... parts) {
		Path own = own();
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
			.filter((entry) -> !entry.isEmpty())
			.map((entry) -> Path.of(entry).toAbsolutePath().normalize())
			.filter((entry) -> entry.equals(own)
					|| Arrays.stream(parts).anyMatch((part) -> part.matcher(artifact(entry)).matches()))
			.map(Path::toString)
			.collect(Collectors.joining(File.pathSeparator));
	}

	/**
	 * The size of the jars of a class path, without the benchmarks' own classes.
	 */
	static double megabytes(String classPath) {
		return Arrays.stream(classPath.split(File.pathSeparator, -1))
			.filter((entry) -> entry.endsWith(".jar"))
			.mapToLong((entry) -> new File(entry).length())
			.sum() / 1e6;
	}

	private static Path own() {
		return Path
			.of(URI.create(PageApplication.class.getProtectionDomain().getCodeSource().getLocation().toString()));
	}

	/**
	 * The artifact's id. Those of the AWS SDK are names like {@code utils}, so they have
	 * their group before it.
	 */
	private static String artifact(Path entry) {
		String path = entry.toString().replace(File.separatorChar, '/');
		if (path.endsWith("/target/classes")) {
			return path.replaceFirst("/target/classes$", "").replaceFirst(".*/", "");
		}
		String artifact = path.replaceFirst(".*/", "").replaceFirst("-\\d[^/]*\\.jar$", "");
		return path.contains("/software/amazon/") ? "software.amazon." + artifact : artifact;
	}

}
