/**
 * How fast recorded paths are written to Redis.
 */
@NullMarked
package io.github.cftracker.benchmarks.flush;

import org.jspecify.annotations.NullMarked;
