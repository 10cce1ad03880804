/**
 * Many nodes that share a Redis server.
 */
@NullMarked
package io.github.cftracker.benchmarks.nodes;

import org.jspecify.annotations.NullMarked;
