package io.github.cftracker.staleness;

/**
 * A response that the application gave to the edge.
 *
 * @param response its number
 * @param target what the viewer requested
 * @param edge the settings of the distribution at that time
 * @param known the settings that the application had read by then
 */
record Served(int response, String target, RandomDistribution edge, RandomDistribution known) {

}
