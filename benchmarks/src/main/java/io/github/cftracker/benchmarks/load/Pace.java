package io.github.cftracker.benchmarks.load;

import java.time.Duration;

/**
 * When requests are to be sent.
 */
@FunctionalInterface
interface Pace {

	/**
	 * As soon as a connection is free: closed loop.
	 */
	Pace FULL_SPEED = (start, number) -> System.nanoTime();

	/**
	 * At a fixed rate, whether or not earlier requests are answered: open loop. What an
	 * application is late with counts from when it was due, so the time that a stalled
	 * one keeps its requests waiting is not left out.
	 */
	static Pace perSecond(double rate) {
		double interval = Duration.ofSeconds(1).toNanos() / rate;
		return (start, number) -> start + (long) (number * interval);
	}

	/**
	 * When a request is due.
	 * @param start when the first one was, in {@link System#nanoTime()}
	 * @param number how many are due before it
	 */
	long due(long start, long number);

}
