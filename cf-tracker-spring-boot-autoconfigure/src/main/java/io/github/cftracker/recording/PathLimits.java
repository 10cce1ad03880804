package io.github.cftracker.recording;

import java.util.List;
import java.util.function.Supplier;

import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.WildcardSafety;

/**
 * How many paths may be tracked, and what stands for those that are too many.
 *
 * @param maxPaths how many overall, on all nodes together
 * @param maxVariants how many of each route, as each node counts them
 * @param safety which wildcards may be sent
 * @param doctor told when paths are dropped because no wildcard is safe
 */
public record PathLimits(int maxPaths, int maxVariants, Supplier<WildcardSafety> safety, DistributionDoctor doctor) {

	static final PathLimits NONE = new PathLimits(Integer.MAX_VALUE, Integer.MAX_VALUE,
			() -> new WildcardSafety(List.of(), null), new DistributionDoctor());

}
