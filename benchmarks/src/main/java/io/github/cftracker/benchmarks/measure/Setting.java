package io.github.cftracker.benchmarks.measure;

/**
 * A number that a benchmark can be run with.
 */
public final class Setting {

	private Setting() {
	}

	/**
	 * Reads a setting.
	 * @param name of the system property
	 * @param otherwise the number if it is not set
	 * @return the number
	 */
	public static int of(String name, int otherwise) {
		return Integer.getInteger(name, otherwise);
	}

}
