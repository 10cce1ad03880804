package io.github.cftracker.recording;

import java.util.List;
import java.util.function.Supplier;

import io.github.cftracker.distribution.Doctor;
import io.github.cftracker.distribution.WildcardSafety;

/**
 * How many paths may be tracked, and what stands for those that are too many.
 *
 * @param maxPaths how many overall, on all nodes together
 * @param maxVariants how many of each route, as each node counts them
 * @param safety which wildcards may be sent
 * @param doctor told when paths are dropped because no wildcard is safe
 */
public record TrackingBounds(int maxPaths, int maxVariants, Supplier<WildcardSafety> safety, Doctor doctor) {

	static final TrackingBounds NONE = new TrackingBounds(Integer.MAX_VALUE, Integer.MAX_VALUE,
			() -> new WildcardSafety(List.of(), null), new Doctor());

}
