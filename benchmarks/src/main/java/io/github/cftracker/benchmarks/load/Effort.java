package io.github.cftracker.benchmarks.load;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds how often each application
 * @param time for how long each time
 */
record Effort(int rounds, Duration time) {

	/**
	 * What the system properties {@code <name>.rounds} and {@code <name>.seconds} say.
	 */
	static Effort of(String name, int rounds, double seconds) {
		double time = Double.parseDouble(System.getProperty(name + ".seconds", Double.toString(seconds)));
		return new Effort(Integer.getInteger(name + ".rounds", rounds), Duration.ofMillis(Math.round(1000 * time)));
	}

	/**
	 * A part of the time.
	 */
	Duration part(int divisor) {
		return this.time.dividedBy(divisor);
	}

	double seconds() {
		return this.time.toMillis() / 1e3;
	}

}
