package io.github.cftracker.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalDouble;

import io.github.cftracker.benchmarks.Report;

/**
 * Compares how long an application takes to start, and how much memory it then has,
 * without the starter and with each of its modes.
 */
public final class StartUp {

	private StartUp() {
	}

	/**
	 * Runs the benchmark. The system property {@code start-up.rounds} makes it shorter.
	 * @param report told what was seen
	 * @throws IOException if an application does not start
	 */
	public static void measure(Report report) throws IOException {
		measure(report, new Effort(Integer.getInteger("start-up.rounds", 10), Duration.ZERO));
	}

	static void measure(Report report, Effort effort) throws IOException {
		Comparison comparison = comparison();
		try (Surroundings surroundings = new Surroundings()) {
			if (effort.rounds() > 1) {
				// Whoever starts first reads the files from disk
				startEach(surroundings, comparison());
			}
			for (int round = 0; round < effort.rounds(); round++) {
				startEach(surroundings, comparison);
			}
		}
		report.add(
				"Spring MVC, Tomcat and actuator with one page, %s; Redis and CloudFront run locally and are already started. "
					.formatted(ApplicationProcess.JVM_OPTIONS)
						+ "Rounds: %d. Ratios compare the same round: median (smallest–largest)."
							.formatted(effort.rounds()));
		comparison.addTo(report);
		comparison.with(Variant.NAIVE, Variant.STARTER, Variant.MEMORY).addTo(report);
	}

	private static Comparison comparison() {
		return new Comparison(Variant.BARE, Variant.LIBRARIES, Variant.OFF, Variant.MEMORY, Variant.STARTER,
				Variant.NAIVE);
	}

	private static void startEach(Surroundings surroundings, Comparison comparison) throws IOException {
		for (Variant variant : comparison.variants()) {
			start(variant, surroundings, comparison);
		}
	}

	private static void start(Variant variant, Surroundings surroundings, Comparison comparison) throws IOException {
		try (ApplicationProcess application = new ApplicationProcess(variant, Page.CHEAP, surroundings)) {
			comparison.add("from the process to the first answer, ms", variant,
					application.firstAnswer().toNanos() / 1e6);
			comparison.add("\"Started in\" of Spring Boot, ms", variant, application.startedIn().toNanos() / 1e6);
			comparison.add("jars on the class path, MB", variant, ClassPath.megabytes(variant.classPath(Page.CHEAP)));
			OptionalDouble resident = ResidentMemory.megabytes(application.pid());
			if (resident.isPresent()) {
				comparison.add("resident memory thereafter, MB", variant, resident.getAsDouble());
			}
		}
	}

}
