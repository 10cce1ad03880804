package io.github.cftracker.run;

/**
 * Source of the application's request mappings.
 */
@FunctionalInterface
public interface MappingSource {

	/**
	 * Return the mappings. Called for each selection that is requested or shown.
	 * @return the mappings that are known at this moment
	 */
	Mappings mappings();

}
