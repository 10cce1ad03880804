package io.github.cftracker.benchmarks;

/**
 * Something to be measured.
 */
@FunctionalInterface
interface Benchmark {

	/**
	 * Measures it.
	 * @param report told what was seen
	 * @throws Exception if it could not be measured
	 */
	void run(Report report) throws Exception;

}
