package io.github.cftracker.run;

import java.util.List;
import java.util.Optional;

import io.github.cftracker.Run;

/**
 * Where runs are written down.
 */
public interface RunLedger {

	/**
	 * Writes a run down, in place of what was known about it.
	 * @param run the run as it stands
	 */
	void save(Run run);

	/**
	 * Finds a run.
	 * @param id its id
	 * @return the run, empty if unknown
	 */
	Optional<Run> find(String id);

	/**
	 * Lists runs.
	 * @return unfinished ones and the last finished ones, newest first
	 */
	List<Run> latest();

}
