/**
 * What tracking costs a whole application: its throughput, its latencies, its start, and
 * the Redis it writes to.
 */
@NullMarked
package io.github.cftracker.benchmarks.load;

import org.jspecify.annotations.NullMarked;
