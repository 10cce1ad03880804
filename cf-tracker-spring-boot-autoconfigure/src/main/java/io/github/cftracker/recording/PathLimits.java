package io.github.cftracker.recording;

/**
 * Maximum numbers of paths.
 *
 * @param maxPending maximum number of paths that wait to be written, on each node
 * @param maxPaths maximum number of tracked paths, on all nodes together
 * @param maxVariants maximum number of paths of a route, as each node counts them
 */
public record PathLimits(int maxPending, int maxPaths, int maxVariants) {
}
