package io.github.cftracker.run;

import java.util.List;
import java.util.Set;

import io.github.cftracker.Claim;
import io.github.cftracker.Run.Batch;

/**
 * Items of a run in the ledger. As a claim, it has the claimed paths that are not part of
 * a frozen batch.
 */
public interface RunItems extends Claim {

	/**
	 * Return the name of the claim. A claim keeps its name as long as the store remembers
	 * it.
	 * @param late whether to return the name of the claim of late paths
	 * @return the name, empty if claims are never made twice
	 */
	String claimName(boolean late);

	/**
	 * Return the paths of {@link #next}, without anything else about them. Their order
	 * does not change while none is added.
	 * @param max the maximum number of paths
	 * @return the paths, empty if none is left
	 */
	List<String> nextPaths(int max);

	/**
	 * Return the claimed paths that are wildcards.
	 * @return the wildcards that have not expired
	 */
	List<String> wildcards();

	/**
	 * Read the items that the run sends in addition to its claimed paths.
	 * @return the items, in order, empty if there are none or they are not planned yet
	 */
	List<String> planned();

	/**
	 * Read the items of a frozen batch.
	 * @param batch the batch
	 * @return the items, always in the order in which they are sent; empty if the store
	 * has lost them
	 */
	List<String> frozen(Batch batch);

	/**
	 * Read the accepted items that cover others.
	 * @return wildcards and tags
	 */
	Set<String> acceptedCovering();

}
