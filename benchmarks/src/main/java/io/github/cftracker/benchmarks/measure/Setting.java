package io.github.cftracker.benchmarks.measure;

/**
 * A number that a benchmark can be run with, from the environment: Maven hands that down
 * as it is.
 */
public final class Setting {

	private Setting() {
	}

	/**
	 * Reads a setting.
	 * @param name of the environment variable, or of a system property, which goes first
	 * @param otherwise the number if neither is set
	 * @return the number
	 */
	public static int of(String name, int otherwise) {
		String value = System.getProperty(name, System.getenv().getOrDefault(name, ""));
		return value.isEmpty() ? otherwise : Integer.parseInt(value);
	}

}
